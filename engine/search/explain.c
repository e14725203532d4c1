/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * EXPLAIN: the reading of a query, or the summands of one article's score.
 */
#include <stdio.h>
#include <string.h>

#include "engine/plan/ranking.h"
#include "engine/search/recency.h"
#include "engine/search/rerank.h"
#include "engine/search/searcher.h"
#include "engine/search/top.h"
#include "engine/store/schema.h"

struct request {
	const struct node *tree;
	const char *id;
	const struct search_options *opt;
	struct buf term;         /* the term of the article's id */
	uint32_t docid;
	struct explain_row *row; /* the rows while they are filled; rows points to the finished ones */
	const struct explain_row *rows;
	size_t nrows;
	double score;
};

/* The weight that QUERY, of PLAN, gives to the article whose id's term is TERM; *MATCHES: the article matches QUERY. */
static enum status
weigh(struct searcher *s, const struct plan *plan, const struct xap_query *query, const struct buf *term, double *weight,
      bool *matches, struct error *err)
{
	const struct xap_bm25 bm25 = ranking_bm25(plan->nwords);
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
		st = xap_enquire_set_bm25(s->enquire, &bm25, err);
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

/* Appends a row. */
static enum status
add_row(struct searcher *s, struct request *r, unsigned depth, const char *part, double value, struct error *err)
{
	struct explain_row *row = &r->row[r->nrows++];
	char text[40];
	int n = snprintf(text, sizeof(text), "%.8f", value);

	row->depth = depth;
	row->node = arena_string(&s->arena, part, strlen(part));
	row->detail = arena_string(&s->arena, text, (size_t)n);
	return row->node != NULL && row->detail != NULL ? ST_OK :
		error_nomem(err);
}

/* Adds a row for the weight of each word of the query. */
static enum status
add_words(struct searcher *s, struct request *r, const struct plan *plan, struct error *err)
{
	bool matches;
	double weight;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < plan->nleaves && st == ST_OK; i++) {
		st = weigh(s, plan, plan->leaves[i].query, &r->term, &weight, &matches, err);
		if (st == ST_OK && matches)
			st = add_row(s, r, 1, plan->leaves[i].label, weight, err);
	}
	return st;
}

/* Adds a row with what the article, one of the N that are reranked, gets for pairs, and below it a row for each pair. */
static enum status
add_pairs(struct searcher *s, struct request *r, const struct ranker *ranker, size_t n, struct error *err)
{
	const struct plan *plan = ranker->plan;
	size_t sum = r->nrows, end, i;
	double weight, all = 0;
	enum status st;

	if (n < 2)
		return ST_OK;
	st = add_row(s, r, 1, "(proximity)", 0, err);
	for (i = 0; i < plan->npairs && st == ST_OK; i++) {
		st = ranker->ask->weigh(ranker->index, &plan->pairs[i], 1, &r->docid, 1, &weight, err);
		if (st == ST_OK && weight > 0)
			st = add_row(s, r, 2, plan->pairs[i].label, weight, err);
		all += weight;
	}
	end = r->nrows;
	r->nrows = sum;
	if (st == ST_OK && end > sum + 1) {
		st = add_row(s, r, 1, "(proximity)", all, err);
		r->nrows = end;
	}
	r->score += all;
	return st;
}

static enum status
add_age(struct searcher *s, struct request *r, const struct ranker *ranker, struct error *err)
{
	struct xap_hit hit = { r->docid, r->score };
	struct recency recency;
	double adds;
	enum status st;

	recency_init(&recency, ranker);
	st = recency_of(&recency, ranker, &hit, &adds, err);
	r->score += adds;
	return st == ST_OK && adds > 0 ? add_row(s, r, 1, "(age)", adds, err) : st;
}

