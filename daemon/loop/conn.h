/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A connection: reads lines, has one request at a time answered, writes the
 * replies in order. Any function here but conn_new and conn_free may end the
 * connection: it is then freed by its host, its owner.
 */
#ifndef DAEMON_LOOP_CONN_H
#define DAEMON_LOOP_CONN_H

#include <sys/types.h>

#include "daemon/job/job.h"
#include "daemon/job/watch.h"

struct conn;
struct event_base;

/* The host of connections: the functions that they need, each called with ARG. */
struct conn_host {
	struct event_base *base;
	unsigned idle_s;     /* a connection without requests is closed after it; 0: never */
	unsigned stall_s;    /* one that does not read; 0: never */
	uid_t front;         /* the user who may ask for clients of his own, by client=, as ours may */
	void *arg;
	/* A job for connection CONN, with the next request's number; NULL: no memory. */
	struct job *(*new_job)(void *arg, uint64_t conn);
	/* Whether JOB asks for nothing but what its host has put into it now: then no worker is needed. */
	bool (*knows)(void *arg, struct job *job);
	/* Hands JOB to the workers; false: too many wait, or there is no memory,
	 * and the job is still the caller's. */
	bool (*submit)(void *arg, struct job *job);
	/* Is told of every answer, once, before it is sent and its watch is the connection's. */
	void (*answered)(void *arg, const struct job *job);
	/* Is told of a watch that a connection has from now on. */
	void (*watching)(void *arg, struct watch *w);
	/* Frees C. */
	void (*drop)(void *arg, struct conn *c);
};

/* Takes FD over (also when it fails, with NULL) and queues the greeting, which
 * names the index's GENERATION. HOST is borrowed. */
struct conn *conn_new(const struct conn_host *host, int fd, uint64_t number, uint32_t generation);
void conn_free(struct conn *c);
uint64_t conn_number(const struct conn *c);
/* Who is at its other end, for the log (daemon/socket/peer.h). */
const char *conn_peer(const struct conn *c);
/* Sends the greeting, and listens. */
void conn_begin(struct conn *c);
/* The answer to the request that was running; frees the job. */
void conn_answer(struct conn *c, struct job *job);
/* The standing queries of the connection, which it owns. */
struct watch_list *conn_watches(struct conn *c);
/* Whether more may be pushed: the peer reads, and the connection is not about to close. */
bool conn_takes_push(const struct conn *c);
/* Sends TEXT, whole lines, between replies; takes its bytes. */
void conn_push(struct conn *c, struct buf *text);
/* Reads no more: answers the requests that were read, then closes. */
void conn_drain(struct conn *c);
/* Closes when it was idle or stalled for too long at NOW_MS (monotonic). */
void conn_tick(struct conn *c, uint64_t now_ms);

#endif
