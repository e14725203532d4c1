/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/search/top.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "engine/plan/ranking.h"
#include "engine/search/recency.h"
#include "engine/store/schema.h"
#include "engine/xapian/deadline.h"

#define TIES_BEYOND 20   /* hits looked at beyond what is asked for: most ties that reach past it end there */

static enum status
no_memory(struct error *err)
{
	return error_set(err, ST_NOMEM, "no memory for the best articles");
}

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
order_ties(struct searcher *s, const struct search_options *opt, struct xap_hit *hit, size_t n, struct error *err)
{
	struct tied *tied = arena_alloc(&s->arena, n * sizeof(*tied));
	enum status st;
	size_t i;

	if (tied == NULL)
		return no_memory(err);
	for (i = 0; i < n; i++) {
		buf_clear(&s->value);
		st = deadline_check(&opt->deadline, err);
		if (st == ST_OK)
			st = xap_db_value(s->store->db, hit[i].docid, SLOT_NEWEST, &s->value, err);
		if (st != ST_OK)
			return st;
		tied[i] = (struct tied){ hit[i], arena_string(&s->arena, buf_str(&s->value), s->value.len),
			s->value.len };
		if (tied[i].key == NULL)
			return no_memory(err);
	}
	sort(tied, n, sizeof(*tied), by_key);
	for (i = 0; i < n; i++)
		hit[i] = tied[i].hit;
	return ST_OK;
}

/* Orders the ties among the N best hits that touch those from FIRST to END. False in *WHOLE: one of
 * them reaches the Nth and MORE hits follow, so that its order cannot be known from these. */
static enum status
settle_ties(struct searcher *s, const struct search_options *opt, size_t first, size_t end, struct xap_hit *hit, size_t n,
	    bool more, bool *whole, struct error *err)
{
	size_t i, k;
	enum status st = ST_OK;

	*whole = true;
	for (i = 0; i < end && i < n && st == ST_OK; i = k) {
		for (k = i + 1; k < n && hit[k].weight == hit[i].weight; k++)
			;
		if (k == n && more)
			*whole = false;
		else if (k - i > 1 && k > first)
			st = order_ties(s, opt, hit + i, k - i, err);
	}
	return st;
}

/* ---- by the words alone ---- */

size_t
top_again(const struct plan *plan, size_t n)
{
	return !rerank_applies(plan) ? 0 : n < RANKING_TOP ? n : RANKING_TOP;
}

size_t
top_aged(const struct search_options *opt, size_t n)
{
	return !opt->recent ? 0 : n < RANKING_RECENT_TOP ? n : RANKING_RECENT_TOP;
}

/* The END best. How many articles satisfy conditions is not known unless they are looked at. */
static enum status
find(struct searcher *s, const struct plan *plan, uint32_t end, struct xap_hits *hits, struct error *err)
{
	return xap_enquire_run(s->enquire, 0, end, plan->conditions != NULL ? RANKING_EXACT_TOTAL + 1 : 0, hits, err);
}

/* The best of END and some more, of which those from FIRST to END are to be in order. Xapian breaks ties by document
 * number unless it looks at a value of every article that matches; so the order among equals is made here, and asked
 * of Xapian only when a tie reaches past them. */
static enum status
run(struct searcher *s, const struct plan *plan, const struct search_options *opt, uint32_t first, uint32_t end,
    struct xap_hits *hits, struct error *err)
{
	uint32_t articles, want = 0;
	enum status st = xap_db_count(s->store->db, &articles, err);
	bool whole;

	if (st == ST_OK)
		st = xap_enquire_set_sort(s->enquire, XAP_SORT_RELEVANCE, 0, false, err);
	if (st == ST_OK) {
		want = end < articles && articles - end > TIES_BEYOND ? end + TIES_BEYOND : articles;
		st = find(s, plan, want, hits, err);
	}
	if (st == ST_OK)
		st = settle_ties(s, opt, first, end, hits->hit, hits->n, hits->n == want && want < articles, &whole, err);
	if (st != ST_OK || whole)
		return st;
	st = xap_enquire_set_sort(s->enquire, XAP_SORT_RELEVANCE_VALUE, SLOT_NEWEST, false, err);
	return st == ST_OK ? find(s, plan, want, hits, err) : st;
}

/* Moves the hits of OUT, which are the enquire's, into the arena. */
static enum status
keep(struct searcher *s, struct xap_hits *out, struct error *err)
{
	struct xap_hit *copy = arena_alloc(&s->arena, (out->n + 1) * sizeof(*copy));

	if (copy == NULL)
		return no_memory(err);
	if (out->n > 0)
		memcpy(copy, out->hit, out->n * sizeof(*copy));
	out->hit = copy;
	return ST_OK;
}

