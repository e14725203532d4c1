/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Readings of a name: its other spellings in the index. Everything lives in
 * the planner's arena.
 */
#ifndef ENGINE_PLAN_NAME_H
#define ENGINE_PLAN_NAME_H

#include "engine/plan/readings.h"

/* Adds the other spellings of W, which is what NODE was read as, if that is a name. */
enum status plan_name_add(struct planner *pl, const struct node *node, const struct words *w, struct readings *out) MUST_CHECK;

#endif
