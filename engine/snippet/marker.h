/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The marker: finds the matches of a query's marks, single words and phrases, in a
 * stream of tokens.
 *
 * Owns its memory; the marks are borrowed until the next marker_query.
 */
#ifndef ENGINE_SNIPPET_MARKER_H
#define ENGINE_SNIPPET_MARKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/plan/plan.h"
#include "engine/snippet/passage.h"
#include "engine/snippet/scopes.h"
#include "engine/text/analyse.h"

struct marker;

enum status marker_new(struct marker **out) MUST_CHECK;
void marker_free(struct marker *m);

/* Call once for each query. AN tells how the folded forms of the marks' words begin. */
enum status marker_query(struct marker *m, struct analyser *an, const struct mark *marks, size_t nmarks,
			 struct error *err) MUST_CHECK;
/* The number of groups, which are numbered from 0. */
size_t marker_groups(const struct marker *m);
/* Call once for each article, whose language is LANG: forgets the matches so far. */
void marker_article(struct marker *m, const char *lang);
/* Marks that have a scope count within SCOPES alone (borrowed until the next marker_query; NULL: everywhere). */
void marker_confine(struct marker *m, const struct scopes *scopes);
/* Which tokens marker_token has to see. */
const struct analyse_filter *marker_filter(const struct marker *m);

/* The next token of the article. It was analysed in a piece of TEXT that begins at byte
 * OFFSET, after FIRST_POS words. */
enum status marker_token(struct marker *m, struct analyser *an, const struct token *tok,
			 const char *text, uint32_t offset, uint32_t first_pos, struct error *err) MUST_CHECK;
/* Call at the end of each piece: all tokens that follow stand behind the tokens so far. */
enum status marker_flush(struct marker *m, const char *text) MUST_CHECK;

/* The matches so far, ascending by start. Valid until the next token. */
const struct span *marker_spans(const struct marker *m, size_t *n);
/* Whether one passage holds every group; then *START is the byte where it begins. */
bool marker_complete(const struct marker *m, uint32_t *start);

#endif
