/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * EXPLAIN's tree: how a query was read, one row a node, with the terms that
 * each word stands for. search/explain.c asks for it, and explains scores.
 *
 * A tree owns its rows and their strings.
 */
#ifndef ENGINE_PLAN_EXPLAIN_TREE_H
#define ENGINE_PLAN_EXPLAIN_TREE_H

#include "engine/plan/plan.h"
#include "engine/query/query.h"
#include "engine/store/store.h"

struct explain_tree;
struct explain_row { unsigned depth; const char *node, *detail; };

/* Depth 0 is the root. NODE is query_kind_name(), behind its sign; DETAIL is the text as typed, then after " = " the
 * terms: alternatives joined by "|", words side by side by blanks. */
enum status explain_tree_new(struct explain_tree **out, const struct node *tree, struct store *store,
			 struct analyser *an, const struct plan_options *opt, const struct xap_deadline *deadline,
			 struct error *err) MUST_CHECK;
const struct explain_row *explain_tree_rows(const struct explain_tree *e, size_t *n);
void explain_tree_free(struct explain_tree *e);

#endif
