/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/wanted.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bisect.h"
#include "base/grow.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/sort.h"

struct entry { const char *text; size_t len; enum wanted_as as; };

struct wanted {
	struct arena arena;
	struct entry *term;
	size_t nterms, terms_cap;
	struct map by_text;      /* indexes of the terms */
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
	return w;
}

void
wanted_free(struct wanted *w)
{
	if (w == NULL)
		return;
	arena_fini(&w->arena);
	free(w->term);
	map_fini(&w->by_text);
	free(w->prefix);
	free(w);
}

static bool
is_term(const void *terms, uint32_t number, const void *key)
{
	const struct entry *e = (const struct entry *)terms + number;
	const struct map_text *k = key;

	return e->len == k->len && memcmp(e->text, k->text, k->len) == 0;
}

enum status
wanted_add(struct wanted *w, const char *term, size_t len, enum wanted_as as)
{
	const struct map_text key = { term, len };
	uint32_t hash = hash_bytes(term, len), at = map_find(&w->by_text, hash, is_term, w->term, &key);
	struct entry *e;

	if (at != MAP_NONE) {
		if (w->term[at].as < as)
			w->term[at].as = as;
		return ST_OK;
	}
	e = grow(w->term, &w->terms_cap, w->nterms, sizeof(*e));
	if (e == NULL)
		return ST_NOMEM;
	w->term = e;
	e += w->nterms;
	*e = (struct entry){ arena_string(&w->arena, term, len), len, as };
	if (e->text == NULL || map_add(&w->by_text, hash, (uint32_t)w->nterms) != ST_OK)
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
	const struct map_text key = { term, len };
	uint32_t at = map_find(&w->by_text, hash_bytes(term, len), is_term, w->term, &key);
	enum wanted_as as = at != MAP_NONE ? w->term[at].as : WANTED_NOT;
	size_t behind;

	if (as == WANTED_POSITIONS)
		return WANTED_POSITIONS;
	/* Only the last prefix that is not behind the term can begin it. */
	behind = bisect(0, w->nprefixes, is_not_behind, &(struct asked){ w->prefix, term, len });
	if (behind > 0 && begins(&w->prefix[behind - 1], term, len))
		return WANTED_POSITIONS;
	return as;
}
