/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Jobs that wait for a worker, in turns: each group of connections has as many
 * turns as any other, however many of its jobs wait. (Start-time fair queueing:
 * Goyal, Vin and Cheng, 1996, with jobs of one size.) Groups whose numbers are
 * equal modulo QUEUE_GROUPS share their turns. A queue owns its jobs.
 */
#ifndef DAEMON_LOOP_QUEUE_H
#define DAEMON_LOOP_QUEUE_H

#include "daemon/job/job.h"

#define QUEUE_GROUPS 256

struct queue {
	struct job *head;               /* by turn; of one turn, the oldest first */
	size_t n;
	uint64_t now;                   /* the turn of the job that was popped last */
	uint64_t last[QUEUE_GROUPS];    /* the turn of the newest job of each group */
};

/* A queue of zeros is empty. */
void queue_fini(struct queue *q);
void queue_push_take(struct queue *q, struct job *job);
/* The next job, the caller's from now on; NULL: there is none. */
struct job *queue_pop(struct queue *q);
/* Takes out the job of connection CONN; NULL: there is none. */
struct job *queue_remove(struct queue *q, uint64_t conn);

#endif
