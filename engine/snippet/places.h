/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Places: in which of a query's marks a word of the text stands. A word is
 * compared once for each query and then remembered, since the same words come
 * again and again in the articles of one page of results.
 *
 * Owns its memory; the marks are borrowed until the next places_query.
 */
#ifndef ENGINE_SNIPPET_PLACES_H
#define ENGINE_SNIPPET_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "engine/plan/plan.h"
#include "engine/text/analyse.h"

/* One word of a mark. Those of one mark follow each other. */
struct place {
	const struct mark_word *word;
	const struct mark *mark;
	uint32_t index;            /* which of its words */
	uint32_t next;             /* the next with the same first byte */
};

struct places;

enum status places_new(struct places **out) MUST_CHECK;
void places_free(struct places *p);
/* Once for each query. AN is used to find out how words begin that folding changes. */
enum status places_query(struct places *p, struct analyser *an, const struct mark *marks, size_t nmarks,
			 struct error *err) MUST_CHECK;
/* Once for each article: its language. */
void places_article(struct places *p, const char *lang);
/* The words that may have a place. */
const struct analyse_filter *places_filter(const struct places *p);
const struct place *places_all(const struct places *p, size_t *n);
/* The numbers (in places_all) of TOK's places, NULL for none. Valid until the next call. */
enum status places_find(struct places *p, struct analyser *an, const struct token *tok,
			const uint32_t **list, size_t *n, struct error *err) MUST_CHECK;

#endif
