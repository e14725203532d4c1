/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * When pushes are made: looks out for commits and switches while there are
 * watches, gives a worker the ones that were told up to one revision, and hands
 * the texts to their connections. Belongs to the loop thread.
 */
#ifndef DAEMON_LOOP_WATCHES_H
#define DAEMON_LOOP_WATCHES_H

#include "daemon/loop/conns.h"

struct job;
struct watches;

/* The host of watches: whose connections have them, and the way to the workers. */
struct watches_host {
	struct event_base *base;
	const struct conns *conns;
	void *arg;
	/* Hands JOB to the workers; false: too many wait, and the job is still the caller's. */
	bool (*submit)(void *arg, struct job *job);
};

enum status watches_new(struct watches **out, const struct watches_host *host, const char *index,
			struct error *err) MUST_CHECK;
void watches_free(struct watches *ws);
/* W, which a connection has from now on, gets its number. */
void watches_added(struct watches *ws, struct watch *w);
/* Has pushes made where there are some to make; to be called when there may be. */
void watches_start(struct watches *ws);
/* Takes the job of pushes that comes back from a worker. */
void watches_take(struct watches *ws, struct job *job);
/* No more pushes. */
void watches_stop(struct watches *ws);

#endif
