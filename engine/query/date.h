/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Dates in queries: 2025, 2025-03, 2025-03-27, ranges of them, and spans of
 * time back from now. Owns nothing.
 */
#ifndef ENGINE_QUERY_DATE_H
#define ENGINE_QUERY_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#define QUERY_DATE_SIZE 16   /* YYYYMMDDHHMMSS and NUL */

/* The first and the last second that TEXT covers ("2025-03" is all of March);
 * a time may follow ("2025-03-27T14:30"). False when it is no date. */
bool query_date(const char *text, size_t len, char lo[QUERY_DATE_SIZE], char hi[QUERY_DATE_SIZE]);

/* The range of "2025-03", "2025-03-01..2025-03-31", "..2025" or "2025..": LO and HI
 * inclusive, "" for an open end. Returns NULL, or the text of an error (static). */
const char *query_date_range(const char *text, size_t len, char lo[QUERY_DATE_SIZE], char hi[QUERY_DATE_SIZE]);

/* The begin of "7d", seven days before NOW: the first second of that day, in UTC; w weeks, m months and y years
 * likewise, h hours to the second. Or the begin of a date. Returns as query_date_range. */
const char *query_date_since(const char *text, size_t len, time_t now, char lo[QUERY_DATE_SIZE]);

#endif
