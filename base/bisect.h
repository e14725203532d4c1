/* SPDX-License-Identifier: MIT
 *
 * Search by halves in what stands in order, for where something is or would be;
 * bsearch() only finds what is equal.
 */
#ifndef BASE_BISECT_H
#define BASE_BISECT_H

#include <stdbool.h>
#include <stddef.h>

/* The first number from LOW up to HIGH that is not BEFORE what ARG asks for; HIGH if all are. Those that are stand
 * in front of all others. */
static inline size_t
bisect(size_t low, size_t high, bool (*before)(const void *arg, size_t i), const void *arg)
{
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (before(arg, mid))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

#endif
