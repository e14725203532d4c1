/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/search/top.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "engine/plan/ranking.h"
#include "engine/search/recency.h"
#include "engine/search/rerank.h"
#include "engine/xapian/deadline.h"

#define TIES_BEYOND 20   /* extra hits that are found: most ties that reach past the last wanted hit end among them */

/* ---- ties ---- */

/* An article whose neighbours have the same score. */
struct tied { struct xap_hit hit; const char *key; size_t len; };

static int
by_key(const void *a, const void *b)
{
	const struct tied *x = a, *y = b;
	int d = memcmp(x->key, y->key, x->len < y->len ? x->len : y->len);

	return d != 0 ? d : x->len < y->len ? -1 : x->len > y->len;
}

/* Puts the N hits at HIT, all of one score, into order: newer first, then by id. */
static enum status
order_ties(const struct ranker *r, struct xap_hit *hit, size_t n, struct error *err)
{
	struct tied *tied = arena_alloc(r->arena, n * sizeof(*tied));
	const char *key;
	enum status st;
	size_t i, len;

	if (tied == NULL)
		return error_nomem(err);
	for (i = 0; i < n; i++) {
		st = deadline_check(&r->opt->deadline, err);
		if (st == ST_OK)
			st = r->ask->key(r->index, hit[i].docid, RANKER_KEY_NEWEST, &key, &len, err);
		if (st != ST_OK)
			return st;
		tied[i] = (struct tied){ hit[i], arena_string(r->arena, key, len), len };
		if (tied[i].key == NULL)
			return error_nomem(err);
	}
	sort(tied, n, sizeof(*tied), by_key);
	for (i = 0; i < n; i++)
		hit[i] = tied[i].hit;
	return ST_OK;
}

/* Orders the ties among HITS that touch the range from FIRST to END. *WHOLE is false when a tie reaches the last hit and
 * MORE hits follow in the index: then the order of that tie cannot be known from HITS. */
static enum status
settle_ties(const struct ranker *r, size_t first, size_t end, const struct xap_hits *hits, bool more, bool *whole,
	    struct error *err)
{
	struct xap_hit *hit = hits->hit;
	size_t i, k;
	enum status st = ST_OK;

	*whole = true;
	for (i = 0; i < end && i < hits->n && st == ST_OK; i = k) {
		for (k = i + 1; k < hits->n && hit[k].weight == hit[i].weight; k++)
			;
		if (k == hits->n && more)
			*whole = false;
		else if (k - i > 1 && k > first)
			st = order_ties(r, hit + i, k - i, err);
	}
	return st;
}

/* ---- by the weights of the words alone ---- */

size_t
top_again(const struct ranker *r, size_t n)
{
	return !rerank_applies(r->plan) ? 0 : n < RANKING_TOP ? n : RANKING_TOP;
}

size_t
top_aged(const struct ranker *r, size_t n)
{
	return !r->opt->recent ? 0 : n < RANKING_RECENT_TOP ? n : RANKING_RECENT_TOP;
}

/* Finds the WANT best hits, and puts the hits from FIRST to END into order. To break ties by date, Xapian would have to
 * read a key of every matching article. So ties are ordered here, and by Xapian only when one reaches past the last hit. */
static enum status
run(const struct ranker *r, size_t first, size_t end, uint32_t want, bool more, struct xap_hits *hits, struct error *err)
{
	enum status st = r->ask->find(r->index, r->plan, RANKER_BEST, want, hits, err);
	bool whole;

	if (st == ST_OK)
		st = settle_ties(r, first, end, hits, hits->n == want && more, &whole, err);
	if (st != ST_OK || whole)
		return st;
	return r->ask->find(r->index, r->plan, RANKER_BEST_NEWEST, want, hits, err);
}

