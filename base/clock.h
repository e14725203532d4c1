/* SPDX-License-Identifier: MIT
 *
 * The clock that never goes back, times as text, and the length of months. Owns nothing.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t clock_ns(void);
/* "2026-11-22T18:40:50Z". */
#define CLOCK_UTC_MAX 32
void clock_utc(time_t t, char out[CLOCK_UTC_MAX]);
/* The reverse. False: TEXT is not of that form. */
bool clock_utc_parse(const char *text, time_t *out);
/* The days of MONTH (1 to 12) of YEAR. */
unsigned clock_month_days(unsigned year, unsigned month);

#endif
