/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Positional conditions as parts of a query. Nothing is matched here: a query that holds a condition finds by
 * terms alone the articles that may satisfy it, and asks the matcher (near.h) about each one that it reaches.
 */
#include "engine/plan/planner.h"

#define CONFINED_MAX 256   /* words of filters, in all copies of them: each costs memory while the query runs */

/* The articles that have a word of P. */
static enum status
slot_query(struct planner *pl, const struct near_slot *p, struct xap_query **out)
{
	struct xap_query *more;
	enum status st = match_slot(pl, p, XAP_OR, true, out);
	size_t i;

	for (i = 0; i < 2 && p->within[i].text != NULL && st == ST_OK; i++) {
		st = planner_find(pl, &p->within[i], &more);
		if (st == ST_OK)
			st = planner_join(pl, out, XAP_AND, more);
	}
	return st;
}

static enum status
item_query(struct planner *pl, const struct near_item *item, struct xap_query **out)
{
	struct xap_query *more = NULL;
	enum status st = ST_OK;
	size_t i;

	*out = NULL;
	for (i = 0; i < item->nparts + (item->joined != NULL) && st == ST_OK; i++) {
		const bool part = i < item->nparts;

		st = slot_query(pl, part ? &item->parts[i] : item->joined, &more);
		if (st == ST_OK)
			st = planner_join(pl, out, part ? XAP_AND : XAP_OR, more);
		else
			xap_query_free(more);
	}
	return st;
}

/* *Q (NULL: any article) only where all words of OP are. */
static enum status
join_operand(struct planner *pl, struct xap_query **q, const struct near_operand *op)
{
	struct xap_query *more;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < op->nitems && st == ST_OK; i++) {
		st = item_query(pl, &op->items[i], &more);
		if (st == ST_OK)
			st = planner_join(pl, q, XAP_AND, more);
		else
			xap_query_free(more);
	}
	return st;
}

/* *Q only where region R may be. */
static enum status
join_region(struct planner *pl, struct xap_query **q, const struct near_region *r)
{
	struct xap_query *more;
	enum status st;

	if (r->outside)
		return ST_OK;
	if (r->name != NULL)
		return join_operand(pl, q, r->name);
	st = planner_find(pl, &r->begin, &more);
	return st == ST_OK ? planner_join(pl, q, XAP_AND, more) : st;
}

static enum status
holds(void *matcher, uint32_t docid, bool *holds, struct error *err)
{
	return near_match(matcher, docid, holds, err);
}

/* A query for the articles that a new matcher of CHAIN finds; the plan keeps the matcher. */
static enum status
condition(struct planner *pl, const struct near_chain *chain, struct xap_query **out)
{
	struct plan_condition *c = planner_alloc(pl, 1, sizeof(*c));
	enum status st = c != NULL ? ST_OK : error_nomem(pl->err);

	*out = NULL;
	if (st == ST_OK && pl->plan->work == NULL)
		st = near_work_new(&pl->plan->work, pl->err);
	if (st == ST_OK)
		st = near_matcher_new(&c->matcher, pl->db, chain, pl->plan->work, pl->deadline, pl->err);
	if (st != ST_OK)
		return st;
	c->next = pl->plan->conditions;
	pl->plan->conditions = c;
	return xap_query_condition(out, holds, c->matcher, pl->err);
}

enum status
plan_condition_add(struct planner *pl, const struct near_chain *chain, bool narrow, struct xap_query **q)
{
	struct xap_query *may = NULL, *does;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; narrow && i < chain->noperands && st == ST_OK; i++)
		st = join_operand(pl, &may, &chain->operand[i]);
	for (i = 0; i < chain->nregions && st == ST_OK; i++)
		st = join_region(pl, &may, &chain->regions[i]);
	if (st == ST_OK)
		st = condition(pl, chain, &does);
	if (st == ST_OK)
		st = planner_join(pl, &may, XAP_AND, does);
	if (st == ST_OK)
		return planner_join(pl, q, XAP_FILTER, may);
	xap_query_free(may);
	return st;
}

enum status
plan_condition_confine(struct planner *pl, struct plan_context ctx, struct xap_query **q)
{
	struct xap_query *within;
	enum status st;

	if (!ctx.apart || ctx.within == NULL || *q == NULL || pl->confined + ctx.within_words > CONFINED_MAX)
		return ST_OK;
	pl->confined += ctx.within_words;
	st = xap_query_copy(&within, ctx.within, pl->err);
	return st == ST_OK ? planner_join(pl, q, XAP_FILTER, within) : st;
}
