/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reranking: summands that the best articles of a query get besides the weights of
 * its words. Pairs: a share of the weight of two neighbouring words of the query
 * that stand side by side in the text (the ordered window of Metzler and Croft, A
 * Markov Random Field Model for Term Dependencies, 2005; one such place counts as
 * much as many). Feedback: a share of the weights of words that the best articles
 * have in common (feedback.h). Only the best articles are weighed, so the set of
 * matches and its size stay the same.
 *
 * The members of struct rerank live in the ranker's arena.
 */
#ifndef ENGINE_SEARCH_RERANK_H
#define ENGINE_SEARCH_RERANK_H

#include "engine/search/ranker.h"

/* Pairs come first: they improve the articles from which feedback is taken. */
enum rerank_kind { RERANK_PAIRS, RERANK_FEEDBACK, RERANK_KINDS };

struct rerank {
	struct ranker_part *parts;
	size_t n;
	uint32_t *docid;           /* the articles to rerank, ascending */
	size_t ndocids;
};

/* Whether PLAN's articles are reranked at all. */
bool rerank_applies(const struct plan *plan);
/* Finds the summands of KIND for the N best articles of the query, best first at HIT. K->n = 0: there are none. */
enum status rerank_init(struct rerank *k, const struct ranker *r, enum rerank_kind kind, const struct xap_hit *hit, size_t n,
			struct error *err) MUST_CHECK;
/* Adds the summands to the weights of the hits at HIT, the same as rerank_init had; their order stays as it is. */
enum status rerank_add(const struct rerank *k, const struct ranker *r, struct xap_hit *hit, struct error *err) MUST_CHECK;

#endif
