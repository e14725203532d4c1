/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Readings (query expansion): what a word of a query may stand for besides itself:
 * another name of the entity that it names, the expansion of an acronym, another
 * spelling of a name, a correction. Each source of readings has a file of its own
 * and adds to one list; matching, EXPLAIN and the C rows read that list alone, so
 * that every reading that is searched is also told.
 *
 * Everything in a list lives in the planner's arena.
 */
#ifndef ENGINE_PLAN_READINGS_H
#define ENGINE_PLAN_READINGS_H

#include "engine/plan/planner.h"

#define READINGS_MAX 16      /* readings of one word: the first are kept, a W row tells that there are more */

enum reading_kind { READING_ALIAS, READING_ACRONYM, READING_NAME, READING_CORRECTION };

struct reading {
	enum reading_kind kind;
	const char *stands_for;      /* what C rows and EXPLAIN show: "country:tr", "catsaa" */
	double factor;               /* scales its weight: 1 ranks it like the word itself, less ranks it below */
	struct words_phrase phrase;  /* what is searched, and highlighted unless there are MARKS */
	const struct mark *marks;    /* what is highlighted; NULL: PHRASE */
	size_t nmarks;
	const struct near_term *unless;  /* articles with any of these terms do not count */
	size_t nunless;
};

struct readings { struct reading *v; size_t n; bool cut; };

/* Collects the readings of W, the words of NODE, which is a bare WORD or a PHRASE. An excluded node has none. */
enum status readings_collect(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w,
			     struct readings *out) MUST_CHECK;
/* Adds R; past READINGS_MAX it is dropped and CUT set. */
enum status readings_add(struct planner *pl, struct readings *list, const struct reading *r) MUST_CHECK;
/* The factor of a word that FREQ of all ARTICLES have, so that it ranks below the typed word, which TYPED articles have:
 * an article with only the other word then comes behind articles with the typed word. */
double readings_below(uint32_t articles, uint32_t typed, uint32_t freq);
/* The name under which EXPLAIN shows KIND: "alias", "acronym", "name", "correction". */
const char *readings_kind_name(enum reading_kind kind);

#endif