/* Adds rows for reranking and age, which only the best articles get. */
static enum status
add_more(struct searcher *s, struct request *r, const struct plan *plan, struct error *err)
{
	struct ranker ranker;
	struct xap_hits top;
	enum status st;
	size_t at;

	ranker_init(&ranker, s, plan, r->opt);
	if (top_again(&ranker, 1) == 0 && top_aged(&ranker, 1) == 0)
		return ST_OK;
	st = top_first(&ranker, 0, 0, &top, err);
	if (st != ST_OK)
		return st;
	for (at = 0; at < top.n && top.hit[at].docid != r->docid; at++)
		;
	if (at < top_again(&ranker, top.n))
		st = add_pairs(s, r, &ranker, top_again(&ranker, top.n), err);
	return st == ST_OK && at < top_aged(&ranker, top.n) ? add_age(s, r, &ranker, err) : st;
}

/* Fills the rows: depth 0 has the whole score; depth 1 words of the query, reranking and age; depth 2 the summands of
 * reranking. */
static enum status
fill_parts(struct searcher *s, struct request *r, const struct plan *plan, struct error *err)
{
	/* the score; words; pairs and their sum; age */
	size_t most = 1 + plan->nleaves + plan->npairs + 1 + 1, n;
	bool matches;
	double weight;
	enum status st;

	r->rows = r->row = arena_alloc(&s->arena, most * sizeof(*r->row));
	if (r->row == NULL)
		return error_nomem(err);
	st = weigh(s, plan, plan->query, &r->term, &weight, &matches, err);
	if (st == ST_OK && !matches)
		st = error_set(err, ST_NOTFOUND, "the article does not match");
	r->score = plan->ranked ? weight : 0;
	r->nrows = 1;
	if (st == ST_OK && plan->ranked)
		st = add_words(s, r, plan, err);
	if (st == ST_OK && plan->ranked)
		st = add_more(s, r, plan, err);
	n = r->nrows;
	r->nrows = 0;
	if (st == ST_OK)
		st = add_row(s, r, 0, "score", r->score, err);
	r->nrows = n;
	return st;
}

static enum status
score_body(struct searcher *s, void *arg, struct error *err)
{
	struct request *r = arg;
	struct plan *plan = NULL;
	enum status st;

	arena_reset(&s->arena);
	r->term = (struct buf)BUF_INIT;
	schema_term(&r->term, PREFIX_ID, r->id, strlen(r->id));
	st = buf_status(&r->term);
	if (st == ST_OK)
		st = searcher_find(s, r->id, strlen(r->id), &r->docid, err);
	if (st == ST_OK)
		st = plan_new(&plan, r->tree, s->store, s->an, &r->opt->plan, &r->opt->deadline, err);
	if (st == ST_OK) {
		st = fill_parts(s, r, plan, err);
		plan_free(plan);
	}
	buf_fini(&r->term);
	return st;
}

static enum status
tree_body(struct searcher *s, void *arg, struct error *err)
{
	struct request *r = arg;
	enum status st;

	explain_tree_free(s->tree);
	s->tree = NULL;
	st = explain_tree_new(&s->tree, r->tree, s->store, s->an, &r->opt->plan, &r->opt->deadline, err);
	if (st == ST_OK)
		r->rows = explain_tree_rows(s->tree, &r->nrows);
	return st;
}

enum status
search_explain(struct searcher *s, const char *query, size_t len, const char *id, const struct search_options *opt,
	       struct explain_result *out, struct error *err)
{
	const struct query_options how = { .match_all = opt->match_all, .from = opt->from, .to = opt->to, .now = opt->now };
	struct request r = { .id = id, .opt = opt };
	struct node *tree;
	enum status st = query_parse(&tree, query, len, &how, err);

	*out = (struct explain_result){ NULL, 0, 0 };
	if (st != ST_OK)
		return st;
	r.tree = tree;
	st = searcher_try(s, &opt->deadline, id != NULL ? score_body : tree_body, &r, err);
	query_free(tree);
	if (st != ST_OK)
		return st;
	*out = (struct explain_result){ r.rows, r.nrows, r.score };
	return ST_OK;
}
