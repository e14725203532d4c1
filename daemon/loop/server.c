/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "daemon/loop/server.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/wire.h"
#include "daemon/job/stats.h"
#include "daemon/loop/acceptor.h"
#include "daemon/loop/conns.h"
#include "daemon/loop/reportlog.h"
#include "daemon/loop/pool.h"
#include "daemon/loop/reqlog.h"
#include "daemon/loop/watches.h"
#include "daemon/socket/lookout.h"
#include "daemon/socket/service.h"

#define DRAIN_S 10
#define ACCEPT_MAX 64   /* connections taken at once, so that the others get their turn */

enum { SIG_HUP, SIG_TERM, SIG_INT, SIGNALS };

struct server {
	struct server_options opt;
	struct event_base *base;
	struct acceptor acceptor;   /* paused when out of descriptors: until one is free, or the next tick */
	struct event *signals[SIGNALS], *answers, *tick, *lookout, *drain_end;
	struct pool *pool;
	struct conn_host host;
	struct conns conns;
	struct stats stats;
	struct reqlog *log;
	struct reportlog reports;
	int lookout_fd;          /* -1: none */
	struct watches *watches;
	struct job *spare;       /* so that a request is answered when there is no memory for another */
	uint64_t requests, started_ns;
	uint32_t generation;     /* the last that was told in the log, and to all workers */
	uint64_t watchdog_us;    /* the service manager wants to hear of us that often; 0: not */
	bool draining;
};

static void begin_drain(struct server *s);

/* ---- for connections ---- */

static struct job *
new_job(void *arg, uint64_t conn)
{
	struct server *s = arg;
	struct job *job = job_new(conn, ++s->requests);

	if (job == NULL && s->spare != NULL) {
		job = s->spare;
		s->spare = NULL;
		job_renew(job, conn, s->requests);
	}
	if (s->spare == NULL)
		s->spare = job_new(0, 0);
	return job;
}

static void
fill_load(struct server *s, struct job_load *load)
{
	struct conn *c;
	unsigned at = 0;

	load->index = s->opt.index;
	load->uptime_s = (clock_ns() - s->started_ns) / 1000000000u;
	load->connections = s->conns.n;
	load->watches = 0;
	while ((c = conns_next(&s->conns, &at)) != NULL)
		load->watches += conn_watches(c)->n;
	load->stats = s->stats;
	pool_load(s->pool, load);
}

/* The state of the daemon is told by a worker, which reads the index's anew, or else, where all are busy, as it was
 * known last. */
static bool
knows(void *arg, struct job *job)
{
	struct server *s = arg;

	if (job->req.verb->asks != PROTOCOL_DAEMON)
		return false;
	job->load = malloc(sizeof(*job->load));
	if (job->load == NULL)
		return false;
	fill_load(s, job->load);
	return job->load->queued > 0 || job->load->working == job->load->workers;
}

static bool
submit(void *arg, struct job *job)
{
	struct server *s = arg;

	if (job->req.verb != NULL && job->req.verb->asks == PROTOCOL_DAEMON && job->load == NULL)
		return false;
	return pool_submit(s->pool, job);
}

/* Counts and logs an answer. */
static void
answered(void *arg, const struct job *job)
{
	struct server *s = arg;
	const struct protocol_verb *verb = job->req.verb;
	const struct conn *c = conns_find(&s->conns, job->conn);

	stats_answered(&s->stats, verb != NULL ? (int)verb->id : -1, job->code, job->ran, job->us);
	if (verb != NULL && verb->asks != PROTOCOL_NOTHING)
		stats_time(&s->stats, job->us);
	if (s->log != NULL)
		reqlog_write(s->log, job, c != NULL ? conn_peer(c) : "-");
}

static void
watching(void *arg, struct watch *w)
{
	struct server *s = arg;

	watches_added(s->watches, w);
}

static void
drop(void *arg, struct conn *c)
{
	struct server *s = arg;

	log_line(LOG_LEVEL_DEBUG, "connection %" PRIu64 ": closed", conn_number(c));
	pool_cancel(s->pool, conn_number(c));
	conns_drop(&s->conns, c);
	if (s->draining && s->conns.n == 0)
		event_base_loopbreak(s->base);
	else if (!s->draining)
		acceptor_pause(&s->acceptor, false);
}

/* ---- events ---- */

