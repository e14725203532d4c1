/* SPDX-License-Identifier: MIT */
#include "base/zdict.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"

#define SHINGLE 6          /* bytes that are counted as one sequence */
#define STRETCH 48         /* bytes taken at a time */
#define TABLE_BITS 20
#define TABLE_SIZE (1u << TABLE_BITS)

struct slot {
	uint32_t last;     /* the sample that counted it last, from 1 */
	uint32_t samples;  /* how many samples hold it; 0 once the dictionary has it */
};

struct stretch {
	uint32_t start;
	uint64_t score;
};

struct zdict {
	size_t max;
	struct buf text;       /* all samples */
	uint32_t samples;
	struct slot *slots;
};

enum status
zdict_new(struct zdict **out, size_t max)
{
	struct zdict *z = calloc(1, sizeof(*z));

	*out = NULL;
	if (z == NULL)
		return ST_NOMEM;
	z->max = max;
	z->slots = calloc(TABLE_SIZE, sizeof(*z->slots));
	if (z->slots == NULL) {
		free(z);
		return ST_NOMEM;
	}
	*out = z;
	return ST_OK;
}

void
zdict_free(struct zdict *z)
{
	if (z == NULL)
		return;
	buf_fini(&z->text);
	free(z->slots);
	free(z);
}

static struct slot *
slot_at(const struct zdict *z, size_t at)
{
	uint64_t bytes = 0;

	memcpy(&bytes, z->text.data + at, SHINGLE);
	return &z->slots[(bytes * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - TABLE_BITS)];
}

bool
zdict_full(const struct zdict *z)
{
	return z->text.len + SHINGLE > ZDICT_SAMPLES_MAX;
}

enum status
zdict_sample(struct zdict *z, const void *text, size_t len)
{
	size_t room = zdict_full(z) ? 0 : ZDICT_SAMPLES_MAX - z->text.len;
	size_t at = z->text.len;
	struct slot *s;

	if (len > room)
		len = room;
	if (len < SHINGLE)
		return ST_OK;
	buf_add(&z->text, text, len);
	if (buf_status(&z->text) != ST_OK)
		return ST_NOMEM;
	z->samples++;
	for (; at + SHINGLE <= z->text.len; at++) {
		s = slot_at(z, at);
		if (s->last != z->samples) {
			s->last = z->samples;
			s->samples++;
		}
	}
	return ST_OK;
}

/* What a sequence is worth: one that a single sample holds is worth nothing. */
static uint32_t
worth(const struct slot *s)
{
	return s->samples > 1 ? s->samples : 0;
}

/* The best stretch of the samples between FROM and TO, which is then covered:
 * its sequences count no more. */
static struct stretch
take_best(struct zdict *z, size_t from, size_t to)
{
	enum { INNER = STRETCH - SHINGLE + 1 };   /* sequences of a stretch */
	uint32_t ring[INNER] = { 0 };             /* their worths, the last INNER of them */
	struct stretch best = { 0, 0 };
	uint64_t score = 0;
	size_t at, n = 0;

	for (at = from; at + SHINGLE <= to; at++) {
		score -= ring[n % INNER];
		ring[n % INNER] = worth(slot_at(z, at));
		score += ring[n % INNER];
		n++;
		if (n >= INNER && score > best.score) {
			best.score = score;
			best.start = (uint32_t)(at + 1 - INNER);
		}
	}
	if (best.score > 0)
		for (at = best.start; at < best.start + INNER; at++)
			slot_at(z, at)->samples = 0;
	return best;
}

static int
by_score(const void *a, const void *b)
{
	const struct stretch *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? -1 : 1;
	return x->start < y->start ? -1 : x->start > y->start;
}

enum status
zdict_finish(struct zdict *z, struct buf *out)
{
	size_t want = z->max / STRETCH, part, i, n = 0;
	struct stretch *chosen, s;

	if (want > z->text.len / (2 * STRETCH))
		want = z->text.len / (2 * STRETCH);
	if (want == 0)
		return ST_OK;
	chosen = calloc(want, sizeof(*chosen));
	if (chosen == NULL)
		return ST_NOMEM;
	/* One from each part of the samples, so that one pass over them does. */
	part = z->text.len / want;
	for (i = 0; i < want; i++) {
		s = take_best(z, i * part, (i + 1) * part);
		if (s.score > 0)
			chosen[n++] = s;
	}
	sort(chosen, n, sizeof(*chosen), by_score);
	for (i = 0; i < n; i++)
		buf_add(out, z->text.data + chosen[i].start, STRETCH);
	free(chosen);
	return buf_status(out);
}
