/* SPDX-License-Identifier: MIT
 *
 * The handle: connects, sends requests, takes replies and pushes in.
 */
#include "client/lib/dragoman.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/wire.h"
#include "client/lib/chan.h"
#include "client/lib/fail.h"
#include "client/lib/inbox.h"
#include "config.h"

#define GREETING_MAX 4096

struct dragoman {
	pthread_mutex_t lock;   /* held for a whole request */
	struct chan chan;
	struct inbox inbox;
	int connect_ms, request_ms;
	size_t reply_max;
};

const char *
dragoman_version(void)
{
	return PACKAGE_VERSION;
}

const char *
dragoman_status_name(enum dragoman_status status)
{
	switch (status) {
	case DRAGOMAN_OK: return "ok";
	case DRAGOMAN_NO_MEMORY: return "out of memory";
	case DRAGOMAN_BAD_ARGUMENT: return "bad argument";
	case DRAGOMAN_NO_DAEMON: return "no daemon";
	case DRAGOMAN_NOT_CONNECTED: return "not connected";
	case DRAGOMAN_IO: return "connection lost";
	case DRAGOMAN_TIMEOUT: return "timed out";
	case DRAGOMAN_PROTOCOL: return "not the protocol";
	case DRAGOMAN_TOO_LARGE: return "reply too large";
	case DRAGOMAN_REFUSED: return "refused";
	}
	return "unknown status";
}

struct dragoman *
dragoman_new(void)
{
	struct dragoman *h = calloc(1, sizeof(*h));

	if (h == NULL)
		return NULL;
	if (pthread_mutex_init(&h->lock, NULL) != 0) {
		free(h);
		return NULL;
	}
	chan_init(&h->chan);
	h->connect_ms = 5000;
	h->request_ms = 30000;
	h->reply_max = (size_t)64 << 20;
	return h;
}

void
dragoman_free(struct dragoman *h)
{
	if (h == NULL)
		return;
	chan_fini(&h->chan);
	inbox_clear(&h->inbox);
	pthread_mutex_destroy(&h->lock);
	free(h);
}

void
dragoman_set_timeouts(struct dragoman *h, int connect_ms, int request_ms)
{
	pthread_mutex_lock(&h->lock);
	h->connect_ms = connect_ms;
	h->request_ms = request_ms;
	pthread_mutex_unlock(&h->lock);
}

void
dragoman_set_reply_max(struct dragoman *h, size_t bytes)
{
	pthread_mutex_lock(&h->lock);
	h->reply_max = bytes;
	pthread_mutex_unlock(&h->lock);
}

static enum dragoman_status
greet(struct dragoman *h, int64_t deadline, struct dragoman_error *err)
{
	struct dragoman_reply *r = reply_new();
	enum dragoman_status status;
	const char *line;
	size_t len;
	bool done;

	if (r == NULL)
		return fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory");
	status = chan_line(&h->chan, GREETING_MAX, &line, &len, deadline, err);
	if (status == DRAGOMAN_TOO_LARGE)
		status = fail_set(err, DRAGOMAN_PROTOCOL, "the greeting is no Dragoman's");
	if (status == DRAGOMAN_OK)
		status = reply_add(r, line, len, &done, err);
	if (status == DRAGOMAN_OK && !done)
		status = fail_set(err, DRAGOMAN_PROTOCOL, "the greeting is no Dragoman's");
	if (status == DRAGOMAN_OK)
		status = reply_verdict(r, err);
	if (status == DRAGOMAN_OK &&
	    (r->code != WIRE_GREETING || dragoman_number(r, "proto", 0) != WIRE_PROTO))
		status = fail_set(err, DRAGOMAN_PROTOCOL,
				  "the daemon speaks protocol %s, this library %d",
				  dragoman_figure(r, "proto") ? dragoman_figure(r, "proto") :
				  "unknown", WIRE_PROTO);
	dragoman_reply_free(r);
	return status;
}

