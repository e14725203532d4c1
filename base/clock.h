/* SPDX-License-Identifier: MIT
 *
 * The clock that never goes back, and the length of months. Owns nothing.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t clock_ns(void);
/* The days of MONTH (1 to 12) of YEAR. */
unsigned clock_month_days(unsigned year, unsigned month);

#endif
