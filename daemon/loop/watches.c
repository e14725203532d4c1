/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/loop/watches.h"

#include <event2/event.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "daemon/job/job.h"
#include "daemon/job/push.h"
#include "engine/store/stamp.h"

#define LOOK_MS 100    /* between two looks for a commit */
#define RETRY_MS 1000  /* after a failure */
#define PAUSE_MS 1000  /* of a watch whose query took too long; twice as long each further time in a row ... */
#define PAUSE_DOUBLED 9   /* ... so many times: then it is eight and a half minutes */

struct watches {
	struct watches_host host;
	struct event *look;
	struct stamp_index seen;
	uint64_t numbers;        /* of watches, given out */
	uint64_t newest;         /* the newest revision that is known of */
	bool moved;              /* there may be a newer one */
	bool wanting;            /* there may be watches that were not told up to the newest */
	bool looking;            /* the timer runs */
	bool running;            /* a job is on its way */
	struct job *waiting;     /* that job, where it found no place in the queue */
	struct job *parked;      /* one that takes long, and lets watches go first that were told more */
	bool failing;            /* the last attempt failed, and the log says so */
	uint64_t retry_ns;       /* not before */
};

static void on_look(evutil_socket_t fd, short what, void *arg);

enum status
watches_new(struct watches **out, const struct watches_host *host, const char *index, struct error *err)
{
	struct watches *ws = calloc(1, sizeof(*ws));
	enum status status;

	*out = NULL;
	if (ws == NULL)
		return error_nomem(err);
	ws->host = *host;
	ws->look = event_new(host->base, -1, EV_PERSIST, on_look, ws);
	status = stamp_index_init(&ws->seen, index, err);
	if (status == ST_OK && ws->look == NULL)
		status = error_nomem(err);
	if (status != ST_OK) {
		watches_free(ws);
		return status;
	}
	*out = ws;
	return ST_OK;
}

void
watches_free(struct watches *ws)
{
	if (ws == NULL)
		return;
	if (ws->look != NULL)
		event_free(ws->look);
	stamp_index_fini(&ws->seen);
	job_free(ws->waiting);
	job_free(ws->parked);
	free(ws);
}

/* ---- when ---- */

static void
look_out(struct watches *ws, bool want)
{
	struct timeval every = { 0, LOOK_MS * 1000 };

	if (ws->looking == want)
		return;
	ws->looking = want;
	if ((want ? event_add(ws->look, &every) : event_del(ws->look)) != 0)
		log_line(LOG_LEVEL_ERROR, "cannot look out for commits");
}

void
watches_added(struct watches *ws, struct watch *w)
{
	w->number = ++ws->numbers;
	if (w->seen > ws->newest)
		ws->newest = w->seen;
	ws->wanting = true;
	if (!ws->looking)
		ws->moved = true;   /* there may have been commits since it last looked */
	look_out(ws, true);
}

/* Whether pushes are to be made for W. */
static bool
behind(const struct watches *ws, const struct watch *w)
{
	return !w->busy && (w->replay || w->rev < ws->newest || ws->moved);
}

static bool
pauses(const struct watch *w)
{
	return w->pause_ns != 0 && clock_ns() < w->pause_ns;
}

static void
failed(struct watches *ws, const char *why)
{
	if (!ws->failing)
		log_line(LOG_LEVEL_ERROR, "standing queries: %s; trying again", why);
	ws->failing = true;
	ws->moved = true;
	ws->retry_ns = clock_ns() + RETRY_MS * 1000000ull;
}

/* Chooses the watches whose turn it is: *AFTER is the revision up to which they
 * were told, the most recent there is, so that a watch with much to catch up on does
 * not keep the others waiting. *ANY: there are watches. */
static bool
choose(struct watches *ws, uint64_t *after, bool *any)
{
	bool found = false;
	struct conn *c;
	unsigned at = 0;

	*any = ws->wanting = false;
	while ((c = conns_next(ws->host.conns, &at)) != NULL) {
		const struct watch *w = conn_watches(c)->first;

		*any = *any || w != NULL;
		for (; w != NULL; w = w->next) {
			if (!behind(ws, w))
				continue;
			ws->wanting = true;
			if (!conn_takes_push(c) || pauses(w) || (found && w->rev <= *after))
				continue;
			found = true;
			*after = w->rev;
		}
	}
	return found;
}