static void
turn_away(struct server *s, int fd)
{
	static const char line[] = ". 421 too many connections, try again\n";

	stats_turned_away(&s->stats);
	/* One short line fits into a socket that was never written to. */
	(void)!send(fd, line, sizeof(line) - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	close(fd);
}

static void
welcome(struct server *s, int fd)
{
	struct conn *c = conn_new(&s->host, fd, conns_number(&s->conns), pool_generation(s->pool));

	if (c == NULL) {
		log_line(LOG_LEVEL_ERROR, "out of memory, a connection was closed");
		return;
	}
	conns_add_take(&s->conns, c);
	s->stats.accepted++;
	log_line(LOG_LEVEL_DEBUG, "connection %" PRIu64 ": opened", conn_number(c));
	conn_begin(c);
}

static void
on_accept(evutil_socket_t fd, short what, void *arg)
{
	struct server *s = arg;
	unsigned i;

	(void)what;
	for (i = 0; i < ACCEPT_MAX; i++) {
		int peer = accept4((int)fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (peer >= 0 && s->conns.n < s->opt.max_clients) {
			welcome(s, peer);
		} else if (peer >= 0) {
			turn_away(s, peer);
		} else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
			log_line(LOG_LEVEL_WARN, "accept: %s; waiting", strerror(errno));
			acceptor_pause(&s->acceptor, true);
			return;
		} else if (errno != EINTR && errno != ECONNABORTED) {
			return;
		}
	}
}

static void
on_answers(evutil_socket_t fd, short what, void *arg)
{
	struct server *s = arg;
	struct job *job, *next;

	(void)fd;
	(void)what;
	for (job = pool_collect(s->pool); job != NULL; job = next) {
		struct conn *c = conns_find(&s->conns, job->conn);

		next = job->next;
		if (job->push != NULL) {
			watches_take(s->watches, job);
		} else if (c != NULL) {
			conn_answer(c, job);
		} else {
			answered(s, job);
			job_free(job);
		}
	}
	watches_start(s->watches);
}

/* Looks for a new generation and for new reports of jobs. */
static void
look_at_index(struct server *s)
{
	uint32_t current;
	bool switched;

	reportlog_look(&s->reports);
	if (store_current(s->opt.index, &current, NULL) != ST_OK)
		return;
	switched = current != s->generation;
	if (switched)
		log_line(LOG_LEVEL_NOTICE, "switched to generation g%06" PRIu32, current);
	s->generation = current;
	/* Workers look for themselves before each request; this is for idle
	 * ones, so that they let go of a generation that is over. */
	if (switched || current != pool_generation(s->pool))
		pool_refresh(s->pool);
}

static void
on_lookout(evutil_socket_t fd, short what, void *arg)
{
	struct server *s = arg;

	(void)what;
	lookout_drain((int)fd);
	if (!s->draining)
		look_at_index(s);
}

static void
on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct server *s = arg;
	uint64_t now = clock_ns() / 1000000u;
	struct conn *c;
	unsigned at = 0;

	(void)fd;
	(void)what;
	/* That this runs shows that the loop does; a worker that hangs is as bad. */
	if (s->watchdog_us > 0 && pool_alive(s->pool, s->watchdog_us * 1000 / 2))
		service_alive();
	while ((c = conns_next(&s->conns, &at)) != NULL)
		conn_tick(c, now);
	if (s->draining)
		return;
	acceptor_pause(&s->acceptor, false);
	look_at_index(s);
}

static void
on_signal(evutil_socket_t signal, short what, void *arg)
{
	struct server *s = arg;

	(void)what;
	if (signal == SIGHUP) {
		log_line(LOG_LEVEL_INFO, "SIGHUP: reopening");
		service_reloading();
		pool_refresh(s->pool);
		if (s->log != NULL)
			reqlog_reopen(s->log);
		service_ready();
	} else if (s->draining) {
		event_base_loopbreak(s->base);
	} else {
		log_line(LOG_LEVEL_INFO, "%s: draining", signal == SIGTERM ? "SIGTERM" : "SIGINT");
		begin_drain(s);
	}
}

static void
on_drain_end(evutil_socket_t fd, short what, void *arg)
{
	struct server *s = arg;

	(void)fd;
	(void)what;
	log_line(LOG_LEVEL_WARN, "%u connections cut off after %d s", s->conns.n, DRAIN_S);
	event_base_loopbreak(s->base);
}

static void
begin_drain(struct server *s)
{
	struct timeval limit = { DRAIN_S, 0 };
	struct conn *c;
	unsigned at = 0;

	service_stopping();
	acceptor_close(&s->acceptor);
	s->draining = true;
	watches_stop(s->watches);
	if (s->conns.n == 0 || event_add(s->drain_end, &limit) != 0) {
		event_base_loopbreak(s->base);
		return;
	}
	while ((c = conns_next(&s->conns, &at)) != NULL)
		conn_drain(c);
}

/* ---- beginning and end ---- */

