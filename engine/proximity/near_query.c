/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The articles that the positional stage has to look at.
 */
#include <stdlib.h>

#include "engine/proximity/near.h"

static enum status
place_query(struct xap_query **out, const struct near_place *p, struct error *err)
{
	size_t n = p->nterms + (p->instead.text != NULL), i;
	struct xap_query **ops = calloc(n + 1, sizeof(struct xap_query *)), *q = NULL;
	enum status st = ops != NULL ? ST_OK : error_set(err, ST_NOMEM, "no memory for a query");

	*out = NULL;
	for (i = 0; i < p->nterms && st == ST_OK; i++)
		st = xap_query_term(&ops[i], p->terms[i].text, p->terms[i].len, 1, err);
	if (st == ST_OK && p->instead.text != NULL)
		st = xap_query_term(&ops[i++], p->instead.text, p->instead.len, 1, err);
	if (st == ST_OK)
		st = xap_query_join_take(&q, XAP_OR, ops, n, 0, err);
	else
		for (n = 0; ops != NULL && n < i; n++)
			xap_query_free(ops[n]);
	free(ops);
	for (i = 0; i < 2 && p->within[i].text != NULL && st == ST_OK; i++) {
		struct xap_query *pair[2] = { q, NULL };

		q = NULL;
		st = xap_query_term(&pair[1], p->within[i].text, p->within[i].len, 1, err);
		if (st == ST_OK)
			st = xap_query_join_take(&q, XAP_AND, pair, 2, 0, err);
		else
			xap_query_free(pair[0]);
	}
	*out = q;
	return st;
}

/* *Q (may be NULL at first) becomes *Q OP MORE; MORE is consumed. */
static enum status
join_onto(struct xap_query **q, enum xap_op op, struct xap_query *more, struct error *err)
{
	struct xap_query *pair[2] = { *q, more };

	if (*q == NULL) {
		*q = more;
		return ST_OK;
	}
	*q = NULL;
	return xap_query_join_take(q, op, pair, 2, 0, err);
}

static enum status
item_query(struct xap_query **out, const struct near_item *item, struct error *err)
{
	struct xap_query *q = NULL;
	enum status st = ST_OK;
	size_t i;

	*out = NULL;
	for (i = 0; i < item->nparts && st == ST_OK; i++) {
		st = place_query(&q, &item->parts[i], err);
		if (st == ST_OK)
			st = join_onto(out, XAP_AND, q, err);
	}
	if (st == ST_OK && item->joined != NULL) {
		st = place_query(&q, item->joined, err);
		if (st == ST_OK)
			st = join_onto(out, XAP_OR, q, err);
	}
	return st;
}

static enum status
join_operand(struct xap_query **q, const struct near_operand *op, struct error *err)
{
	struct xap_query *more = NULL;
	enum status st = ST_OK;
	size_t k;

	for (k = 0; k < op->nitems && st == ST_OK; k++) {
		st = item_query(&more, &op->items[k], err);
		if (st == ST_OK)
			st = join_onto(q, XAP_AND, more, err);
		else
			xap_query_free(more);
		more = NULL;
	}
	return st;
}

/* *Q only where the region may be. */
static enum status
join_region(struct xap_query **q, const struct near_region *r, struct error *err)
{
	struct xap_query *more;
	enum status st;

	if (r->outside)
		return ST_OK;
	if (r->name != NULL)
		return join_operand(q, r->name, err);
	st = xap_query_term(&more, r->begin.text, r->begin.len, 1, err);
	return st == ST_OK ? join_onto(q, XAP_AND, more, err) : st;
}

enum status
near_candidates(struct xap_query **out, const struct near_chain *chain, struct error *err)
{
	enum status st = ST_OK;
	size_t i;

	*out = NULL;
	if (chain->among != NULL)
		st = xap_query_copy(out, chain->among, err);
	for (i = 0; chain->among == NULL && i < chain->noperands && st == ST_OK; i++)
		st = join_operand(out, &chain->operand[i], err);
	for (i = 0; i < chain->nregions && st == ST_OK; i++)
		st = join_region(out, &chain->regions[i], err);
	if (st != ST_OK) {
		xap_query_free(*out);
		*out = NULL;
	}
	return st;
}
