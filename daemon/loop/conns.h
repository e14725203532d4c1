/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of connections: each stands in a slot that its number tells, so
 * that a late answer finds its connection, or finds it gone. Owns the
 * connections in it. Belongs to the loop thread.
 */
#ifndef DAEMON_LOOP_CONNS_H
#define DAEMON_LOOP_CONNS_H

#include "daemon/loop/conn.h"

struct conns {
	struct conn **slot;    /* connection N stands at N % max */
	unsigned max, n, next_slot;
	uint64_t opened;       /* connections so far */
};

/* Room for MAX connections. False: no memory. */
bool conns_init(struct conns *cs, unsigned max) MUST_CHECK;
/* Frees the connections, too. */
void conns_fini(struct conns *cs);
/* The number for a connection that is about to be added; there must be room. */
uint64_t conns_number(struct conns *cs);
void conns_add_take(struct conns *cs, struct conn *c);
/* Takes C out and frees it. */
void conns_drop(struct conns *cs, struct conn *c);
/* The connection of this number, NULL where it is gone. */
struct conn *conns_find(const struct conns *cs, uint64_t number);
/* All connections one after the other, any of which may be dropped meanwhile:
 * *AT starts at 0; NULL at the end. */
struct conn *conns_next(const struct conns *cs, unsigned *at);

#endif
