/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Corrections as readings of a word: its rare misspellings in the index, and,
 * for one that no article has, what may be meant. Nothing is owned; what is
 * added lives in the planner's arena.
 */
#ifndef ENGINE_PLAN_CORRECT_H
#define ENGINE_PLAN_CORRECT_H

#include "engine/plan/readings.h"

/* Adds those of W, which is what was typed bare at NODE; after all other readings, since what is meant is only
 * asked where there are none. */
enum status plan_correct_add(struct planner *pl, const struct node *node, const struct words *w,
			     struct readings *out) MUST_CHECK;

#endif
