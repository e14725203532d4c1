/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A job: one request on its way from a connection to a worker and back. It
 * knows its connection by number only. Whoever holds a job owns it and all in
 * it; it passes from the loop to a worker and back, never shared.
 */
#ifndef DAEMON_JOB_JOB_H
#define DAEMON_JOB_JOB_H

#include "base/buf.h"
#include "daemon/job/request.h"
#include "daemon/job/stats.h"
#include "engine/search/search.h"

/* The state of the index, as STATUS and METRICS tell it. */
struct job_index {
	struct manifest manifest;
	uint32_t articles;
	bool has_bytes;
	uint64_t bytes;        /* of the generation's files */
};

/* The state of the daemon, as the loop knew it when it took the request. */
struct job_load {
	const char *index;     /* borrowed from the server's options */
	uint64_t uptime_s, connections, watches;
	struct stats stats;
	unsigned workers, working;
	size_t queued;
	struct job_index last; /* the newest state of the index that a worker has seen */
};

struct push;
struct watch;

struct job {
	struct job *next;
	uint64_t conn;         /* number of the connection; 0: pushes */
	uint64_t group, turn;  /* the connections that share their turns with this one; see daemon/loop/queue.h */
	uint64_t number;       /* of the request, since the start, for the log */
	uint64_t begun_ns;     /* when the line was taken, CLOCK_MONOTONIC */
	struct request req;
	struct job_load *load;     /* for verbs that tell of it, otherwise NULL */
	struct watch *watch;   /* of WATCH: becomes the connection's when all is well */
	bool found;            /* of UNWATCH: there was such a watch */
	struct push *push;     /* no request, but pushes to be made; then there is nothing of the rest */
	/* the answer */
	int code;
	bool ran;              /* the verb was carried out, not refused */
	uint64_t us;           /* from begun_ns to the end line */
	unsigned rows;
	struct buf reply;      /* rows and end line as they are sent */
};

/* NULL: no memory. */
struct job *job_new(uint64_t conn, uint64_t number);
/* For one that was made before its request came. */
void job_renew(struct job *job, uint64_t conn, uint64_t number);
void job_free(struct job *job);
/* Drops an answer, so that JOB can be carried out again. */
void job_again(struct job *job);

/* Microseconds since the request was taken. */
uint64_t job_us(const struct job *job);

/* Reads the state that S has open. */
enum status job_index_read(struct job_index *out, struct searcher *s, struct error *err) MUST_CHECK;

#endif