static enum dragoman_status
connect_one(struct dragoman *h, const char *where, struct dragoman_error *err)
{
	int64_t deadline = chan_deadline(h->connect_ms);
	struct dragoman_error why;
	enum dragoman_status status = chan_open(&h->chan, where, deadline, &why);

	if (status == DRAGOMAN_OK) {
		status = greet(h, deadline, &why);
		if (status != DRAGOMAN_OK)
			chan_close(&h->chan);
	}
	if (status == DRAGOMAN_NO_DAEMON) {
		fail_set(err, status, "no daemon answers on %s%s", where, why.text);
	} else if (status != DRAGOMAN_OK) {
		fail_set(err, status, "%s: %s", where, why.text);
		if (err != NULL)
			err->code = why.code;
	}
	return status;
}

/* The places that are looked at without an address, in this order. */
static enum dragoman_status
connect_default(struct dragoman *h, struct dragoman_error *err)
{
	const char *given = getenv("DRAGOMAN_SOCKET"), *run = getenv("XDG_RUNTIME_DIR");
	enum dragoman_status status = DRAGOMAN_NO_DAEMON;
	struct buf path[3] = { BUF_INIT, BUF_INIT, BUF_INIT }, all = BUF_INIT;
	size_t i;

	buf_adds(&path[0], given != NULL ? given : "");
	if (run != NULL && *run != '\0')
		buf_addf(&path[1], "%s/dragoman/socket", run);
	buf_adds(&path[2], "/run/dragoman/socket");
	for (i = 0; i < 3 && status == DRAGOMAN_NO_DAEMON; i++) {
		if (path[i].len == 0)
			continue;
		buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", path[i].data);
		status = connect_one(h, path[i].data, err);
	}
	if (status == DRAGOMAN_NO_DAEMON)
		fail_set(err, status, "no daemon answers on %s", buf_str(&all));
	for (i = 0; i < 3; i++) {
		if (buf_status(&path[i]) != ST_OK || buf_status(&all) != ST_OK)
			status = fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory");
		buf_fini(&path[i]);
	}
	buf_fini(&all);
	return status;
}

enum dragoman_status
dragoman_connect(struct dragoman *h, const char *where, struct dragoman_error *err)
{
	enum dragoman_status status;

	pthread_mutex_lock(&h->lock);
	chan_close(&h->chan);
	inbox_clear(&h->inbox);
	status = where != NULL ? connect_one(h, where, err) : connect_default(h, err);
	pthread_mutex_unlock(&h->lock);
	return status;
}

/* A connection that is of no use any more; whole pushes are kept. */
static void
give_up(struct dragoman *h)
{
	chan_close(&h->chan);
	inbox_drop_part(&h->inbox);
}

/* The next line that is none of a push. */
static enum dragoman_status
next_line(struct dragoman *h, size_t max, const char **line, size_t *len, int64_t deadline,
	  struct dragoman_error *err)
{
	for (;;) {
		enum dragoman_status status = chan_line(&h->chan, max, line, len, deadline, err);

		if (status != DRAGOMAN_OK || !inbox_wants(&h->inbox, *line, *len))
			return status;
		status = inbox_add(&h->inbox, *line, *len, h->reply_max, err);
		if (status != DRAGOMAN_OK)
			return status;
	}
}

static enum dragoman_status
unasked(const char *said, size_t len, struct dragoman_error *err)
{
	return fail_set(err, DRAGOMAN_IO, "the daemon spoke unasked: %.*s",
			(int)(len < 200 ? len : 200), said);
}

/* Before a request: takes in the pushes that came. DRAGOMAN_IO when the other side
 * has closed, or said something else. */
