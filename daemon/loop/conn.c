/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "daemon/loop/conn.h"

#include <errno.h>
#include <event2/event.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/wire.h"
#include "daemon/loop/outbox.h"
#include "daemon/socket/line.h"
#include "daemon/socket/peer.h"
#include "daemon/verbs/answer.h"

#define ERRORS_MAX 10            /* 5xx in a row */
#define OUT_FULL (256 * 1024)    /* bytes of replies that wait before no more are made */
#define LINGER_MS 2000           /* for the peer to close its side after we closed ours */

enum conn_state {
	CONN_READING,    /* waits for a request, or has some to begin */
	CONN_RUNNING,    /* one request is with a worker */
	CONN_WRITING,    /* replies wait for the peer to read; nothing is begun */
	CONN_CLOSING     /* the last reply is on its way, then we close */
};

struct conn {
	const struct conn_host *host;
	uint64_t number;
	int fd;
	struct peer peer;
	enum conn_state state;
	struct event *readable, *writable;
	bool reading, writing;   /* which of the two are added */
	struct line_reader in;
	struct outbox out;
	struct watch_list watches;
	bool eof;                /* no more will be read */
	bool drained;            /* and nothing more will be watched */
	bool shut;               /* our side is closed */
	bool started;            /* a line was seen */
	unsigned errors;         /* 5xx in a row */
	uint64_t active_ms;      /* last request or reply, or last closing step */
	uint64_t moved_ms;       /* when output last moved, or began to wait */
};

static uint64_t
now_ms(void)
{
	return clock_ns() / 1000000u;
}

static bool
unsent(const struct conn *c)
{
	return outbox_waiting(&c->out) > 0;
}

static void
drop(struct conn *c)
{
	c->host->drop(c->host->arg, c);
}

/* ---- output ---- */

/* Writes as much as the socket takes. False: the connection is gone. */
static bool
flush(struct conn *c)
{
	bool moved, good = outbox_send(&c->out, c->fd, &moved);

	if (moved)
		c->moved_ms = now_ms();
	return good;
}

/* Appends MORE, and leaves a buffer to be freed. */
static void
queue(struct conn *c, struct buf *more)
{
	if (!unsent(c))
		c->moved_ms = now_ms();
	outbox_add_take(&c->out, more);
}

/* Queues a reply and frees its job. */
static void
reply(struct conn *c, struct job *job)
{
	bool quit = job->code == WIRE_BYE;

	c->host->answered(c->host->arg, job);
	queue(c, &job->reply);
	if (job->watch != NULL && job->code == WIRE_DONE && !c->drained) {
		c->host->watching(c->host->arg, job->watch);
		watch_list_add_take(&c->watches, job->watch);
		job->watch = NULL;
	}
	c->errors = job->code >= 500 ? c->errors + 1 : 0;
	c->active_ms = now_ms();
	c->state = quit || c->errors >= ERRORS_MAX ? CONN_CLOSING : CONN_READING;
	job_free(job);
}

/* ---- requests ---- */

/* Adds or removes the watch of a request that is about one. 0, or the code to answer with. */
static int
prepare(struct conn *c, struct job *job, struct error *err)
{
	const struct request *req = &job->req;
	enum status status = ST_OK;

	if (req->verb->id == VERB_WATCH)
		status = watch_new(&job->watch, &c->watches, req, err);
	else if (req->verb->id == VERB_UNWATCH)
		job->found = watch_list_remove(&c->watches, req->rest);
	return status == ST_OK ? 0 : answer_code(status);
}

/* Gives JOB the turns of the client that it is for, where its request names one. 0, or the code to answer with. */
static int
take_client(const struct conn *c, struct job *job, struct error *err)
{
	const struct peer *p = &c->peer;

	if (job->req.client == NULL)
		return 0;
	if (!p->local || (p->uid != geteuid() && p->uid != c->host->front)) {
		(void)error_set(err, ST_UNSUPPORTED, "client= is for a front that dragomand was told of (--front)");
		return WIRE_FORBIDDEN;
	}
	job->group = peer_group_for(p, job->req.client);
	return 0;
}

