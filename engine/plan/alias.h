/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a query names, by the lexicon of the index: other names of the same
 * thing are found through the terms that mark it (schema.h, XI). One of the
 * sources of engine/plan/readings.h, and what phrases, lists and filters ask for
 * names. Everything lives in the planner's arena.
 */
#ifndef ENGINE_PLAN_ALIAS_H
#define ENGINE_PLAN_ALIAS_H

#include "engine/plan/readings.h"

/* What words of a query name. */
struct alias {
	struct near_term *terms;     /* that mark it, those of the index alone */
	const char **stands_for;     /* of each, for a C row: "country:tr" */
	size_t nterms;
	const struct mark *surfaces; /* its names, as snippets mark them */
	size_t nsurfaces;
	size_t end;                  /* the token behind the words */
};

/* The longest name that begins with token FROM of W, and ends where a word or compound does: nterms 0 if there is none,
 * or none that the index has. */
enum status alias_at(struct planner *pl, const struct words *w, size_t from, struct alias *out) MUST_CHECK;
/* C rows that TEXT stands for what A names. */
enum status alias_tell(struct planner *pl, const char *text, size_t len, const struct alias *a) MUST_CHECK;
/* Adds the readings of W, which is all that was typed at NODE. */
enum status alias_readings(struct planner *pl, const struct node *node, const struct words *w, struct readings *out) MUST_CHECK;
/* country:tr, country:Turkey, org:nato: the articles that name it. *OUT = NULL where the lexicon knows nothing by that name. */
enum status alias_filter(struct planner *pl, const struct node *node, const struct words *w, struct xap_query **out) MUST_CHECK;
/* Units FROM and following of LIST, bare words that side by side are a name (united states): *N of them, 0 if there is
 * none, and what finds the name by its marks. */
enum status alias_run(struct planner *pl, struct plan_context ctx, const struct node *list, size_t from, size_t *n,
		      struct xap_query **out) MUST_CHECK;

#endif
