/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Figures for STATUS and METRICS: counters; latencies of all requests to the
 * index in a histogram whose buckets are at most an eighth of their value wide
 * (for percentiles), and those of each verb in one with fixed bounds (which can
 * be added up over several daemons). Belongs to the loop thread.
 */
#ifndef DAEMON_JOB_STATS_H
#define DAEMON_JOB_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/protocol.h"

#define STATS_BUCKETS 256
#define STATS_BOUNDS 13

/* Why a request was refused, or a connection turned away. */
enum stats_reason {
	STATS_OVERLOADED, STATS_CONNECTIONS, STATS_GONE, STATS_DEADLINE, STATS_NO_SPACE,
	STATS_UNKNOWN_VERB, STATS_BAD_BYTES, STATS_BAD_OPTION, STATS_SYNTAX, STATS_FORBIDDEN,
	STATS_NOT_FOUND, STATS_TOO_LARGE, STATS_INTERNAL,
	STATS_REASONS
};

struct stats_verb {
	uint64_t requests;      /* answered, whatever the answer */
	uint64_t timed;         /* of them, the ones that were carried out */
	uint64_t sum_us;
	uint64_t bucket[STATS_BOUNDS + 1];   /* up to each bound, and over the last */
};

struct stats {
	uint64_t requests;      /* answered, whatever the answer */
	uint64_t errors;        /* 5xx among them */
	uint64_t busy;          /* 421 among them, and connections turned away */
	uint64_t accepted;      /* connections since the start */
	uint64_t timed;         /* in the histogram */
	uint64_t bucket[STATS_BUCKETS];
	uint64_t rejected[STATS_REASONS];
	struct stats_verb verb[VERBS], no_verb;   /* no_verb: lines without a verb that there is */
};

/* The upper bounds of the buckets of a verb, in microseconds. */
extern const uint64_t stats_bound_us[STATS_BOUNDS];
/* "deadline" */
const char *stats_reason_name(enum stats_reason reason);

/* Counts a request of VERB (its number, or -1) that was answered CODE; RAN: it was
 * carried out, which took US microseconds. */
void stats_answered(struct stats *s, int verb, int code, bool ran, uint64_t us);
/* Counts a connection that was turned away. */
void stats_turned_away(struct stats *s);
/* Counts a request of a worker that took US microseconds. */
void stats_time(struct stats *s, uint64_t us);
/* The time in microseconds that PERCENT of the requests did not exceed (to an
 * eighth); 0 before the first. */
uint64_t stats_percentile(const struct stats *s, unsigned percent);

#endif
