/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reranking: what the best articles of a query get besides the weights of its
 * words: a share of the weight of two neighbouring words of the query that stand
 * side by side in the text (the ordered window of Metzler and Croft, A Markov Random
 * Field Model for Term Dependencies, 2005; one such place counts as much as many).
 * Only the best articles are weighed, so the set of matches and its size stay the same.
 */
#ifndef ENGINE_SEARCH_RERANK_H
#define ENGINE_SEARCH_RERANK_H

#include "engine/search/ranker.h"

/* Whether PLAN's articles are reranked at all. */
bool rerank_applies(const struct plan *plan);
/* Adds the share of the pairs to the weights of the N best hits at HIT, whose order stays as it is. */
enum status rerank_add(const struct ranker *r, struct xap_hit *hit, size_t n, struct error *err) MUST_CHECK;

#endif