enum status
top_first(struct searcher *s, const struct plan *plan, const struct search_options *opt, uint32_t first, uint32_t end,
	  struct xap_hits *out, struct error *err)
{
	size_t again = top_again(plan, SIZE_MAX), aged = top_aged(opt, SIZE_MAX), looked_at = again > aged ? again : aged;
	uint32_t ordered = first;
	enum status st;

	*out = (struct xap_hits){ NULL, 0, 0, 0, 0 };
	/* Behind them one needs to know no more of them than that they are before it. What is looked at
	 * is put into order then: here it counts only which articles these are. */
	if (looked_at > first) {
		ordered = again > 0 && again < looked_at ? (uint32_t)again : (uint32_t)looked_at;
		end = end < looked_at ? (uint32_t)looked_at : end;
	}
	st = xap_enquire_set_query(s->enquire, plan->query, err);
	if (st == ST_OK)
		st = xap_enquire_set_bm25(s->enquire, &RANKING_BM25, err);
	if (st == ST_OK)
		st = run(s, plan, opt, ordered, end, out, err);
	if (st != ST_OK)
		return st;
	out->n = out->n < end ? out->n : end;
	return keep(s, out, err);
}

/* ---- by all that counts ---- */

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
look_again(struct searcher *s, const struct plan *plan, struct xap_hits *top, struct error *err)
{
	size_t n = top_again(plan, top->n);
	enum status st = ST_OK;
	unsigned kind;

	for (kind = 0; kind < RERANK_KINDS && st == ST_OK; kind++) {
		struct rerank rerank;

		st = rerank_init(&rerank, s, plan, kind, top->hit, n, err);
		if (st != ST_OK || rerank.n == 0)
			continue;
		st = rerank_add(&rerank, s, top->hit, n, err);
		rerank_fini(&rerank);
		top_sort(top->hit, n);
	}
	return st;
}

static enum status
count_age(struct searcher *s, const struct search_options *opt, struct xap_hits *top, struct error *err)
{
	size_t n = top_aged(opt, top->n), i;
	struct recency recency;
	enum status st = ST_OK;
	double adds;

	recency_init(&recency, &s->store->manifest, opt);
	for (i = 0; i < n && st == ST_OK; i++) {
		st = deadline_check(&opt->deadline, err);
		if (st == ST_OK)
			st = recency_of(&recency, s, &top->hit[i], &adds, err);
		if (st == ST_OK)
			top->hit[i].weight += adds;
	}
	top_sort(top->hit, n);
	return st;
}

/* Where PLAN ranks the scores are found as well: they are shown. */
static enum status
by_date(struct searcher *s, const struct plan *plan, const struct search_options *opt, uint32_t end,
	struct xap_hits *out, struct error *err)
{
	unsigned slot = opt->sort == SORT_DATE ? SLOT_OLDEST : SLOT_NEWEST;
	enum status st = xap_enquire_set_query(s->enquire, plan->query, err);

	if (st == ST_OK)
		st = plan->ranked ? xap_enquire_set_bm25(s->enquire, &RANKING_BM25, err) :
			xap_enquire_set_boolean(s->enquire, err);
	if (st == ST_OK)
		st = xap_enquire_set_sort(s->enquire, XAP_SORT_VALUE, slot, false, err);
	if (st == ST_OK)
		st = find(s, plan, end, out, err);
	return st == ST_OK ? keep(s, out, err) : st;
}

/* ---- the order that is asked for ---- */

static enum status
by_score(struct searcher *s, const struct plan *plan, const struct search_options *opt, uint32_t first, uint32_t end,
	 struct xap_hits *out, struct error *err)
{
	enum status st = top_first(s, plan, opt, first, end, out, err);
	size_t again = top_again(plan, out->n), aged = top_aged(opt, out->n), n = aged > again ? aged : again;
	bool whole;

	if (st != ST_OK || first >= n)
		return st;
	if (again > 0)
		st = look_again(s, plan, out, err);
	if (st == ST_OK && aged > 0)
		st = count_age(s, opt, out, err);
	return st == ST_OK ? settle_ties(s, opt, first, end, out->hit, n, false, &whole, err) : st;
}

enum status
top_run(struct searcher *s, const struct plan *plan, const struct search_options *opt, uint32_t first, uint32_t end,
	struct xap_hits *out, struct error *err)
{
	bool ranked = plan->ranked && opt->sort == SORT_RELEVANCE && end > 0;

	return ranked ? by_score(s, plan, opt, first, end, out, err) : by_date(s, plan, opt, end, out, err);
}
