/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/search/feedback.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "engine/plan/ranking.h"
#include "engine/store/schema.h"

/* Words in ascending order of their terms. */
struct list { struct feedback_word *v; size_t n, cap; };

static enum status
append(struct arena *arena, struct list *l, const struct feedback_word *word, struct error *err)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 512;
		struct feedback_word *more = arena_alloc(arena, cap * sizeof(*more));

		if (more == NULL)
			return error_nomem(err);
		if (l->n > 0)
			memcpy(more, l->v, l->n * sizeof(*more));
		l->v = more;
		l->cap = cap;
	}
	l->v[l->n++] = *word;
	return ST_OK;
}

static int
compare(const struct feedback_word *a, const struct feedback_word *b)
{
	int d = memcmp(a->term, b->term, a->len < b->len ? a->len : b->len);

	return d != 0 ? d : a->len < b->len ? -1 : a->len > b->len;
}

/* Whether TERM, which begins with PREFIX_STEM, is an English stem of the body: a longer prefix or a language's code marks
 * stems of the headline or of another language. */
static bool
is_stem(const char *term, size_t len)
{
	return len > 1 && !(term[1] >= 'A' && term[1] <= 'Z') && memchr(term, ':', len) == NULL;
}

/* Collects the stems of one article. */
struct article_stems { struct arena *arena; struct list *l; double length; };

static enum status
add_stem(void *arg, const char *term, size_t len, uint32_t wdf, struct error *err)
{
	struct article_stems *a = arg;
	struct feedback_word word = { NULL, len, wdf };

	if (!is_stem(term, len))
		return ST_OK;
	a->length += wdf;
	word.term = arena_string(a->arena, term, len);
	return word.term != NULL ? append(a->arena, a->l, &word, err) : error_nomem(err);
}

/* Reads the stems of an article; the weight of each is its share of the article's stems. */
static enum status
read_stems(const struct ranker *r, uint32_t docid, struct list *l, struct error *err)
{
	struct article_stems a = { r->arena, l, 0 };
	enum status st = r->ask->stems(r->index, docid, add_stem, &a, err);
	size_t i;

	for (i = 0; i < l->n; i++)
		l->v[i].weight /= a.length;
	return st;
}

/* Merges A and B into OUT, and adds the weights of a word that both have. */
static enum status
merge(struct arena *arena, const struct list *a, const struct list *b, struct list *out, struct error *err)
{
	enum status st = ST_OK;
	size_t i = 0, k = 0;

	*out = (struct list){ NULL, 0, 0 };
	while ((i < a->n || k < b->n) && st == ST_OK) {
		int d = i == a->n ? 1 : k == b->n ? -1 : compare(&a->v[i], &b->v[k]);
		struct feedback_word word = d <= 0 ? a->v[i] : b->v[k];

		if (d == 0)
			word.weight += b->v[k].weight;
		i += d <= 0;
		k += d >= 0;
		st = append(arena, out, &word, err);
	}
	return st;
}

static int
by_weight(const void *a, const void *b)
{
	const struct feedback_word *x = a, *y = b;

	return x->weight != y->weight ? (x->weight < y->weight ? 1 : -1) : compare(x, y);
}

/* Multiplies the weights of the most frequent words of L by their idf, and keeps the strongest words. */
static enum status
choose(const struct ranker *r, struct list *l, struct error *err)
{
	uint32_t articles, freq;
	size_t i;
	enum status st = r->ask->count(r->index, &articles, err);

	sort(l->v, l->n, sizeof(*l->v), by_weight);
	if (l->n > RANKING_FEEDBACK_TRIED)
		l->n = RANKING_FEEDBACK_TRIED;
	for (i = 0; i < l->n && st == ST_OK; i++) {
		st = r->ask->freq(r->index, l->v[i].term, l->v[i].len, &freq, err);
		/* a word of a single article cannot raise another article */
		l->v[i].weight *= freq > 1 && freq < articles ? log((double)articles / freq) : 0;
	}
	if (st != ST_OK)
		return st;
	sort(l->v, l->n, sizeof(*l->v), by_weight);
	for (i = 0; i < l->n && i < RANKING_FEEDBACK_WORDS && l->v[i].weight > 0; i++)
		;
	l->n = i;
	return ST_OK;
}

enum status
feedback_words(const struct ranker *r, const struct xap_hit *hit, size_t n,
	       const struct feedback_word **out, size_t *nout, struct error *err)
{
	struct list all = { NULL, 0, 0 }, one, joined;
	enum status st = ST_OK;
	size_t i;

	*out = NULL;
	*nout = 0;
	for (i = 0; i < n && st == ST_OK; i++) {
		one = (struct list){ NULL, 0, 0 };
		st = read_stems(r, hit[i].docid, &one, err);
		if (st == ST_OK)
			st = merge(r->arena, &all, &one, &joined, err);
		if (st == ST_OK)
			all = joined;
		/* Damage is reported when the article is shown; without its words the feedback is as good. */
		if (st == ST_CORRUPT)
			st = ST_OK;
	}
	if (st == ST_OK && all.n > 0)
		st = choose(r, &all, err);
	if (st != ST_OK)
		return st;
	for (i = all.n; i-- > 0; )
		all.v[i].weight /= all.v[0].weight;
	*out = all.v;
	*nout = all.n;
	return ST_OK;
}
