/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/stats.h"

/* Values below 8 have a bucket each; above, each power of two has eight. */
static unsigned
bucket_of(uint64_t us)
{
	unsigned power, index;

	if (us < 8)
		return (unsigned)us;
	power = 63u - (unsigned)__builtin_clzll(us);
	index = (power - 2) * 8 + (unsigned)((us >> (power - 3)) & 7);
	return index < STATS_BUCKETS ? index : STATS_BUCKETS - 1;
}

/* The greatest value of a bucket. */
static uint64_t
bucket_top(unsigned index)
{
	unsigned power;

	if (index < 8)
		return index;
	power = index / 8 + 2;
	return ((uint64_t)(8 + index % 8 + 1) << (power - 3)) - 1;
}

void
stats_time(struct stats *s, uint64_t us)
{
	s->bucket[bucket_of(us)]++;
	s->timed++;
}

uint64_t
stats_percentile(const struct stats *s, unsigned percent)
{
	uint64_t want = (s->timed * percent + 99) / 100;
	uint64_t seen = 0;
	unsigned i;

	if (s->timed == 0)
		return 0;
	for (i = 0; i < STATS_BUCKETS; i++) {
		seen += s->bucket[i];
		if (seen >= want)
			break;
	}
	return bucket_top(i < STATS_BUCKETS ? i : STATS_BUCKETS - 1);
}
