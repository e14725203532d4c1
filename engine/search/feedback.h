/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Pseudo relevance feedback: words by which the best articles of a query differ
 * from all others. Articles that have them rise (Rocchio, Relevance Feedback in
 * Information Retrieval, 1971, on the vectors tf/length * log(N/df)). The words
 * live in the ranker's arena.
 */
#ifndef ENGINE_SEARCH_FEEDBACK_H
#define ENGINE_SEARCH_FEEDBACK_H

#include "engine/search/ranker.h"

struct feedback_word {
	const char *term;      /* an English stem, with its prefix */
	size_t len;
	double weight;         /* 1 for the strongest */
};

/* The strongest words of the N articles at HIT, strongest first; there may be few or none. */
enum status feedback_words(const struct ranker *r, const struct xap_hit *hit, size_t n,
			   const struct feedback_word **out, size_t *nout, struct error *err) MUST_CHECK;

#endif
