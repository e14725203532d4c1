/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/job/stats.h"

#include "base/wire.h"

const uint64_t stats_bound_us[STATS_BOUNDS] = {
	250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000
};

static const struct { const char *name; int code; } reasons[STATS_REASONS] = {
	[STATS_OVERLOADED] = { "overloaded", WIRE_BUSY },
	[STATS_CONNECTIONS] = { "connections", 0 },
	[STATS_GONE] = { "gone", WIRE_GONE },
	[STATS_DEADLINE] = { "deadline", WIRE_DEADLINE },
	[STATS_NO_SPACE] = { "no_space", WIRE_NOSPACE },
	[STATS_UNKNOWN_VERB] = { "unknown_verb", WIRE_UNKNOWN },
	[STATS_BAD_BYTES] = { "bad_bytes", WIRE_BAD_BYTES },
	[STATS_BAD_OPTION] = { "bad_option", WIRE_BAD_OPTION },
	[STATS_SYNTAX] = { "syntax", WIRE_SYNTAX },
	[STATS_FORBIDDEN] = { "forbidden", WIRE_FORBIDDEN },
	[STATS_NOT_FOUND] = { "not_found", WIRE_NO_ARTICLE },
	[STATS_TOO_LARGE] = { "too_large", WIRE_TOO_LARGE },
	[STATS_INTERNAL] = { "internal", WIRE_INTERNAL },
};

const char *
stats_reason_name(enum stats_reason reason)
{
	return reasons[reason].name;
}

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

static void
time_verb(struct stats_verb *v, uint64_t us)
{
	unsigned i = 0;

	while (i < STATS_BOUNDS && us > stats_bound_us[i])
		i++;
	v->bucket[i]++;
	v->sum_us += us;
	v->timed++;
}

void
stats_answered(struct stats *s, int verb, int code, bool ran, uint64_t us)
{
	struct stats_verb *v = verb < 0 ? &s->no_verb : &s->verb[verb];
	unsigned i;

	s->requests++;
	v->requests++;
	if (ran)
		time_verb(v, us);
	if (code >= 500)
		s->errors++;
	if (code == WIRE_BUSY)
		s->busy++;
	for (i = 0; code >= 400 && i < STATS_REASONS; i++) {
		if (reasons[i].code == code)
			s->rejected[i]++;
	}
}

void
stats_turned_away(struct stats *s)
{
	s->busy++;
	s->rejected[STATS_CONNECTIONS]++;
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
