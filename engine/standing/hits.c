/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/standing/hits.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/sort.h"

#define HIT_BYTES 32   /* about the memory that a told hit takes besides its strings */

struct hits_article {
	struct standing_hit hit;
	const char *newest;      /* its sort key: the value of SLOT_NEWEST */
	size_t newest_len, bytes;
};

void
hits_init(struct hits *h)
{
	*h = (struct hits){ 0 };
	arena_init(&h->arena);
}

void
hits_fini(struct hits *h)
{
	arena_fini(&h->arena);
	free(h->list);
	free(h->first);
}

enum status
hits_article(struct hits *h, uint64_t rev, const struct row *row, const char *newest, size_t len,
	     const struct hits_article **out, struct error *err)
{
	struct hits_article *a = arena_alloc(&h->arena, sizeof(*a));

	if (a == NULL)
		return error_nomem(err);
	*a = (struct hits_article){
		.hit = { rev, arena_string(&h->arena, row->id, row->id_len), arena_string(&h->arena, row->date, row->date_len),
			 arena_string(&h->arena, row->source, row->source_len),
			 arena_string(&h->arena, row->title, row->title_len) },
		.newest = arena_string(&h->arena, newest, len), .newest_len = len,
		.bytes = HIT_BYTES + row->id_len + row->date_len + row->source_len + row->title_len,
	};
	if (a->hit.id == NULL || a->hit.date == NULL || a->hit.source == NULL || a->hit.title == NULL || a->newest == NULL)
		return error_nomem(err);
	*out = a;
	return ST_OK;
}

enum status
hits_add(struct hits *h, size_t query, const struct hits_article *article, struct error *err)
{
	struct hit *hit = grow(h->list, &h->cap, h->n, sizeof(*hit));

	if (hit == NULL)
		return error_nomem(err);
	h->list = hit;
	hit[h->n++] = (struct hit){ query, article };
	h->bytes += article->bytes;
	return ST_OK;
}

void
hits_cut(struct hits *h, size_t n)
{
	while (h->n > n)
		h->bytes -= h->list[--h->n].article->bytes;
}

void
hits_drop(struct hits *h, size_t first)
{
	size_t i, kept = 0;

	for (i = 0; i < h->n; i++)
		if (h->list[i].query < first)
			h->list[kept++] = h->list[i];
		else
			h->bytes -= h->list[i].article->bytes;
	h->n = kept;
}

static int
by_order(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	const struct hits_article *f = x->article, *g = y->article;
	int d;

	if (x->query != y->query)
		return x->query < y->query ? -1 : 1;
	if (f->hit.rev != g->hit.rev)
		return f->hit.rev < g->hit.rev ? -1 : 1;
	d = memcmp(f->newest, g->newest, f->newest_len < g->newest_len ? f->newest_len : g->newest_len);
	return d != 0 ? d : f->newest_len < g->newest_len ? -1 : f->newest_len > g->newest_len;
}

enum status
hits_sort(struct hits *h, size_t queries, struct error *err)
{
	size_t i, query = 0;

	free(h->first);
	h->first = calloc(queries + 1, sizeof(*h->first));
	if (h->first == NULL)
		return error_nomem(err);
	sort(h->list, h->n, sizeof(*h->list), by_order);
	for (i = 0; i <= h->n; i++)
		while (query <= queries && (i == h->n || query <= h->list[i].query))
			h->first[query++] = i;
	return ST_OK;
}

const struct standing_hit *
hits_next(const struct hits *h, size_t query, size_t *at)
{
	size_t i = h->first[query] + *at;

	if (i >= h->first[query + 1])
		return NULL;
	(*at)++;
	return &h->list[i].article->hit;
}
