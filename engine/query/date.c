/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/query/date.h"

#include <string.h>

#include "base/clock.h"

#define SINCE_MAX 99999   /* of any unit: more digits than that are a slip */

/* The days of a month, as the numbers here are. */
static int
days_in(int year, int month)
{
	return (int)clock_month_days((unsigned)year, (unsigned)month);
}

/* Reads SEP (0: none) and exactly N digits; -1 when they are not there. */
static int
number(const char **at, const char *end, char sep, int n)
{
	int v = 0;

	if (sep != 0 && (*at == end || *(*at)++ != sep))
		return -1;
	if (end - *at < n)
		return -1;
	for (; n > 0; n--) {
		char c = *(*at)++;

		if (c < '0' || c > '9')
			return -1;
		v = v * 10 + (c - '0');
	}
	return v;
}

/* V: year, month, day, hour, minute, second. */
static void
put_digits(char out[QUERY_DATE_SIZE], const int v[6])
{
	static const int unit[] = { 1000, 100, 10, 1 };
	size_t at = 0;
	int i, k;

	for (i = 0; i < 6; i++)
		for (k = i == 0 ? 0 : 2; k < 4; k++)
			out[at++] = (char)('0' + v[i] / unit[k] % 10);
	out[at] = '\0';
}

bool
query_date(const char *text, size_t len, char lo[QUERY_DATE_SIZE], char hi[QUERY_DATE_SIZE])
{
	/* Year, month, day, hour, minute, second: as far as they are given. */
	static const char sep[] = { 0, '-', '-', 'T', ':', ':' };
	int low[] = { 0, 1, 1, 0, 0, 0 }, high[] = { 0, 12, 31, 23, 59, 59 };
	const char *at = text, *end = text + len;
	int i, v, given = 0;

	for (i = 0; i < 6 && (at < end || i == 0); i++) {
		char s = i == 3 && at < end && *at == ' ' ? ' ' : sep[i];

		v = number(&at, end, s, i == 0 ? 4 : 2);
		if (v < low[i] || (i > 0 && v > high[i]))
			return false;
		low[i] = high[i] = v;
		given++;
	}
	/* An hour alone is no time. */
	if (at != end || given == 4)
		return false;
	if (given < 3)
		high[2] = days_in(high[0], high[1]);
	else if (low[2] > days_in(low[0], low[1]))
		return false;
	put_digits(lo, low);
	put_digits(hi, high);
	return true;
}

static const char no_date[] = "write a date as 2025, 2025-03 or 2025-03-27";

const char *
query_date_range(const char *text, size_t len, char lo[QUERY_DATE_SIZE], char hi[QUERY_DATE_SIZE])
{
	char unused[QUERY_DATE_SIZE];
	const char *dots = NULL;
	size_t i;

	for (i = 0; i + 1 < len && dots == NULL; i++)
		if (text[i] == '.' && text[i + 1] == '.')
			dots = text + i;
	lo[0] = hi[0] = '\0';
	if (dots == NULL)
		return query_date(text, len, lo, hi) ? NULL : no_date;
	if (len == 2)
		return "a range needs a date on one side at least";
	if (dots > text && !query_date(text, (size_t)(dots - text), lo, unused))
		return no_date;
	if (dots + 2 < text + len && !query_date(dots + 2, (size_t)(text + len - dots - 2), unused, hi))
		return no_date;
	if (lo[0] != '\0' && hi[0] != '\0' && strcmp(lo, hi) > 0)
		return "the range ends before it begins";
	return NULL;
}

/* NOW less N of UNIT; the day is cut to what the month has. */
static bool
back(time_t now, int n, char unit, struct tm *out)
{
	time_t then = now;
	int months = 0;

	switch (unit) {
	case 'h': then -= (time_t)n * 3600; break;
	case 'd': then -= (time_t)n * 86400; break;
	case 'w': then -= (time_t)n * 7 * 86400; break;
	case 'm': months = n; break;
	case 'y': months = n * 12; break;
	}
	if (gmtime_r(&then, out) == NULL)
		return false;
	if (months > 0) {
		int all = (out->tm_year + 1900) * 12 + out->tm_mon - months, most;

		if (all < 0)
			return false;
		out->tm_year = all / 12 - 1900;
		out->tm_mon = all % 12;
		most = days_in(all / 12, all % 12 + 1);
		if (out->tm_mday > most)
			out->tm_mday = most;
	}
	if (unit != 'h')
		out->tm_hour = out->tm_min = out->tm_sec = 0;
	return out->tm_year + 1900 >= 0 && out->tm_year + 1900 <= 9999;
}

const char *
query_date_since(const char *text, size_t len, time_t now, char lo[QUERY_DATE_SIZE])
{
	char unused[QUERY_DATE_SIZE];
	size_t i;
	int n = 0;
	struct tm tm;

	if (query_date(text, len, lo, unused))
		return NULL;
	for (i = 0; i + 1 < len && text[i] >= '0' && text[i] <= '9' && n <= SINCE_MAX; i++)
		n = n * 10 + (text[i] - '0');
	if (i == 0 || i + 1 != len || strchr("hdwmy", text[i]) == NULL || text[i] == '\0')
		return "write 7d (h hours, d days, w weeks, m months, y years) or a date";
	if (n > SINCE_MAX || !back(now, n, text[i], &tm))
		return "that is too long ago";
	put_digits(lo, (int[]){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec });
	return NULL;
}
