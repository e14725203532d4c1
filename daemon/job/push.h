/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A push in the making: for each of the watches that were told up to one
 * revision, the text that is to be sent to it. Goes with a job from the loop to a worker
 * and back, as often as it takes, and knows its watches by number only. Owns
 * all in it.
 */
#ifndef DAEMON_JOB_PUSH_H
#define DAEMON_JOB_PUSH_H

#include "base/buf.h"
#include "daemon/job/watch.h"

struct push_watch {
	uint64_t conn, number;
	char name[PROTOCOL_NAME_MAX + 1];
	bool json, replay;
	bool late;               /* its query took too long: the text says so, and it is told up to no other revision */
	struct buf text;         /* perhaps nothing */
};

struct push {
	struct standing *standing;
	uint64_t after;
	struct push_watch *watch;
	size_t n, cap;
	/* the outcome */
	bool done;               /* the first TOLD have their texts */
	bool gone;               /* the journal does not reach back: all have a text that says so, their last */
	size_t told;
	uint64_t rev;            /* up to which they are told */
	enum status status;      /* why it did not go on, or ST_OK */
	struct error err;
};

/* For watches that were told up to revision AFTER. */
enum status push_new(struct push **out, uint64_t after, struct error *err) MUST_CHECK;
void push_free(struct push *p);
/* Adds W, of connection CONN. */
enum status push_add(struct push *p, uint64_t conn, const struct watch *w, struct error *err) MUST_CHECK;
/* Goes on for a while, in a worker; the outcome is in P. */
void push_work(struct push *p, struct searcher *s, const struct xap_deadline *deadline);

#endif
