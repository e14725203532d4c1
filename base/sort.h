/* SPDX-License-Identifier: MIT
 *
 * qsort() that takes what has no elements: C leaves qsort(NULL, 0, ...) undefined.
 */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stdlib.h>

/* The N elements of V, of SIZE bytes each; V may be NULL where N is 0. */
static inline void
sort(void *v, size_t n, size_t size, int (*order)(const void *, const void *))
{
	if (n > 1)
		qsort(v, n, size, order);
}

#endif
