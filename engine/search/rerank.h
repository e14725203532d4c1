/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The second look at the best articles of a query: what they get besides the
 * weights of its words. That is a share of the weight of two neighbouring words
 * wherever they stand together in the text (the ordered window of Metzler and
 * Croft, A Markov Random Field Model for Term Dependencies, 2005; here it is
 * there or not, however often), and of the words that the best articles have
 * (feedback.h). Xapian does both, within these articles alone: so what a query
 * finds, and how many, is not touched.
 *
 * A rerank owns its queries; the rest is in the arena of the searcher.
 */
#ifndef ENGINE_SEARCH_RERANK_H
#define ENGINE_SEARCH_RERANK_H

#include "engine/search/searcher.h"

/* One after the other: what stands together makes better the articles that feedback is taken from. */
enum rerank_kind { RERANK_PAIRS, RERANK_FEEDBACK, RERANK_KINDS };

struct rerank_part {
	struct xap_query *query;   /* its weight is what the part adds */
	const char *label;
};

struct rerank {
	struct rerank_part *parts;
	size_t n;
	struct xap_query *docids;  /* the articles that are looked at */
};

/* Whether PLAN's articles get a second look at all. */
bool rerank_applies(const struct plan *plan);
/* What KIND gives to the N best articles of PLAN, best first at HIT. */
enum status rerank_init(struct rerank *r, struct searcher *s, const struct plan *plan, enum rerank_kind kind,
			const struct xap_hit *hit, size_t n, struct error *err) MUST_CHECK;
void rerank_fini(struct rerank *r);
/* Adds it to their weights; their order stays as it is. */
enum status rerank_add(const struct rerank *r, struct searcher *s, struct xap_hit *hit, size_t n, struct error *err) MUST_CHECK;

#endif
