/* SPDX-License-Identifier: MIT
 *
 * For libraries that do not always tell that there was no memory, and go on
 * with less than they were given: they are handed this allocator and asked
 * about afterwards. Memory belongs to the caller and goes back by free().
 */
#ifndef BASE_REFUSAL_H
#define BASE_REFUSAL_H

#include <stdbool.h>
#include <stddef.h>

/* malloc(3) that remembers when it had to refuse. */
void *refusal_malloc(size_t size);
/* Whether it did on this thread since it was last asked. */
bool refusal_seen(void);

#endif
