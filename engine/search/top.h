/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The articles of a query in the order that is asked for: by score, then newer
 * first, then by id; or by date; whatever page is asked for, it is cut from the
 * same list. The hits that are handed out live in the arena of the ranker.
 */
#ifndef ENGINE_SEARCH_TOP_H
#define ENGINE_SEARCH_TOP_H

#include "engine/search/ranker.h"

/* The hits by the weights of the query's words: the first END at least, and all that get a second look. Equals may have
 * any order among those before FIRST, which nothing more is done with, and among those that are looked at again. */
enum status top_first(const struct ranker *r, uint32_t first, uint32_t end, struct xap_hits *out, struct error *err) MUST_CHECK;
/* The same by all that counts, or by date where that is asked for or the query does not rank: the first END are in
 * order, and more may follow. With END = 0 only their number is found. */
enum status top_run(const struct ranker *r, uint32_t first, uint32_t end, struct xap_hits *out, struct error *err) MUST_CHECK;
/* Puts the N hits at HIT, whose weights changed, into order by weight; equals stand by their numbers. */
void top_sort(struct xap_hit *hit, size_t n);
/* How many hits get a second look, and how many may get something for their age, of N. */
size_t top_again(const struct ranker *r, size_t n);
size_t top_aged(const struct ranker *r, size_t n);

#endif
