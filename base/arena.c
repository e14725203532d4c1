/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES 65536

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

void
arena_init(struct arena *a)
{
	a->blocks = a->spare = NULL;
}

static void
free_blocks(struct arena_block *b)
{
	while (b != NULL) {
		struct arena_block *next = b->next;

		free(b);
		b = next;
	}
}

void
arena_fini(struct arena *a)
{
	free_blocks(a->blocks);
	free_blocks(a->spare);
	arena_init(a);
}

/* One block of the usual size stays; a result that needed more was a rare one. */
void
arena_reset(struct arena *a)
{
	struct arena_block *b, *next;

	for (b = a->blocks; b != NULL; b = next) {
		next = b->next;
		if (a->spare == NULL && b->size == BLOCK_BYTES) {
			b->next = NULL;
			a->spare = b;
		} else {
			free(b);
		}
	}
	a->blocks = NULL;
}

static struct arena_block *
new_block(struct arena *a, size_t size)
{
	struct arena_block *b = a->spare;

	if (b != NULL && size <= b->size) {
		a->spare = NULL;
	} else {
		if (size < BLOCK_BYTES)
			size = BLOCK_BYTES;
		if (size > SIZE_MAX - sizeof(*b))
			return NULL;
		b = malloc(sizeof(*b) + size);
		if (b == NULL)
			return NULL;
		b->size = size;
	}
	b->used = 0;
	b->next = a->blocks;
	a->blocks = b;
	return b;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	struct arena_block *b = a->blocks;
	size_t step;
	void *p;

	if (size > SIZE_MAX - alignof(max_align_t))
		return NULL;
	step = (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
	if (b == NULL || step > b->size - b->used) {
		b = new_block(a, step);
		if (b == NULL)
			return NULL;
	}
	p = b->bytes + b->used;
	b->used += step;
	return p;
}

char *
arena_string(struct arena *a, const char *text, size_t len)
{
	char *s = len < SIZE_MAX ? arena_alloc(a, len + 1) : NULL;

	if (s == NULL)
		return NULL;
	if (len > 0)
		memcpy(s, text, len);
	s[len] = '\0';
	return s;
}