/* Answers or begins the request in LINE; NULL: it was too long to be kept. */
static void
begin_request(struct conn *c, const char *line, size_t len)
{
	struct error err = { ST_OK, 0, "" };
	struct job *job = c->host->new_job(c->host->arg, c->number);
	int code;

	if (job == NULL) {
		c->out.text.failed = true;
		return;
	}
	job->group = c->peer.group;
	if (line == NULL) {
		code = WIRE_TOO_LARGE;
		(void)error_set(&err, ST_TOO_LARGE, "line over %d bytes", WIRE_LINE_MAX);
	} else {
		code = request_parse(&job->req, line, len, &err);
		if (code == 0)
			code = take_client(c, job, &err);
		if (code == 0)
			code = prepare(c, job, &err);
	}
	if (code == 0 && job->req.verb->asks != PROTOCOL_NOTHING && !c->host->knows(c->host->arg, job)) {
		if (c->host->submit(c->host->arg, job)) {
			c->state = CONN_RUNNING;
			return;
		}
		code = WIRE_BUSY;
		(void)error_set(&err, ST_LOCKED, "overloaded, try again");
	}
	if (code == 0)
		answer_run(job, NULL, NULL);
	else
		answer_error(job, code, &err);
	reply(c, job);
}

/* Begins requests while they are answered at once, at most as many as may be
 * outstanding. False: the connection is to end unanswered. */
static bool
begin_some(struct conn *c, unsigned *begun)
{
	const char *line;
	size_t len;

	*begun = 0;
	while (c->state == CONN_READING && *begun < WIRE_PIPELINE_MAX &&
	       outbox_waiting(&c->out) < OUT_FULL && !outbox_failed(&c->out)) {
		enum line_got got = line_next(&c->in, &line, &len);

		if (got == LINE_NONE)
			break;
		if (!c->started && request_is_http(line, len, got == LINE_GOT)) {
			log_line(LOG_LEVEL_INFO, "connection %" PRIu64 ": spoke HTTP", c->number);
			return false;
		}
		c->started = true;
		c->active_ms = now_ms();
		begin_request(c, got == LINE_GOT ? line : NULL, len);
		(*begun)++;
	}
	return true;
}

/* ---- the state machine ---- */

static bool
listens(const struct conn *c)
{
	return !c->eof && (c->state == CONN_CLOSING || line_has_room(&c->in));
}

static bool
want(struct event *event, bool *added, bool wanted)
{
	if (*added == wanted)
		return true;
	*added = wanted;
	return (wanted ? event_add(event, NULL) : event_del(event)) == 0;
}

/* One step after all is written. False: the connection ends. */
static bool
close_step(struct conn *c)
{
	if (c->eof)
		return false;
	if (!c->shut) {
		/* Closing at once could take the last replies away from a peer that is
		 * still sending: wait a little until it has seen our end. */
		shutdown(c->fd, SHUT_WR);
		c->shut = true;
		c->active_ms = now_ms();
	}
	return true;
}

/* Does all that can be done without waiting. False: the connection ends. */
static bool
step(struct conn *c)
{
	unsigned begun;

	for (;;) {
		if (outbox_failed(&c->out) || !flush(c))
			return false;
		if (c->state == CONN_RUNNING)
			return true;
		if (unsent(c)) {
			if (c->state == CONN_READING)
				c->state = CONN_WRITING;
			return true;
		}
		if (c->state == CONN_CLOSING)
			return close_step(c);
		c->state = CONN_READING;
		if (!begin_some(c, &begun))
			return false;
		if (begun == 0)
			return !c->eof || c->watches.replays > 0;
	}
}

static void
advance(struct conn *c)
{
	if (!step(c) || !want(c->readable, &c->reading, listens(c)) ||
	    !want(c->writable, &c->writing, unsent(c)))
		drop(c);
}

/* Whether the peer has closed both sides, so that nobody will read a reply. (On TCP that shows only when a reply is
 * sent.) */
static bool
hung_up(const struct conn *c)
{
	struct pollfd p = { c->fd, 0, 0 };

	return poll(&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR)) != 0;
}

