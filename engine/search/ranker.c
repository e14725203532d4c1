/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The index as ranking asks it: Xapian's weights, values and lists of terms.
 */
#include "engine/search/ranker.h"

#include <stdlib.h>
#include <string.h>

#include "engine/plan/ranking.h"
#include "engine/search/searcher.h"
#include "engine/store/schema.h"

static enum status
count(void *index, uint32_t *articles, struct error *err)
{
	struct searcher *s = index;

	return xap_db_count(s->store->db, articles, err);
}

/* ---- articles ---- */

static unsigned
slot_of(enum ranker_key which)
{
	return which == RANKER_KEY_OLDEST ? SLOT_OLDEST : SLOT_NEWEST;
}

static enum status
find(void *index, const struct plan *plan, enum ranker_order order, uint32_t want, struct xap_hits *out,
     struct error *err)
{
	static const enum xap_sort sorts[] = { [RANKER_BEST] = XAP_SORT_RELEVANCE, [RANKER_NEWEST] = XAP_SORT_VALUE,
					       [RANKER_BEST_NEWEST] = XAP_SORT_RELEVANCE_VALUE, [RANKER_OLDEST] = XAP_SORT_VALUE };
	const struct xap_bm25 bm25 = ranking_bm25(plan->nwords);
	struct searcher *s = index;
	enum status st = xap_enquire_set_query(s->enquire, plan->query, err);

	if (st == ST_OK)
		st = plan->ranked ? xap_enquire_set_bm25(s->enquire, &bm25, err) :
			xap_enquire_set_boolean(s->enquire, err);
	if (st == ST_OK)
		st = xap_enquire_set_sort(s->enquire, sorts[order],
					  slot_of(order == RANKER_OLDEST ? RANKER_KEY_OLDEST : RANKER_KEY_NEWEST), false, err);
	/* How many articles satisfy conditions is not known unless they are looked at. */
	return st == ST_OK ? xap_enquire_run(s->enquire, 0, want, plan->conditions != NULL ? RANKING_EXACT_TOTAL + 1 : 0,
					     out, err) : st;
}

static enum status
key(void *index, uint32_t docid, enum ranker_key which, const char **text, size_t *len, struct error *err)
{
	struct searcher *s = index;
	enum status st;

	buf_clear(&s->value);
	st = xap_db_value(s->store->db, docid, slot_of(which), &s->value, err);
	*text = buf_str(&s->value);
	*len = s->value.len;
	return st;
}

/* ---- pairs ---- */

/* Q (consumed) in the articles of DOCIDS alone. */
static enum status
within(const struct xap_query *docids, struct xap_query *q, struct xap_query **out, struct error *err)
{
	struct xap_query *pair[2] = { q, NULL };
	enum status st = xap_query_copy(&pair[1], docids, err);

	*out = NULL;
	if (st == ST_OK)
		return xap_query_join_take(out, XAP_FILTER, pair, 2, 0, err);
	xap_query_free(q);
	return st;
}

/* All pairs in one query. */
static enum status
join(const struct plan_pair *pair, size_t n, const struct xap_query *docids, struct xap_query **out, struct error *err)
{
	struct xap_query **pairs = calloc(n, sizeof(struct xap_query *));
	enum status st = pairs != NULL ? ST_OK : error_nomem(err);
	size_t i;

	*out = NULL;
	for (i = 0; i < n && st == ST_OK; i++) {
		st = xap_query_copy(&pairs[i], pair[i].query, err);
		/* The filter stands inside each: positions are then read in these articles only. */
		if (st == ST_OK)
			st = within(docids, pairs[i], &pairs[i], err);
	}
	if (st == ST_OK)
		st = xap_query_join_take(out, XAP_OR, pairs, n, 0, err);
	else
		while (i-- > 0)
			xap_query_free(pairs[i]);
	free(pairs);
	if (st == ST_OK)
		st = xap_query_scale_take(out, *out, RANKING_PAIR_WEIGHT, err);
	return st == ST_OK ? within(docids, *out, out, err) : st;
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static enum status
weigh(void *index, const struct plan_pair *pair, size_t n, const uint32_t *docid, size_t ndocids, double *weight,
      struct error *err)
{
	struct searcher *s = index;
	struct xap_query *docids = NULL, *all = NULL;
	struct xap_hits hits = { 0 };
	enum status st = xap_query_docids(&docids, docid, ndocids, err);
	size_t i;

	memset(weight, 0, ndocids * sizeof(*weight));
	if (st == ST_OK)
		st = join(pair, n, docids, &all, err);
	if (st == ST_OK)
		st = xap_enquire_set_query(s->enquire, all, err);
	if (st == ST_OK)
		st = xap_enquire_set_sort(s->enquire, XAP_SORT_RELEVANCE, 0, false, err);
	if (st == ST_OK)
		st = xap_enquire_run(s->enquire, 0, (uint32_t)ndocids, 0, &hits, err);
	for (i = 0; i < hits.n; i++) {
		const uint32_t *at = bsearch(&hits.hit[i].docid, docid, ndocids, sizeof(*docid), by_number);

		if (at != NULL)
			weight[at - docid] = hits.hit[i].weight;
	}
	xap_query_free(all);
	xap_query_free(docids);
	return st;
}

void
ranker_init(struct ranker *r, struct searcher *s, const struct plan *plan, const struct search_options *opt)
{
	static const struct ranker_index ask = { count, find, weigh, key };

	*r = (struct ranker){ &ask, s, s->store->manifest.newest, plan, opt, &s->arena };
}