/* Copies the hits of OUT, which live in the index's memory, into the arena. */
static enum status
keep(const struct ranker *r, struct xap_hits *out, struct error *err)
{
	struct xap_hit *copy = arena_alloc(r->arena, (out->n + 1) * sizeof(*copy));

	if (copy == NULL)
		return error_nomem(err);
	if (out->n > 0)
		memcpy(copy, out->hit, out->n * sizeof(*copy));
	out->hit = copy;
	return ST_OK;
}

enum status
top_first(const struct ranker *r, uint32_t first, uint32_t end, struct xap_hits *out, struct error *err)
{
	size_t again = top_again(r, SIZE_MAX), aged = top_aged(r, SIZE_MAX), looked_at = again > aged ? again : aged;
	uint32_t articles, want, ordered = first;
	enum status st = r->ask->count(r->index, &articles, err);

	*out = (struct xap_hits){ NULL, 0, 0, 0, 0 };
	/* Hits that are reranked or weighed by age get their order afterwards: here only their set matters. So ties are
	 * ordered from the end of the reranked hits on. */
	if (looked_at > first) {
		ordered = again > 0 && again < looked_at ? (uint32_t)again : (uint32_t)looked_at;
		end = end < looked_at ? (uint32_t)looked_at : end;
	}
	want = end < articles && articles - end > TIES_BEYOND ? end + TIES_BEYOND : articles;
	if (st == ST_OK)
		st = run(r, ordered, end, want, want < articles, out, err);
	if (st != ST_OK)
		return st;
	out->n = out->n < end ? out->n : end;
	return keep(r, out, err);
}

/* ---- with reranking and age ---- */

static int
by_weight(const void *a, const void *b)
{
	const struct xap_hit *x = a, *y = b;

	return x->weight != y->weight ? (x->weight < y->weight ? 1 : -1) : x->docid < y->docid ? -1 : x->docid > y->docid;
}

void
top_sort(struct xap_hit *hit, size_t n)
{
	sort(hit, n, sizeof(*hit), by_weight);
}

static enum status
look_again(const struct ranker *r, struct xap_hits *top, struct error *err)
{
	size_t n = top_again(r, top->n);
	enum status st = rerank_add(r, top->hit, n, err);

	top_sort(top->hit, n);
	return st;
}

static enum status
count_age(const struct ranker *r, struct xap_hits *top, struct error *err)
{
	size_t n = top_aged(r, top->n), i;
	struct recency recency;
	enum status st = ST_OK;
	double adds;

	recency_init(&recency, r);
	for (i = 0; i < n && st == ST_OK; i++) {
		st = deadline_check(&r->opt->deadline, err);
		if (st == ST_OK)
			st = recency_of(&recency, r, &top->hit[i], &adds, err);
		if (st == ST_OK)
			top->hit[i].weight += adds;
	}
	top_sort(top->hit, n);
	return st;
}

static enum status
by_score(const struct ranker *r, uint32_t first, uint32_t end, struct xap_hits *out, struct error *err)
{
	enum status st = top_first(r, first, end, out, err);
	size_t again = top_again(r, out->n), aged = top_aged(r, out->n), n = aged > again ? aged : again;
	bool whole;

	if (st != ST_OK || first >= n)
		return st;
	if (again > 0)
		st = look_again(r, out, err);
	if (st == ST_OK && aged > 0)
		st = count_age(r, out, err);
	return st == ST_OK ? settle_ties(r, first, end, out, false, &whole, err) : st;
}

/* ---- in the wanted order ---- */

enum status
top_run(const struct ranker *r, uint32_t first, uint32_t end, struct xap_hits *out, struct error *err)
{
	enum status st;

	if (r->plan->ranked && r->opt->sort == SORT_RELEVANCE && end > 0)
		return by_score(r, first, end, out, err);
	/* A query that ranks shows scores in an order by date, too; find gives them. */
	st = r->ask->find(r->index, r->plan, r->opt->sort == SORT_DATE ? RANKER_OLDEST : RANKER_NEWEST, end, out, err);
	return st == ST_OK ? keep(r, out, err) : st;
}
