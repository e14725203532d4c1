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
	struct searcher *s = index;
	enum status st = xap_enquire_set_query(s->enquire, plan->query, err);

	if (st == ST_OK)
		st = plan->ranked ? xap_enquire_set_bm25(s->enquire, &RANKING_BM25, err) :
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

/* ---- terms ---- */

static enum status
stems(void *index, uint32_t docid,
      enum status (*each)(void *arg, const char *term, size_t len, uint32_t wdf, struct error *err), void *arg,
      struct error *err)
{
	struct searcher *s = index;
	struct xap_terms *terms = NULL;
	const char *term;
	uint32_t wdf;
	size_t len;
	enum status st = xap_terms_open_doc(&terms, s->store->db, docid, err);

	if (st == ST_OK)
		st = xap_terms_next(terms, &term, &len, &wdf, err);
	if (st == ST_OK && term != NULL)
		st = xap_terms_skip(terms, PREFIX_STEM, strlen(PREFIX_STEM), err);
	while (st == ST_OK && term != NULL) {
		st = xap_terms_next(terms, &term, &len, &wdf, err);
		if (st != ST_OK || term == NULL || term[0] != PREFIX_STEM[0])
			break;
		st = each(arg, term, len, wdf, err);
	}
	xap_terms_free(terms);
	return st;
}

static enum status
freq(void *index, const char *term, size_t len, uint32_t *articles, struct error *err)
{
	struct searcher *s = index;

	return xap_db_termfreq(s->store->db, term, len, articles, err);
}

/* ---- parts ---- */

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

static enum status
part_query(const struct ranker_part *part, const struct xap_query *docids, struct xap_query **out, struct error *err)
{
	enum status st;

	*out = NULL;
	if (part->pair == NULL) {
		st = xap_query_term(out, part->term, part->len, 1, err);
	} else {
		st = xap_query_copy(out, part->pair, err);
		/* The filter stands inside each: positions are then read in these articles only. */
		if (st == ST_OK)
			st = within(docids, *out, out, err);
	}
	return st == ST_OK ? xap_query_scale_take(out, *out, part->factor, err) : st;
}

/* All parts in one query. */
static enum status
join(const struct ranker_part *part, size_t n, const struct xap_query *docids, struct xap_query **out, struct error *err)
{
	struct xap_query **parts = calloc(n, sizeof(struct xap_query *));
	enum status st = parts != NULL ? ST_OK : error_nomem(err);
	size_t i;

	for (i = 0; i < n && st == ST_OK; i++)
		st = part_query(&part[i], docids, &parts[i], err);
	if (st == ST_OK)
		st = xap_query_join_take(out, XAP_OR, parts, n, 0, err);
	else
		while (i-- > 0)
			xap_query_free(parts[i]);
	free(parts);
	return st == ST_OK ? within(docids, *out, out, err) : st;
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static enum status
weigh(void *index, const struct ranker_part *part, size_t n, const uint32_t *docid, size_t ndocids, double *weight,
      struct error *err)
{
	struct searcher *s = index;
	struct xap_query *docids = NULL, *all = NULL;
	struct xap_hits hits = { 0 };
	enum status st = xap_query_docids(&docids, docid, ndocids, err);
	size_t i;

	memset(weight, 0, ndocids * sizeof(*weight));
	if (st == ST_OK)
		st = join(part, n, docids, &all, err);
	if (st == ST_OK)
		st = xap_enquire_set_query(s->enquire, all, err);
	if (st == ST_OK)
		st = xap_enquire_set_bm25(s->enquire, &RANKING_BM25, err);
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
	static const struct ranker_index ask = { count, find, weigh, key, stems, freq };

	*r = (struct ranker){ &ask, s, s->store->manifest.newest, plan, opt, &s->arena };
}
