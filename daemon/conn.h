/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A connection: reads lines, has one request at a time answered, writes the
 * replies in order. The server owns connections; any function here but
 * conn_new and conn_free may end the connection and free it, by server_drop.
 */
#ifndef DAEMON_CONN_H
#define DAEMON_CONN_H

#include "daemon/job.h"
#include "daemon/watch.h"

struct conn;
struct server;

/* Takes FD over (also when it fails, with NULL) and queues the greeting. */
struct conn *conn_new(struct server *s, int fd, uint64_t number);
void conn_free(struct conn *c);
uint64_t conn_number(const struct conn *c);
/* Sends what is queued, and listens. */
void conn_begin(struct conn *c);
/* The answer to the request that was running; frees the job. */
void conn_answer(struct conn *c, struct job *job);
/* The standing queries of the connection, which it owns. */
struct watch_list *conn_watches(struct conn *c);
/* Whether more may be pushed: the peer reads, and the connection is not about to close. */
bool conn_takes_push(const struct conn *c);
/* Sends TEXT, whole lines, between replies; takes its bytes. */
void conn_push(struct conn *c, struct buf *text);
/* Reads no more: answers what was read, then closes. */
void conn_drain(struct conn *c);
/* Closes when it was idle or stalled for too long at NOW_MS (monotonic). */
void conn_tick(struct conn *c, uint64_t now_ms);

#endif
