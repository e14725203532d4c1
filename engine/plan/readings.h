/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a word that was typed may stand for besides itself: another name of what
 * it names, what an acronym abbreviates, another spelling of a name, a word that
 * was meant or misspelt. Each source of readings has a file of its own
 * (plan_*.c) and adds to one list; matching, EXPLAIN and the C rows read that
 * list alone, so that whatever is looked for is also told.
 *
 * Everything in a list lives in the planner's arena.
 */
#ifndef ENGINE_PLAN_READINGS_H
#define ENGINE_PLAN_READINGS_H

#include "engine/plan/planner.h"

#define READINGS_MAX 16      /* of one word: the first are kept, a W row tells of the rest */

enum reading_kind { READING_ALIAS, READING_ACRONYM, READING_NAME, READING_CORRECTION };

struct reading {
	enum reading_kind kind;
	const char *stands_for;      /* what C rows and EXPLAIN show: "country:tr", "catsaa" */
	double factor;               /* of its weight counts so much: 1 like the word itself, less: ranked below */
	struct words_phrase phrase;  /* what is looked for, and marked ... */
	const struct mark *marks;    /* ... unless these are */
	size_t nmarks;
	const struct near_term *unless;  /* not in articles with any of these terms */
	size_t nunless;
};

struct readings { struct reading *v; size_t n; bool cut; };

/* The readings of W, which is what was typed at NODE: a bare WORD, or a PHRASE. None of what is
 * excluded. */
enum status readings_collect(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w,
			     struct readings *out) MUST_CHECK;
/* One more; past READINGS_MAX it is dropped and CUT set. */
enum status readings_add(struct planner *pl, struct readings *list, const struct reading *r) MUST_CHECK;
/* The factor of a word in FREQ of all ARTICLES that is to rank below the one that was typed, which TYPED of them
 * have: an article with nothing but the other then comes behind those with the word itself. */
double readings_below(uint32_t articles, uint32_t typed, uint32_t freq);
/* "alias", "acronym", "name", "correction": what EXPLAIN calls it. */
const char *readings_kind_name(enum reading_kind kind);

#endif
