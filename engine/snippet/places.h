/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Places: which words of a query's marks a word of the text matches. A word is
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

/* One word of a mark. The words of a mark follow each other. */
struct place {
	const struct mark_word *word;
	const struct mark *mark;
	uint32_t index;            /* WORD is mark->word[index] */
	uint32_t next;             /* the next place whose word has the same first byte */
};

struct places;

enum status places_new(struct places **out) MUST_CHECK;
void places_free(struct places *p);
/* Call once for each query. AN tells how the folded forms of the marks' words begin. */
enum status places_query(struct places *p, struct analyser *an, const struct mark *marks, size_t nmarks,
			 struct error *err) MUST_CHECK;
/* Call once for each article, whose language is LANG. */
void places_article(struct places *p, const char *lang);
/* The words of a text that may have a place. */
const struct analyse_filter *places_filter(const struct places *p);
const struct place *places_all(const struct places *p, size_t *n);
/* The indices (in places_all) of the places that TOK matches; NULL: there are none. Valid until the next call. */
enum status places_find(struct places *p, struct analyser *an, const struct token *tok,
			const uint32_t **list, size_t *n, struct error *err) MUST_CHECK;

#endif
