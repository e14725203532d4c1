/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/wanted.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bisect.h"
#include "base/grow.h"
#include "base/hash.h"
#include "base/sort.h"

struct entry { const char *text; size_t len; uint32_t hash; enum wanted_as as; };

struct wanted {
	struct arena arena;
	struct entry *slot;      /* a hash table; text NULL: free */
	size_t nslots, nterms;
	struct entry *prefix;    /* once ready: ascending, no prefix the beginning of another */
	size_t nprefixes, prefixes_cap;
};

struct wanted *
wanted_new(void)
{
	struct wanted *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return NULL;
	arena_init(&w->arena);
	w->nslots = 256;
	w->slot = calloc(w->nslots, sizeof(*w->slot));
	if (w->slot == NULL) {
		wanted_free(w);
		return NULL;
	}
	return w;
}

void
wanted_free(struct wanted *w)
{
	if (w == NULL)
		return;
	arena_fini(&w->arena);
	free(w->slot);
	free(w->prefix);
	free(w);
}

/* The slot of the term, or the free slot that it would get. */
static struct entry *
find(struct entry *slot, size_t nslots, const char *term, size_t len, uint32_t hash)
{
	size_t i = hash & (nslots - 1);

	while (slot[i].text != NULL &&
	       (slot[i].hash != hash || slot[i].len != len || memcmp(slot[i].text, term, len) != 0))
		i = (i + 1) & (nslots - 1);
	return &slot[i];
}

static enum status
double_slots(struct wanted *w)
{
	size_t n = w->nslots * 2, i;
	struct entry *slot = calloc(n, sizeof(*slot));

	if (slot == NULL)
		return ST_NOMEM;
	for (i = 0; i < w->nslots; i++) {
		const struct entry *e = &w->slot[i];

		if (e->text != NULL)
			*find(slot, n, e->text, e->len, e->hash) = *e;
	}
	free(w->slot);
	w->slot = slot;
	w->nslots = n;
	return ST_OK;
}

enum status
wanted_add(struct wanted *w, const char *term, size_t len, enum wanted_as as)
{
	uint32_t hash = hash_bytes(term, len);
	struct entry *e = find(w->slot, w->nslots, term, len, hash);

	if (e->text != NULL) {
		if (e->as < as)
			e->as = as;
		return ST_OK;
	}
	if (w->nterms * 2 >= w->nslots) {
		if (double_slots(w) != ST_OK)
			return ST_NOMEM;
		e = find(w->slot, w->nslots, term, len, hash);
	}
	*e = (struct entry){ arena_string(&w->arena, term, len), len, hash, as };
	if (e->text == NULL)
		return ST_NOMEM;
	w->nterms++;
	return ST_OK;
}

enum status
wanted_add_prefix(struct wanted *w, const char *prefix, size_t len)
{
	struct entry *more = grow(w->prefix, &w->prefixes_cap, w->nprefixes, sizeof(*more));

	if (more == NULL)
		return ST_NOMEM;
	w->prefix = more;
	more += w->nprefixes;
	*more = (struct entry){ .text = arena_string(&w->arena, prefix, len), .len = len };
	if (more->text == NULL)
		return ST_NOMEM;
	w->nprefixes++;
	return ST_OK;
}

static int
compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
	int d = memcmp(a, b, a_len < b_len ? a_len : b_len);

	return d != 0 ? d : a_len < b_len ? -1 : a_len > b_len;
}

static int
by_text(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return compare(x->text, x->len, y->text, y->len);
}

static bool
begins(const struct entry *prefix, const char *term, size_t len)
{
	return len >= prefix->len && memcmp(term, prefix->text, prefix->len) == 0;
}

void
wanted_ready(struct wanted *w)
{
	size_t i, kept = 0;

	sort(w->prefix, w->nprefixes, sizeof(*w->prefix), by_text);
	for (i = 0; i < w->nprefixes; i++)
		if (kept == 0 || !begins(&w->prefix[kept - 1], w->prefix[i].text, w->prefix[i].len))
			w->prefix[kept++] = w->prefix[i];
	w->nprefixes = kept;
}

struct asked { const struct entry *prefix; const char *term; size_t len; };

static bool
is_not_behind(const void *arg, size_t i)
{
	const struct asked *a = arg;

	return compare(a->prefix[i].text, a->prefix[i].len, a->term, a->len) <= 0;
}

enum wanted_as
wanted_find(const struct wanted *w, const char *term, size_t len)
{
	const struct entry *e = find(w->slot, w->nslots, term, len, hash_bytes(term, len));
	size_t behind;

	if (e->text != NULL && e->as == WANTED_POSITIONS)
		return WANTED_POSITIONS;
	/* Only the last prefix that is not behind the term can begin it. */
	behind = bisect(0, w->nprefixes, is_not_behind, &(struct asked){ w->prefix, term, len });
	if (behind > 0 && begins(&w->prefix[behind - 1], term, len))
		return WANTED_POSITIONS;
	return e->text != NULL ? e->as : WANTED_NOT;
}
