/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * EXPLAIN: how a query is read, or how one article came to its score.
 */
#include <stdio.h>
#include <string.h>

#include "engine/ranking.h"
#include "engine/schema.h"
#include "engine/searcher.h"

struct request {
	const struct node *tree;
	const char *id;
	const struct plan_options *plan;
	const struct xap_deadline *deadline;
	const struct explain_row *rows;
	size_t nrows;
	double score;
};

/* The weight that QUERY gives to the article that TERM (Q...) names; *MATCHES says whether it holds it at all. */
static enum status
weigh(struct searcher *s, const struct xap_query *query, const struct buf *term, double *weight,
      bool *matches, struct error *err)
{
	struct xap_query *ops[2] = { NULL, NULL }, *only = NULL;
	struct xap_hits hits;
	enum status st;

	*weight = 0;
	*matches = false;
	st = xap_query_copy(&ops[0], query, err);
	if (st == ST_OK)
		st = xap_query_term(&ops[1], term->data, term->len, 1, err);
	if (st != ST_OK) {
		xap_query_free(ops[0]);
		return st;
	}
	st = xap_query_join_take(&only, XAP_FILTER, ops, 2, 0, err);
	if (st == ST_OK)
		st = xap_enquire_set_query(s->enquire, only, err);
	if (st == ST_OK)
		st = xap_enquire_set_bm25(s->enquire, &RANKING_BM25, err);
	if (st == ST_OK)
		st = xap_enquire_set_sort(s->enquire, XAP_SORT_RELEVANCE, 0, false, err);
	if (st == ST_OK)
		st = xap_enquire_run(s->enquire, 0, 1, 0, &hits, err);
	if (st == ST_OK && hits.n > 0) {
		*weight = hits.hit[0].weight;
		*matches = true;
	}
	xap_query_free(only);
	return st;
}

static enum status
set_row(struct searcher *s, struct explain_row *row, unsigned depth, const char *part, double value,
	struct error *err)
{
	char text[40];
	int n = snprintf(text, sizeof(text), "%.8f", value);

	row->depth = depth;
	row->node = arena_string(&s->arena, part, strlen(part));
	row->detail = arena_string(&s->arena, text, (size_t)n);
	return row->node != NULL && row->detail != NULL ? ST_OK :
		error_set(err, ST_NOMEM, "no memory for the explanation");
}

/* Depth 0 is the whole score, depth 1 a word of the query. */
static enum status
fill_parts(struct searcher *s, struct request *r, const struct plan *plan, const struct buf *term,
	   struct error *err)
{
	struct explain_row *rows = arena_alloc(&s->arena, (plan->nleaves + 1) * sizeof(*rows));
	bool matches;
	double weight;
	enum status st;
	size_t i;

	if (rows == NULL)
		return error_set(err, ST_NOMEM, "no memory for the explanation");
	st = weigh(s, plan->query, term, &weight, &matches, err);
	if (st == ST_OK && !matches)
		st = error_set(err, ST_NOTFOUND, "the article does not match");
	r->score = plan->ranked ? weight : 0;
	r->rows = rows;
	r->nrows = 0;
	if (st == ST_OK)
		st = set_row(s, &rows[r->nrows++], 0, "score", r->score, err);
	for (i = 0; i < plan->nleaves && plan->ranked && st == ST_OK; i++) {
		st = weigh(s, plan->leaves[i].query, term, &weight, &matches, err);
		if (st == ST_OK && matches)
			st = set_row(s, &rows[r->nrows++], 1, plan->leaves[i].label, weight, err);
	}
	return st;
}

static enum status
score_body(struct searcher *s, void *arg, struct error *err)
{
	struct request *r = arg;
	struct buf term = BUF_INIT;
	struct plan *plan = NULL;
	uint32_t docid;
	enum status st;

	arena_reset(&s->arena);
	schema_term(&term, PREFIX_ID, r->id, strlen(r->id));
	st = buf_status(&term);
	if (st == ST_OK)
		st = searcher_find(s, r->id, strlen(r->id), &docid, err);
	if (st == ST_OK)
		st = plan_new(&plan, r->tree, s->store, s->an, r->plan, r->deadline, err);
	if (st == ST_OK) {
		st = fill_parts(s, r, plan, &term, err);
		plan_free(plan);
	}
	buf_fini(&term);
	return st;
}

static enum status
tree_body(struct searcher *s, void *arg, struct error *err)
{
	struct request *r = arg;
	enum status st;

	explain_free(s->explain);
	s->explain = NULL;
	st = explain_tree(&s->explain, r->tree, s->store, s->an, r->plan, r->deadline, err);
	if (st == ST_OK)
		r->rows = explain_rows(s->explain, &r->nrows);
	return st;
}

enum status
search_explain(struct searcher *s, const char *query, size_t len, const char *id, const struct search_options *opt,
	       const struct explain_row **rows, size_t *nrows, double *score, struct error *err)
{
	struct query_options how = { opt->match_all, opt->from, opt->to, opt->now };
	struct request r = { .id = id, .plan = &opt->plan, .deadline = &opt->deadline };
	struct node *tree;
	enum status st = query_parse(&tree, query, len, &how, err);

	*rows = NULL;
	*nrows = 0;
	*score = 0;
	if (st != ST_OK)
		return st;
	r.tree = tree;
	st = searcher_try(s, &opt->deadline, id != NULL ? score_body : tree_body, &r, err);
	query_free(tree);
	if (st != ST_OK)
		return st;
	*rows = r.rows;
	*nrows = r.nrows;
	*score = r.score;
	return ST_OK;
}
