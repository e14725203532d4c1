/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The hits of standing queries. A version of an article is stored once, however
 * many queries hit it; a hit is a query's number and such a version. Owns its
 * strings.
 *
 * Call hits_sort once after the last hits_add and before the first hits_next.
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
	size_t bytes;            /* about the memory that all hits take when they are told */
	size_t *first;           /* once sorted: index of each query's first hit, and of the end */
};

void hits_init(struct hits *h);
void hits_fini(struct hits *h);
/* Stores a version of an article: REV made it, ROW and NEWEST are its values of SLOT_ROW and SLOT_NEWEST. */
enum status hits_article(struct hits *h, uint64_t rev, const struct row *row, const char *newest, size_t len,
			 const struct hits_article **out, struct error *err) MUST_CHECK;
enum status hits_add(struct hits *h, size_t query, const struct hits_article *article, struct error *err) MUST_CHECK;
/* Forgets all hits but the first N that were added. */
void hits_cut(struct hits *h, size_t n);
/* Forgets the hits of query FIRST and of all queries after it. */
void hits_drop(struct hits *h, size_t first);
/* Sorts the hits of QUERIES queries by query, revision, age and id. */
enum status hits_sort(struct hits *h, size_t queries, struct error *err) MUST_CHECK;
/* As standing_next. */
const struct standing_hit *hits_next(const struct hits *h, size_t query, size_t *at);

#endif
