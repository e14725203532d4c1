/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What STATUS tells: counters, and latencies in a histogram whose buckets are
 * at most an eighth of their value wide. Belongs to the loop thread.
 */
#ifndef DAEMON_STATS_H
#define DAEMON_STATS_H

#include <stdint.h>

#define STATS_BUCKETS 256

struct stats {
	uint64_t requests;      /* answered, whatever the answer */
	uint64_t errors;        /* 5xx among them */
	uint64_t busy;          /* 421 among them, and connections turned away */
	uint64_t accepted;      /* connections since the start */
	uint64_t timed;         /* in the histogram */
	uint64_t bucket[STATS_BUCKETS];
};

/* Counts a request of a worker that took US microseconds. */
void stats_time(struct stats *s, uint64_t us);
/* The time in microseconds that PERCENT of the requests did not exceed (to an
 * eighth); 0 before the first. */
uint64_t stats_percentile(const struct stats *s, unsigned percent);

#endif
