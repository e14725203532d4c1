/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The second look at the best articles of a query: what they get besides the
 * weights of its words. That is a share of the weight of two neighbouring words
 * wherever they stand together in the text (the ordered window of Metzler and
 * Croft, A Markov Random Field Model for Term Dependencies, 2005; here it is
 * there or not, however often), and of the words that the best articles have
 * (feedback.h). The index weighs both, within these articles alone: so what a query
 * finds, and how many, is not touched.
 *
 * What a rerank holds is in the arena of the ranker.
 */
#ifndef ENGINE_SEARCH_RERANK_H
#define ENGINE_SEARCH_RERANK_H

#include "engine/search/ranker.h"

/* One after the other: what stands together makes better the articles that feedback is taken from. */
enum rerank_kind { RERANK_PAIRS, RERANK_FEEDBACK, RERANK_KINDS };

struct rerank {
	struct ranker_part *parts;
	size_t n;
	uint32_t *docid;           /* the articles that are looked at, ascending */
	size_t ndocids;
};

/* Whether PLAN's articles get a second look at all. */
bool rerank_applies(const struct plan *plan);
/* What KIND gives to the N best articles of the query, best first at HIT. */
enum status rerank_init(struct rerank *k, const struct ranker *r, enum rerank_kind kind, const struct xap_hit *hit, size_t n,
			struct error *err) MUST_CHECK;
/* Adds it to their weights; their order stays as it is. */
enum status rerank_add(const struct rerank *k, const struct ranker *r, struct xap_hit *hit, struct error *err) MUST_CHECK;

#endif