static enum dragoman_status
catch_up(struct dragoman *h, struct dragoman_error *err)
{
	const struct chan *c = &h->chan;
	const char *line;
	size_t len;
	enum dragoman_status status = next_line(h, h->reply_max, &line, &len, CHAN_PAST, err);

	if (status == DRAGOMAN_OK)
		return unasked(line, len, err);
	if (status != DRAGOMAN_TIMEOUT)
		return status;
	/* Half a line is a push's, or was not asked for. */
	line = buf_str(&c->in) + c->start;
	len = c->in.len - c->start;
	if (len > 0 && h->inbox.coming == NULL && *line != '*' && *line != '{')
		return unasked(line, len, err);
	return DRAGOMAN_OK;
}

static enum dragoman_status
receive_reply(struct dragoman *h, struct dragoman_reply *r, int64_t deadline,
	      struct dragoman_error *err)
{
	bool done = false;

	while (!done) {
		enum dragoman_status status;
		const char *line;
		size_t len;

		size_t max = h->reply_max - r->text.len;

		status = r->text.len == 0 ? next_line(h, max, &line, &len, deadline, err) :
					    chan_line(&h->chan, max, &line, &len, deadline, err);
		if (status == DRAGOMAN_OK)
			status = reply_add(r, line, len, &done, err);
		if (status == DRAGOMAN_OK && r->text.len > h->reply_max)
			status = fail_set(err, DRAGOMAN_TOO_LARGE, "the reply is too large");
		if (status != DRAGOMAN_OK)
			return status;
	}
	return DRAGOMAN_OK;
}

/* Sends LINE, which ends in LF, and reads the reply to it. */
static enum dragoman_status
converse(struct dragoman *h, const struct buf *line, struct dragoman_reply **out,
	 struct dragoman_error *err)
{
	struct dragoman_reply *r = reply_new();
	enum dragoman_status status;
	int64_t deadline;

	if (r == NULL)
		return fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory");
	pthread_mutex_lock(&h->lock);
	deadline = chan_deadline(h->request_ms);
	if (h->chan.fd < 0) {
		status = fail_set(err, DRAGOMAN_NOT_CONNECTED, "not connected");
	} else {
		status = catch_up(h, err);
		if (status == DRAGOMAN_OK)
			status = chan_send(&h->chan, line->data, line->len, deadline, err);
		if (status == DRAGOMAN_OK)
			status = receive_reply(h, r, deadline, err);
		if (status != DRAGOMAN_OK)
			give_up(h);
	}
	pthread_mutex_unlock(&h->lock);
	if (status == DRAGOMAN_OK)
		*out = r;
	else
		dragoman_reply_free(r);
	return status;
}

static bool
is_word(const char *s, bool verb)
{
	const char *p;

	for (p = s; *p != '\0'; p++) {
		bool low = *p >= 'a' && *p <= 'z';
		bool later = p > s && (*p == '_' || (*p >= '0' && *p <= '9'));

		if (!low && !later && !(verb && *p >= 'A' && *p <= 'Z'))
			return false;
	}
	return p > s;
}

static void
add_value(struct buf *line, const char *value)
{
	if (*value != '\0' && strpbrk(value, " \t\"\\") == NULL) {
		buf_adds(line, value);
		return;
	}
	buf_addc(line, '"');
	for (; *value != '\0'; value++) {
		if (*value == '"' || *value == '\\')
			buf_addc(line, '\\');
		buf_addc(line, *value);
	}
	buf_addc(line, '"');
}

