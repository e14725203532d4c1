/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Readings of acronyms, and of phrases that acronyms stand for, by what the
 * index was taught (taught.h). Everything lives in the planner's arena.
 */
#ifndef ENGINE_PLAN_ACRONYM_H
#define ENGINE_PLAN_ACRONYM_H

#include "engine/plan/readings.h"

/* Adds the readings of W, which is what NODE (a WORD or a PHRASE) was read as. */
enum status plan_acronym_add(struct planner *pl, const struct node *node, const struct words *w, struct readings *out) MUST_CHECK;
/* The readings of all bare words of LIST in their order, if that is what it consists of besides filters;
 * PHRASE becomes what they would be typed as. */
enum status plan_acronym_list(struct planner *pl, struct plan_context ctx, const struct node *list, struct node *phrase,
			      struct readings *out) MUST_CHECK;

#endif
