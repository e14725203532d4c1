/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The search workers: N threads, each with a searcher of its own. Jobs go in
 * through a bounded queue and come back through a list and a descriptor that
 * is readable while the list holds any. All functions are for the loop thread;
 * workers never see a connection. The pool owns the jobs that it holds.
 *
 * Groups of connections have their turns (queue.h). A job that takes longer
 * than 10 ms is heavy: all workers but one may have heavy jobs in hand. A heavy
 * job beyond them is stopped, and begun anew when it may be heavy: so a light job
 * waits for light ones only. Pushes are not stopped: they go in short steps.
 */
#ifndef DAEMON_LOOP_POOL_H
#define DAEMON_LOOP_POOL_H

#include "daemon/job/job.h"

struct pool;

struct pool_options {
	const char *index;      /* borrowed while the pool lives */
	unsigned workers;
	size_t queue_max;       /* jobs that may wait for a worker */
	unsigned deadline_ms;   /* for a job, from when a worker takes it */
};

/* Opens the index once for each worker and starts the threads. Signals are
 * not delivered to them. */
enum status pool_new(struct pool **out, const struct pool_options *opt, struct error *err) MUST_CHECK;
/* Cancels running jobs, joins the threads and frees all jobs. */
void pool_free(struct pool *p);

/* Readable while answers wait to be collected. */
int pool_fd(const struct pool *p);
/* Hands a job over. False: the queue is full, and the job still the caller's. */
bool pool_submit(struct pool *p, struct job *job) MUST_CHECK;
/* Ends the work for connection CONN, which is no longer there: a job of it that waits, or is in hand, comes back with
 * any answer. */
void pool_cancel(struct pool *p, uint64_t conn);
/* All answered jobs, oldest first, linked by next; NULL when there are none. */
struct job *pool_collect(struct pool *p);

/* Has every worker look for a new generation, idle ones at once. */
void pool_refresh(struct pool *p);

/* Whether every worker is idle or has been at its present work for no longer
 * than the deadline and GRACE_NS. */
bool pool_alive(const struct pool *p, uint64_t grace_ns);
/* The generation that a worker opened last. */
uint32_t pool_generation(const struct pool *p);
/* Fills in workers, working, queued and last. */
void pool_load(struct pool *p, struct job_load *load);

#endif
