/* SPDX-License-Identifier: MIT
 *
 * Memory for the strings and rows of one result: handed out piece by piece,
 * taken back all at once, kept for the next result. Owns its blocks; what it
 * hands out is valid until the next arena_reset.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena { struct arena_block *blocks, *spare; };

void arena_init(struct arena *a);
void arena_fini(struct arena *a);
void arena_reset(struct arena *a);
/* SIZE bytes, aligned for anything, not cleared; NULL: no memory. */
void *arena_alloc(struct arena *a, size_t size);
/* A copy of LEN bytes with a NUL after it; NULL: no memory. */
char *arena_string(struct arena *a, const char *text, size_t len);

#endif
