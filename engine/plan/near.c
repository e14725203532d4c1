/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Chains of NEAR, ADJ and SAME.
 */
#include <string.h>

#include "engine/plan/planner.h"

_Static_assert(QUERY_CHAIN_MAX == NEAR_OPERANDS_MAX, "a chain of the query's is one of the positional stage's");
_Static_assert((int)SAME_NOT == (int)NEAR_SAME_NOT && (int)SAME_SENTENCE == (int)NEAR_SAME_SENTENCE &&
	       (int)SAME_PARAGRAPH == (int)NEAR_SAME_PARAGRAPH, "enum node_same is enum near_same");

static enum status
add_operand(struct planner *pl, struct plan_context ctx, const struct node *node, struct near_chain *chain, struct words_phrase *ph)
{
	struct words_phrase *to = &ph[chain->noperands];
	struct words w;
	enum status st = words_read(pl, ctx, node->text, node->len, false, &w);

	if (st == ST_OK && w.n == 0)
		st = error_syntax(pl->err, node->col, "no word in an operand of NEAR, ADJ or SAME");
	if (st == ST_OK)
		st = words_phrase(pl, ctx, node, &w, to);
	if (st == ST_OK)
		chain->operand[chain->noperands++] = to->operand;
	return st;
}

static enum status
add_operands(struct planner *pl, struct plan_context ctx, const struct node *node, struct near_chain *chain, struct words_phrase *ph)
{
	enum status st;

	if (node->nkids == 0)
		return add_operand(pl, ctx, node, chain, ph);
	st = add_operands(pl, ctx, node->kid[0], chain, ph);
	if (st == ST_OK) {
		chain->step[chain->noperands - 1] = (struct near_step){ node->distance, node->kind == NODE_ADJ,
									(enum near_same)node->same };
		st = add_operand(pl, ctx, node->kid[1], chain, ph);
	}
	return st;
}

/* Whether A and B can stand at one position: a word typed in capitals has two
 * terms, a hyphenated word's joined form begins and ends as its parts do. */
static bool
may_share(const struct near_term *a, const struct near_term *b)
{
	const struct near_term *longer = a->len > b->len ? a : b, *shorter = a->len > b->len ? b : a;

	return (a->text[0] >= 'A' && a->text[0] <= 'Z') || (b->text[0] >= 'A' && b->text[0] <= 'Z') ||
	       memcmp(longer->text, shorter->text, shorter->len) == 0 ||
	       memcmp(longer->text + longer->len - shorter->len, shorter->text, shorter->len) == 0;
}

static bool
is_simple(const struct near_slot *p)
{
	return p != NULL && p->unless.text == NULL && p->within[0].text == NULL;
}

/* Xapian's own operators serve for two words or prefixes that are never found
 * at one position, which they do not look for; a delta's positions they do not see. */
static bool
is_native(const struct planner *pl, const struct near_chain *chain, const struct words_phrase *ph)
{
	const struct near_slot *a = match_only_slot(&ph[0]), *b = match_only_slot(&ph[1]);
	size_t i, k;

	if (pl->delta || chain->noperands != 2 || chain->step[0].same != NEAR_SAME_NOT || chain->nregions > 0 ||
	    !is_simple(a) || !is_simple(b) || (a->nterms > 1 && b->nterms > 1))
		return false;
	for (i = 0; i < a->nterms; i++)
		for (k = 0; k < b->nterms; k++)
			if (may_share(&a->terms[i], &b->terms[k]))
				return false;
	return true;
}

/* The query of a chain that Xapian can match itself. */
static enum status
native_chain(struct planner *pl, const struct near_chain *chain, const struct words_phrase *ph, struct xap_query **out)
{
	struct xap_query *pair[2] = { NULL, NULL };
	enum status st = match_slot(pl, match_only_slot(&ph[0]), XAP_OR, false, &pair[0]);

	if (st == ST_OK)
		st = match_slot(pl, match_only_slot(&ph[1]), XAP_OR, false, &pair[1]);
	if (st != ST_OK) {
		xap_query_free(pair[0]);
		return st;
	}
	st = xap_query_join_take(out, chain->step[0].ordered ? XAP_PHRASE : XAP_NEAR, pair, 2,
				 chain->step[0].distance + 1, pl->err);
	return st == ST_OK ? xap_query_clock_take(out, *out, pl->deadline, pl->err) : st;
}

enum status
plan_near_chain(struct planner *pl, struct plan_context ctx, const struct node *node, struct xap_query **out)
{
	struct words_phrase *ph = planner_alloc(pl, NEAR_OPERANDS_MAX, sizeof(*ph));
	struct near_chain chain = { .regions = ctx.regions, .nregions = ctx.nregions };
	enum status st;
	size_t i;

	*out = NULL;
	if (ph == NULL)
		return error_nomem(pl->err);
	st = add_operands(pl, ctx, node, &chain, ph);
	if (st == ST_OK)
		st = region_want_limits(pl, &chain);
	if (st != ST_OK)
		return st;
	st = is_native(pl, &chain, ph) ? native_chain(pl, &chain, ph, out) : match_stage(pl, &chain, out);
	if (st == ST_OK)
		st = plan_condition_confine(pl, ctx, out);
	for (i = 0; i < chain.noperands && st == ST_OK; i++) {
		plan_marks_group(pl, ctx);
		st = plan_marks_phrase(pl, ctx, &ph[i]);
	}
	return st;
}