static enum status
gather(struct watches *ws, uint64_t after, struct push **out, struct error *err)
{
	enum status status = push_new(out, after, err);
	struct watch *w;
	struct conn *c;
	unsigned at = 0;

	while (status == ST_OK && (c = conns_next(ws->host.conns, &at)) != NULL) {
		for (w = conn_takes_push(c) ? conn_watches(c)->first : NULL; w != NULL && status == ST_OK; w = w->next)
			if (w->rev == after && behind(ws, w) && !pauses(w)) {
				status = push_add(*out, conn_number(c), w, err);
				w->busy = status == ST_OK;
			}
	}
	return status;
}

static struct watch *
find(struct watches *ws, const struct push_watch *of, struct conn **c)
{
	*c = conns_find(ws->host.conns, of->conn);
	return *c != NULL ? watch_list_find(conn_watches(*c), of->number) : NULL;
}

/* Ends JOB; its watches are free for another. */
static void
end(struct watches *ws, struct job *job)
{
	struct push *p = job->push;
	struct conn *c;
	size_t i;

	for (i = 0; p != NULL && i < p->n; i++) {
		struct watch *w = find(ws, &p->watch[i], &c);

		if (w != NULL)
			w->busy = false;
	}
	job_free(job);
}

static void
submit(struct watches *ws, struct job *job)
{
	ws->waiting = NULL;
	if (!ws->host.submit(ws->host.arg, job))
		ws->waiting = job;   /* until the next look */
}

/* Begins the pushes for the watches that were told up to revision AFTER. */
static void
begin_pushes(struct watches *ws, uint64_t after)
{
	struct job *job = job_new(0, 0);
	struct error err;

	if (job == NULL || gather(ws, after, &job->push, &err) != ST_OK) {
		if (job != NULL)
			end(ws, job);
		failed(ws, "out of memory");
		return;
	}
	/* A commit from now on shows in the next look: the worker begins by finding the newest state. */
	ws->moved = false;
	ws->running = true;
	submit(ws, job);
}

void
watches_start(struct watches *ws)
{
	uint64_t after = 0;
	bool any = true, found = false;

	if (ws->running || clock_ns() < ws->retry_ns)
		return;
	if (ws->wanting || ws->moved)
		found = choose(ws, &after, &any);
	if (found && (ws->parked == NULL || after > ws->parked->push->after)) {
		begin_pushes(ws, after);
	} else if (ws->parked != NULL) {
		struct job *job = ws->parked;

		ws->parked = NULL;
		ws->running = true;
		submit(ws, job);
	} else if (!any) {
		look_out(ws, false);
	}
}

static void
on_look(evutil_socket_t fd, short what, void *arg)
{
	struct watches *ws = arg;

	(void)fd;
	(void)what;
	if (stamp_index_moved(&ws->seen))
		ws->moved = true;
	if (ws->waiting != NULL)
		submit(ws, ws->waiting);
	watches_start(ws);
}

void
watches_stop(struct watches *ws)
{
	look_out(ws, false);
	ws->wanting = ws->moved = false;
}

/* ---- jobs that come back ---- */

/* Lets W, whose query took too long, pause, so that it costs the workers ever less. */
static void
put_aside(struct watch *w)
{
	unsigned doubled = w->late < PAUSE_DOUBLED ? w->late : PAUSE_DOUBLED;

	w->pause_ns = clock_ns() + ((PAUSE_MS * 1000000ull) << doubled);
	w->late++;
	log_line(LOG_LEVEL_WARN, "watch %s takes too long, for the %u. time in a row; next try in %u s", w->name, w->late,
		 (PAUSE_MS << doubled) / 1000);
}

static void
hand_over(struct watches *ws, const struct push *p, struct push_watch *to)
{
	struct conn *c;
	struct watch *w = find(ws, to, &c);

	if (w == NULL)
		return;
	w->busy = false;
	if (to->late) {
		put_aside(w);
	} else {
		w->late = 0;
		w->pause_ns = 0;
		watch_list_told(conn_watches(c), w, p->rev);
	}
	if (p->gone)
		(void)watch_list_remove(conn_watches(c), w->name);
	if (to->text.len > 0)
		conn_push(c, &to->text);
}

void
watches_take(struct watches *ws, struct job *job)
{
	struct push *p = job->push;
	size_t i;

	if (p->status == ST_OK && !p->done && (!ws->moved || ws->parked != NULL)) {
		submit(ws, job);
		return;
	}
	ws->running = false;
	if (p->status == ST_OK && !p->done) {
		ws->parked = job;
		watches_start(ws);
		return;
	}
	if (p->status != ST_OK) {
		failed(ws, p->err.text);
	} else {
		ws->failing = false;
		if (p->rev > ws->newest)
			ws->newest = p->rev;
		for (i = 0; i < p->told; i++)
			hand_over(ws, p, &p->watch[i]);
	}
	ws->wanting = true;
	end(ws, job);
	watches_start(ws);
}
