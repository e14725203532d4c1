/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/search/rerank.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "engine/plan/ranking.h"
#include "engine/search/feedback.h"
#include "engine/store/schema.h"

static enum status
no_memory(struct error *err)
{
	return error_set(err, ST_NOMEM, "no memory to rank the best articles");
}

bool
rerank_applies(const struct plan *plan)
{
	return plan->npairs > 0 || plan->nwords >= RANKING_FEEDBACK_FROM;
}

/* ---- parts ---- */

/* Q (consumed) in the articles that are looked at. */
static enum status
within(const struct rerank *r, struct xap_query *q, struct xap_query **out, struct error *err)
{
	struct xap_query *pair[2] = { q, NULL };
	enum status st = xap_query_copy(&pair[1], r->docids, err);

	*out = NULL;
	if (st == ST_OK)
		return xap_query_join_take(out, XAP_FILTER, pair, 2, 0, err);
	xap_query_free(q);
	return st;
}

/* Q (consumed) at WEIGHT. */
static enum status
add_part(struct rerank *r, struct xap_query *q, double weight, const char *label, struct error *err)
{
	struct rerank_part *part = &r->parts[r->n];
	enum status st;

	*part = (struct rerank_part){ NULL, label };
	st = xap_query_scale_take(&part->query, q, weight, err);
	r->n += st == ST_OK;
	return st;
}

static enum status
add_pairs(struct rerank *r, const struct plan *plan, struct error *err)
{
	struct xap_query *q;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < plan->npairs && st == ST_OK; i++) {
		st = xap_query_copy(&q, plan->pairs[i].query, err);
		/* The filter stands inside each: positions are then read in these articles only. */
		if (st == ST_OK)
			st = within(r, q, &q, err);
		if (st == ST_OK)
			st = add_part(r, q, RANKING_PAIR_WEIGHT, plan->pairs[i].label, err);
	}
	return st;
}

static enum status
add_feedback(struct rerank *r, struct searcher *s, const struct xap_hit *hit, size_t n, struct error *err)
{
	const struct feedback_word *words;
	struct xap_query *q;
	size_t nwords, i;
	enum status st = feedback_words(s->store->db, &s->arena, hit,
					n < RANKING_FEEDBACK_ARTICLES ? n : RANKING_FEEDBACK_ARTICLES, &words, &nwords, err);

	for (i = 0; i < nwords && st == ST_OK; i++) {
		st = xap_query_term(&q, words[i].term, words[i].len, 1, err);
		if (st == ST_OK)
			st = add_part(r, q, RANKING_FEEDBACK_WEIGHT * words[i].weight, words[i].term + strlen(PREFIX_STEM), err);
	}
	return st;
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static enum status
these_articles(struct searcher *s, const struct xap_hit *hit, size_t n, struct xap_query **out, struct error *err)
{
	uint32_t *docids = arena_alloc(&s->arena, n * sizeof(*docids));
	size_t i;

	if (docids == NULL)
		return no_memory(err);
	for (i = 0; i < n; i++)
		docids[i] = hit[i].docid;
	sort(docids, n, sizeof(*docids), by_number);
	return xap_query_docids(out, docids, n, err);
}

enum status
rerank_init(struct rerank *r, struct searcher *s, const struct plan *plan, enum rerank_kind kind,
	    const struct xap_hit *hit, size_t n, struct error *err)
{
	enum status st;
	size_t most = kind == RERANK_PAIRS ? plan->npairs :
		plan->nwords >= RANKING_FEEDBACK_FROM ? RANKING_FEEDBACK_WORDS : 0;

	*r = (struct rerank){ NULL, 0, NULL };
	/* One article stays where it is. */
	if (n < 2 || most == 0)
		return ST_OK;
	r->parts = arena_alloc(&s->arena, most * sizeof(*r->parts));
	if (r->parts == NULL)
		return no_memory(err);
	st = these_articles(s, hit, n, &r->docids, err);
	if (st == ST_OK)
		st = kind == RERANK_PAIRS ? add_pairs(r, plan, err) : add_feedback(r, s, hit, n, err);
	if (st != ST_OK)
		rerank_fini(r);
	return st;
}

void
rerank_fini(struct rerank *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		xap_query_free(r->parts[i].query);
	xap_query_free(r->docids);
	*r = (struct rerank){ NULL, 0, NULL };
}

/* ---- weights ---- */

static int
by_docid(const void *a, const void *b)
{
	const struct xap_hit *x = a, *y = b;

	return x->docid < y->docid ? -1 : x->docid > y->docid;
}

/* All parts in one query. */
static enum status
join(const struct rerank *r, struct xap_query **out, struct error *err)
{
	struct xap_query **parts = calloc(r->n, sizeof(struct xap_query *));
	enum status st = parts != NULL ? ST_OK : no_memory(err);
	size_t i;

	for (i = 0; i < r->n && st == ST_OK; i++)
		st = xap_query_copy(&parts[i], r->parts[i].query, err);
	if (st == ST_OK)
		st = xap_query_join_take(out, XAP_OR, parts, r->n, 0, err);
	else
		while (i-- > 0)
			xap_query_free(parts[i]);
	free(parts);
	return st;
}

enum status
rerank_add(const struct rerank *r, struct searcher *s, struct xap_hit *hit, size_t n, struct error *err)
{
	struct xap_query *all = NULL;
	struct xap_hits more = { 0 };
	enum status st;
	size_t i;

	if (r->n == 0)
		return ST_OK;
	st = join(r, &all, err);
	if (st == ST_OK)
		st = within(r, all, &all, err);
	if (st == ST_OK)
		st = xap_enquire_set_query(s->enquire, all, err);
	if (st == ST_OK)
		st = xap_enquire_set_sort(s->enquire, XAP_SORT_RELEVANCE, 0, false, err);
	if (st == ST_OK)
		st = xap_enquire_run(s->enquire, 0, (uint32_t)n, 0, &more, err);
	xap_query_free(all);
	if (st != ST_OK)
		return st;
	sort(more.hit, more.n, sizeof(*more.hit), by_docid);
	for (i = 0; i < n && more.n > 0; i++) {
		const struct xap_hit *found = bsearch(&hit[i], more.hit, more.n, sizeof(*more.hit), by_docid);

		if (found != NULL)
			hit[i].weight += found->weight;
	}
	return ST_OK;
}
