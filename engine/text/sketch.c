/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/sketch.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/grow.h"
#include "base/sort.h"

void
sketch_init(struct sketch *s)
{
	memset(s, 0, sizeof(*s));
}

void
sketch_fini(struct sketch *s)
{
	free(s->shingle);
	sketch_init(s);
}

void
sketch_clear(struct sketch *s)
{
	s->n = s->words = 0;
}

enum status
sketch_token(struct sketch *s, const struct token *tok)
{
	uint64_t run[SKETCH_WORDS], *more;
	size_t i;

	if (tok->flags & (TOKEN_ALSO | TOKEN_JOINED))
		return ST_OK;
	s->word[s->words++ % SKETCH_WORDS] = XXH3_64bits(tok->term, tok->len);
	if (s->words < SKETCH_WORDS)
		return ST_OK;
	more = grow(s->shingle, &s->cap, s->n, sizeof(*more));
	if (more == NULL)
		return ST_NOMEM;
	s->shingle = more;
	for (i = 0; i < SKETCH_WORDS; i++)
		run[i] = s->word[(s->words + i) % SKETCH_WORDS];
	more[s->n++] = XXH3_64bits(run, sizeof(run));
	return ST_OK;
}

size_t
sketch_least(const struct sketch *s, uint64_t least[SKETCH_SIZE])
{
	size_t n = 0, i, k;

	if (s->n < SKETCH_LEAST)
		return 0;
	for (i = 0; i < s->n; i++) {
		uint64_t h = s->shingle[i];

		if (n == SKETCH_SIZE && h >= least[n - 1])
			continue;
		for (k = 0; k < n && least[k] < h; k++)
			;
		if (k < n && least[k] == h)
			continue;
		n += n < SKETCH_SIZE;
		memmove(&least[k + 1], &least[k], (n - 1 - k) * sizeof(*least));
		least[k] = h;
	}
	return n;
}

void
sketch_code(uint64_t hash, char code[SKETCH_CODE])
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
	size_t i;

	/* The least hashes have few bits set at the top: the low ones tell them apart. */
	for (i = 0; i < SKETCH_CODE; i++, hash >>= 6)
		code[i] = digits[hash & 63];
}

static int
by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

void
sketch_sort(struct sketch *s)
{
	size_t i, n = 0;

	sort(s->shingle, s->n, sizeof(*s->shingle), by_value);
	for (i = 0; i < s->n; i++)
		if (i == 0 || s->shingle[i] != s->shingle[n - 1])
			s->shingle[n++] = s->shingle[i];
	s->n = n;
}

size_t
sketch_shared(const struct sketch *a, const struct sketch *b)
{
	size_t i = 0, k = 0, n = 0;

	while (i < a->n && k < b->n) {
		if (a->shingle[i] == b->shingle[k]) {
			n++;
			i++;
			k++;
		} else if (a->shingle[i] < b->shingle[k]) {
			i++;
		} else {
			k++;
		}
	}
	return n;
}

bool
sketch_alike(const struct sketch *a, const struct sketch *b)
{
	size_t smaller = a->n < b->n ? a->n : b->n, larger = a->n < b->n ? b->n : a->n;
	double shared = (double)sketch_shared(a, b), share = SKETCH_SHARE_SMALLER;

	if (smaller < SKETCH_SHORT)
		share += (SKETCH_SHARE_SHORT - SKETCH_SHARE_SMALLER) * (1 - (double)smaller / SKETCH_SHORT);
	return smaller >= SKETCH_LEAST && shared >= share * (double)smaller &&
	       shared >= SKETCH_SHARE_LARGER * (double)larger;
}
