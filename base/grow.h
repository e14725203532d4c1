/* SPDX-License-Identifier: MIT
 *
 * An array that grows by one. It stays the caller's, to be freed with free.
 */
#ifndef BASE_GROW_H
#define BASE_GROW_H

#include <stdlib.h>

/* ARRAY (*CAP entries of SIZE bytes) or, where it moved, its new place, with room for entry N;
 * NULL: no memory, and ARRAY is as it was. */
static inline void *
grow(void *array, size_t *cap, size_t n, size_t size)
{
	size_t want = *cap ? *cap * 2 : 32;
	void *p;

	if (n < *cap)
		return array;
	while (want <= n)
		want *= 2;
	p = realloc(array, want * size);
	if (p != NULL)
		*cap = want;
	return p;
}

#endif
