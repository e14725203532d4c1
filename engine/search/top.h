/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Top-k: the first articles of a query, by score, then newer first, then by id; or
 * by date. All pages of a query are cut from the same list. The hits live in the
 * ranker's arena.
 */
#ifndef ENGINE_SEARCH_TOP_H
#define ENGINE_SEARCH_TOP_H

#include "engine/search/ranker.h"

/* The best hits by the weights of the query's words: the first END at least, and all hits that are to be reranked. Ties
 * before FIRST, which the caller does not use, and among the hits to be reranked may stand in any order. */
enum status top_first(const struct ranker *r, uint32_t first, uint32_t end, struct xap_hits *out, struct error *err) MUST_CHECK;
/* The best hits by the full score, or by date where OPT says so or the query does not rank. The first END are in order,
 * and more may follow. With END = 0 only the number of matches is found. */
enum status top_run(const struct ranker *r, uint32_t first, uint32_t end, struct xap_hits *out, struct error *err) MUST_CHECK;
/* Puts the N hits at HIT, whose weights changed, into order by weight; ties by document number. */
void top_sort(struct xap_hit *hit, size_t n);
/* Of N hits, the number that is reranked, and the number that may gain by their age. */
size_t top_again(const struct ranker *r, size_t n);
size_t top_aged(const struct ranker *r, size_t n);

#endif
