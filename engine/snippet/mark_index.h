/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Mark index: which words of a query's marks a word of the text matches. A word is
 * compared once for each query and then remembered, since the same words come
 * again and again in the articles of one page of results.
 *
 * Owns its memory; the marks are borrowed until the next mark_index_query.
 */
#ifndef ENGINE_SNIPPET_MARK_INDEX_H
#define ENGINE_SNIPPET_MARK_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "engine/plan/plan.h"
#include "engine/text/analyse.h"

/* One word of a mark. The words of a mark follow each other. */
struct mark_entry {
	const struct mark_word *word;
	const struct mark *mark;
	uint32_t index;            /* WORD is mark->word[index] */
	uint32_t next;             /* the next entry whose word has the same first byte */
};

struct mark_index;

enum status mark_index_new(struct mark_index **out) MUST_CHECK;
void mark_index_free(struct mark_index *p);
/* Call once for each query. AN tells how the folded forms of the marks' words begin. */
enum status mark_index_query(struct mark_index *p, struct analyser *an, const struct mark *marks, size_t nmarks,
			 struct error *err) MUST_CHECK;
/* Call once for each article, whose language is LANG. */
void mark_index_article(struct mark_index *p, const char *lang);
/* The words of a text that may have an entry. */
const struct analyse_filter *mark_index_filter(const struct mark_index *p);
const struct mark_entry *mark_index_all(const struct mark_index *p, size_t *n);
/* The indices (in mark_index_all) of the entries that TOK matches; NULL: there are none. Valid until the next call. */
enum status mark_index_find(struct mark_index *p, struct analyser *an, const struct token *tok,
			const uint32_t **list, size_t *n, struct error *err) MUST_CHECK;

#endif
