/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/plan/readings.h"

#include <math.h>

#include "engine/plan/acronym.h"
#include "engine/plan/alias.h"
#include "engine/plan/correct.h"
#include "engine/plan/name.h"

enum status
readings_add(struct planner *pl, struct readings *list, const struct reading *r)
{
	if (list->v == NULL) {
		list->v = planner_alloc(pl, READINGS_MAX, sizeof(*list->v));
		if (list->v == NULL)
			return error_nomem(pl->err);
	}
	if (list->n == READINGS_MAX)
		list->cut = true;
	else
		list->v[list->n++] = *r;
	return ST_OK;
}

enum status
readings_collect(struct planner *pl, struct plan_context ctx, const struct node *node, const struct words *w,
		 struct readings *out)
{
	bool aliased;
	enum status st;

	*out = (struct readings){ NULL, 0, false };
	/* An excluded word excludes articles with the typed word alone. */
	if (ctx.quiet)
		return ST_OK;
	st = alias_readings(pl, node, w, out);
	aliased = out->n > 0;
	if (st == ST_OK)
		st = plan_acronym_add(pl, node, w, out);
	/* The lexicon knows all names of an entity; spellings are guessed for persons' names alone. */
	if (st == ST_OK && !aliased)
		st = plan_name_add(pl, node, w, out);
	if (st == ST_OK)
		st = plan_correct_add(pl, node, w, out);
	return st;
}

/* An article with nothing but the other word has this share of what one with the word itself has that is as long and has it
 * as often. BM25 gives a word up to (k1 + 1) and in the longest of articles about a fiftieth of that: so the share
 * is less, and the other word never comes before the word itself. */
#define BELOW 0.01

/* What a word is worth that FREQ of all articles have: as libxapian's BM25 has it (bm25weight.cc), Robertson and
 * Sparck Jones's weight (1976), bent so that it stays above 0. */
static double
worth(uint32_t articles, uint32_t freq)
{
	double w = ((double)articles - freq + 0.5) / (freq + 0.5);

	return log(w < 2 ? w / 2 + 1 : w);
}

double
readings_below(uint32_t articles, uint32_t typed, uint32_t freq)
{
	return BELOW * worth(articles, typed) / worth(articles, freq);
}

const char *
readings_kind_name(enum reading_kind kind)
{
	switch (kind) {
	case READING_ALIAS: return "alias";
	case READING_ACRONYM: return "acronym";
	case READING_NAME: return "name";
	case READING_CORRECTION: return "correction";
	}
	return "";
}