static enum dragoman_status
compose(struct buf *line, const char *verb, const struct dragoman_option *options,
	const char *rest, struct dragoman_error *err)
{
	const struct dragoman_option *o;
	const char *why;

	if (verb == NULL || !is_word(verb, true))
		return fail_set(err, DRAGOMAN_BAD_ARGUMENT, "a verb is a word of letters");
	buf_adds(line, verb);
	for (o = options; o != NULL && o->key != NULL; o++) {
		if (!is_word(o->key, false) || o->value == NULL)
			return fail_set(err, DRAGOMAN_BAD_ARGUMENT, "bad option: %s", o->key);
		buf_addf(line, " %s=", o->key);
		add_value(line, o->value);
	}
	if (rest != NULL)
		buf_addf(line, " -- %s", rest);
	if (buf_status(line) != ST_OK)
		return fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory");
	if (line->len > WIRE_LINE_MAX)
		return fail_set(err, DRAGOMAN_BAD_ARGUMENT, "the request has %zu bytes, "
				"at most %d are allowed", line->len, WIRE_LINE_MAX);
	if (wire_check_line(line->data, line->len, &why) != 0)
		return fail_set(err, DRAGOMAN_BAD_ARGUMENT, "%s",
				strpbrk(line->data, "\r\n") != NULL ?
				"a line break in the request" :
				utf8_valid(line->data, line->len) != line->len ?
				"the request is not UTF-8" :
				"a control character in the request");
	return DRAGOMAN_OK;
}

enum dragoman_status
dragoman_request(struct dragoman *h, const char *verb, const struct dragoman_option *options,
		 const char *rest, struct dragoman_reply **out, struct dragoman_error *err)
{
	struct buf line = BUF_INIT;
	enum dragoman_status status = compose(&line, verb, options, rest, err);

	*out = NULL;
	if (status == DRAGOMAN_OK) {
		buf_addc(&line, '\n');
		status = buf_status(&line) != ST_OK ?
			 fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory") :
			 converse(h, &line, out, err);
	}
	buf_fini(&line);
	if (status == DRAGOMAN_OK) {
		status = reply_verdict(*out, err);
		if (status != DRAGOMAN_OK) {
			dragoman_reply_free(*out);
			*out = NULL;
		}
	}
	return status;
}

enum dragoman_status
dragoman_search(struct dragoman *h, const char *query, const struct dragoman_option *options,
		struct dragoman_reply **out, struct dragoman_error *err)
{
	return dragoman_request(h, "SEARCH", options, query != NULL ? query : "", out, err);
}

enum dragoman_status
dragoman_raw(struct dragoman *h, const char *line, struct dragoman_reply **out,
	     struct dragoman_error *err)
{
	struct buf copy = BUF_INIT;
	enum dragoman_status status;

	*out = NULL;
	if (line == NULL || strchr(line, '\n') != NULL)
		return fail_set(err, DRAGOMAN_BAD_ARGUMENT, "one line is wanted");
	buf_addf(&copy, "%s\n", line);
	status = buf_status(&copy) != ST_OK ? fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory") :
					      converse(h, &copy, out, err);
	buf_fini(&copy);
	return status;
}

enum dragoman_status
dragoman_push(struct dragoman *h, int timeout_ms, struct dragoman_reply **out,
	      struct dragoman_error *err)
{
	enum dragoman_status status = DRAGOMAN_OK;
	int64_t deadline = timeout_ms == 0 ? CHAN_PAST : chan_deadline(timeout_ms);

	pthread_mutex_lock(&h->lock);
	while ((*out = inbox_take(&h->inbox)) == NULL && status == DRAGOMAN_OK) {
		const char *line;
		size_t len;

		if (h->chan.fd < 0) {
			status = fail_set(err, DRAGOMAN_NOT_CONNECTED, "not connected");
			break;
		}
		status = chan_line(&h->chan, h->reply_max, &line, &len, deadline, err);
		if (status == DRAGOMAN_OK)
			status = inbox_wants(&h->inbox, line, len) ?
				 inbox_add(&h->inbox, line, len, h->reply_max, err) :
				 unasked(line, len, err);
		if (status != DRAGOMAN_OK && status != DRAGOMAN_TIMEOUT)
			give_up(h);
	}
	pthread_mutex_unlock(&h->lock);
	return status;
}

int
dragoman_fd(struct dragoman *h)
{
	int fd;

	pthread_mutex_lock(&h->lock);
	fd = h->chan.fd;
	pthread_mutex_unlock(&h->lock);
	return fd;
}