/* Takes the bytes that the peer sent. False: the connection is gone. */
static bool
receive(struct conn *c)
{
	char lost[4096];
	char *to = lost;
	size_t room = sizeof(lost);
	ssize_t n;

	if (c->state != CONN_CLOSING) {
		to = line_space(&c->in, &room);
		if (to == NULL)
			return room == 0;
	}
	n = recv(c->fd, to, room, 0);
	if (n < 0)
		return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
	if (n == 0) {
		c->eof = true;
		return !hung_up(c);
	}
	if (c->state != CONN_CLOSING)
		line_filled(&c->in, (size_t)n);
	return true;
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct conn *c = arg;

	(void)fd;
	(void)what;
	if (receive(c))
		advance(c);
	else
		drop(c);
}

static void
on_writable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	advance(arg);
}

/* ---- for the host ---- */

struct conn *
conn_new(const struct conn_host *host, int fd, uint64_t number, uint32_t generation)
{
	struct conn *c = calloc(1, sizeof(*c));
	int yes = 1;

	if (c == NULL) {
		close(fd);
		return NULL;
	}
	c->host = host;
	c->number = number;
	c->fd = fd;
	peer_read(&c->peer, fd);
	c->state = CONN_READING;
	c->active_ms = c->moved_ms = now_ms();
	line_init(&c->in);
	/* Fails on a Unix socket, which does not wait for more to send anyway. */
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	c->readable = event_new(host->base, fd, EV_READ | EV_PERSIST, on_readable, c);
	c->writable = event_new(host->base, fd, EV_WRITE | EV_PERSIST, on_writable, c);
	outbox_init(&c->out);
	buf_addf(&c->out.text, ". %d dragoman/%s proto=%d gen=%" PRIu32 " maxline=%d caps=json\n",
		 WIRE_GREETING, PACKAGE_VERSION, WIRE_PROTO, generation, WIRE_LINE_MAX);
	if (c->readable == NULL || c->writable == NULL || outbox_failed(&c->out)) {
		conn_free(c);
		return NULL;
	}
	return c;
}

void
conn_free(struct conn *c)
{
	if (c == NULL)
		return;
	if (c->readable != NULL)
		event_free(c->readable);
	if (c->writable != NULL)
		event_free(c->writable);
	close(c->fd);
	watch_list_clear(&c->watches);
	line_fini(&c->in);
	outbox_fini(&c->out);
	free(c);
}

uint64_t
conn_number(const struct conn *c)
{
	return c->number;
}

const char *
conn_peer(const struct conn *c)
{
	return c->peer.name;
}

void
conn_begin(struct conn *c)
{
	advance(c);
}

void
conn_answer(struct conn *c, struct job *job)
{
	reply(c, job);
	advance(c);
}

struct watch_list *
conn_watches(struct conn *c)
{
	return &c->watches;
}

bool
conn_takes_push(const struct conn *c)
{
	return c->state != CONN_CLOSING && outbox_waiting(&c->out) < OUT_FULL;
}

void
conn_push(struct conn *c, struct buf *text)
{
	if (c->state == CONN_CLOSING)
		return;
	queue(c, text);
	c->active_ms = now_ms();   /* the watch that it was for may have ended with it */
	advance(c);
}

void
conn_drain(struct conn *c)
{
	watch_list_clear(&c->watches);
	c->drained = true;
	/* Bytes that have arrived by now still count as read. */
	if (!c->eof && !receive(c)) {
		drop(c);
		return;
	}
	c->eof = true;
	advance(c);
}

void
conn_tick(struct conn *c, uint64_t now)
{
	const struct conn_host *host = c->host;
	const char *why = NULL;

	if (unsent(c)) {
		if (host->stall_s > 0 && now > c->moved_ms + host->stall_s * 1000u)
			why = "does not read";
	} else if (c->state == CONN_CLOSING) {
		if (now > c->active_ms + LINGER_MS)
			why = "does not close";
	} else if (c->state == CONN_READING) {
		if (host->idle_s > 0 && c->watches.n == 0 && now > c->active_ms + host->idle_s * 1000u)
			why = "idle";
	} else if (c->eof && hung_up(c)) {
		why = "hung up";
	}
	if (why != NULL) {
		log_line(LOG_LEVEL_INFO, "connection %" PRIu64 ": %s, closed", c->number, why);
		drop(c);
	}
}
