/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What standing queries hit: each version of an article once, however many
 * queries hit it, and for each query these in order. Owns its strings.
 */
#ifndef ENGINE_STANDING_HITS_H
#define ENGINE_STANDING_HITS_H

#include "base/arena.h"
#include "engine/standing/standing.h"
#include "engine/store/row.h"

struct hits_article;

struct hit { size_t query; const struct hits_article *article; };

struct hits {
	struct arena arena;
	struct hit *list;
	size_t n, cap;
	size_t bytes;            /* of what is told of them, about */
	size_t *first;           /* once sorted: the first of each query, and behind the last */
};

void hits_init(struct hits *h);
void hits_fini(struct hits *h);
/* One to be hit: which REV made, with ROW and the value of SLOT_NEWEST. */
enum status hits_article(struct hits *h, uint64_t rev, const struct row *row, const char *newest, size_t len,
			 const struct hits_article **out, struct error *err) MUST_CHECK;
enum status hits_add(struct hits *h, size_t query, const struct hits_article *article, struct error *err) MUST_CHECK;
/* Back to when there were N. */
void hits_cut(struct hits *h, size_t n);
/* Forgets those of queries from FIRST on. */
void hits_drop(struct hits *h, size_t first);
/* After the last of these, before hits_next; of so many queries. */
enum status hits_sort(struct hits *h, size_t queries, struct error *err) MUST_CHECK;
/* As standing_next. */
const struct standing_hit *hits_next(const struct hits *h, size_t query, size_t *at);

#endif