static bool
add_events(struct server *s)
{
	static const int numbers[SIGNALS] = { [SIG_HUP] = SIGHUP, [SIG_TERM] = SIGTERM, [SIG_INT] = SIGINT };
	struct timeval tick = { 1, 0 };
	unsigned i;

	s->watchdog_us = service_watchdog_us();
	if (s->watchdog_us > 0 && s->watchdog_us < 2000000)
		tick = (struct timeval){ 0, (suseconds_t)(s->watchdog_us / 2) };
	for (i = 0; i < SIGNALS; i++) {
		s->signals[i] = evsignal_new(s->base, numbers[i], on_signal, s);
		if (s->signals[i] == NULL || event_add(s->signals[i], NULL) != 0)
			return false;
	}
	s->answers = event_new(s->base, pool_fd(s->pool), EV_READ | EV_PERSIST, on_answers, s);
	s->tick = event_new(s->base, -1, EV_PERSIST, on_tick, s);
	s->drain_end = evtimer_new(s->base, on_drain_end, s);
	if (s->lookout_fd >= 0) {
		s->lookout = event_new(s->base, s->lookout_fd, EV_READ | EV_PERSIST, on_lookout, s);
		if (s->lookout == NULL || event_add(s->lookout, NULL) != 0)
			return false;
	}
	return s->answers != NULL && s->tick != NULL && s->drain_end != NULL &&
	       event_add(s->answers, NULL) == 0 && event_add(s->tick, &tick) == 0 &&
	       acceptor_watch(&s->acceptor, s->base, on_accept, s);
}

/* Hands S's functions to connections and watches. */
static enum status
open_watches(struct server *s, struct error *err)
{
	const struct watches_host watches = {
		.base = s->base, .conns = &s->conns, .arg = s, .submit = submit
	};

	s->host = (struct conn_host){
		.base = s->base, .idle_s = s->opt.idle_s, .stall_s = s->opt.stall_s, .front = s->opt.front, .arg = s,
		.new_job = new_job, .knows = knows, .submit = submit, .answered = answered, .watching = watching, .drop = drop
	};
	return watches_new(&s->watches, &watches, s->opt.index, err);
}

static enum status
open_all(struct server *s, struct error *err)
{
	struct pool_options pool = {
		.index = s->opt.index, .workers = s->opt.workers,
		.queue_max = s->opt.queue, .deadline_ms = s->opt.deadline_ms,
	};
	struct event_config *config = event_config_new();
	enum status status;

	if (config != NULL) {
		event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
		s->base = event_base_new_with_config(config);
		event_config_free(config);
	}
	if (s->base == NULL || !conns_init(&s->conns, s->opt.max_clients))
		return error_nomem(err);
	if (s->opt.request_log != NULL &&
	    (status = reqlog_new(&s->log, s->opt.request_log, err)) != ST_OK)
		return status;
	status = reportlog_init(&s->reports, s->opt.index, err);
	if (status != ST_OK)
		return status;
	/* The socket first: its lock tells another daemon of us. It
	 * answers only once the loop runs. */
	status = acceptor_open(&s->acceptor, s->opt.socket, s->opt.make_folder, s->opt.listen, err);
	if (status == ST_OK)
		status = pool_new(&s->pool, &pool, err);
	if (status == ST_OK)
		status = open_watches(s, err);
	if (status == ST_OK && !add_events(s))
		status = error_set(err, ST_NOMEM, "cannot set up the event loop");
	return status;
}

enum status
server_new(struct server **out, const struct server_options *opt, struct error *err)
{
	struct server *s = calloc(1, sizeof(*s));
	enum status status;

	*out = NULL;
	if (s == NULL)
		return error_nomem(err);
	s->opt = *opt;
	acceptor_init(&s->acceptor);
	s->lookout_fd = lookout_open(opt->index);
	s->started_ns = clock_ns();
	status = open_all(s, err);
	if (status != ST_OK) {
		server_free(s);
		return status;
	}
	s->generation = pool_generation(s->pool);
	*out = s;
	return ST_OK;
}

void
server_free(struct server *s)
{
	struct event *more[] = { s->answers, s->tick, s->lookout, s->drain_end };
	unsigned i;

	acceptor_close(&s->acceptor);
	if (s->pool != NULL)
		pool_free(s->pool);
	watches_free(s->watches);
	conns_fini(&s->conns);
	for (i = 0; i < SIGNALS; i++) {
		if (s->signals[i] != NULL)
			event_free(s->signals[i]);
	}
	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
		if (more[i] != NULL)
			event_free(more[i]);
	}
	if (s->base != NULL)
		event_base_free(s->base);
	job_free(s->spare);
	reqlog_free(s->log);
	reportlog_fini(&s->reports);
	if (s->lookout_fd >= 0)
		close(s->lookout_fd);
	free(s);
	libevent_global_shutdown();
}

enum status
server_run(struct server *s, struct error *err)
{
	acceptor_tell(&s->acceptor);
	service_ready();
	if (event_base_dispatch(s->base) < 0)
		return error_set(err, ST_INTERNAL, "the event loop failed");
	return ST_OK;
}
