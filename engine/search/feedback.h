/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Pseudo relevance feedback: the words by which the best articles of a query
 * differ from all others, so that articles which have these as well rise
 * (Rocchio, Relevance Feedback in Information Retrieval, 1971, on the vectors
 * tf/length * log(N/df)). What is found lives in the arena of the ranker.
 */
#ifndef ENGINE_SEARCH_FEEDBACK_H
#define ENGINE_SEARCH_FEEDBACK_H

#include "engine/search/ranker.h"

struct feedback_word {
	const char *term;      /* an English stem, with its prefix */
	size_t len;
	double weight;         /* 1 for the strongest */
};

/* The strongest words of the N articles at HIT, strongest first; fewer, or none, where they have no more. */
enum status feedback_words(const struct ranker *r, const struct xap_hit *hit, size_t n,
			   const struct feedback_word **out, size_t *nout, struct error *err) MUST_CHECK;

#endif
