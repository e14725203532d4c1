/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/clock.h"

#include <stdio.h>

#define UTC "%Y-%m-%dT%H:%M:%SZ"

uint64_t
clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void
clock_utc(time_t t, char out[CLOCK_UTC_MAX])
{
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL || strftime(out, CLOCK_UTC_MAX, UTC, &tm) == 0)
		snprintf(out, CLOCK_UTC_MAX, "%lld", (long long)t);
}

bool
clock_utc_parse(const char *text, time_t *out)
{
	struct tm tm = { 0 };
	const char *end = strptime(text, UTC, &tm);

	*out = timegm(&tm);
	return end != NULL && *end == '\0';
}

unsigned
clock_month_days(unsigned year, unsigned month)
{
	static const unsigned char days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}
