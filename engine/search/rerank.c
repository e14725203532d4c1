/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/search/rerank.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "engine/plan/ranking.h"
#include "engine/search/feedback.h"
#include "engine/store/schema.h"

bool
rerank_applies(const struct plan *plan)
{
	return plan->npairs > 0 || plan->nwords >= RANKING_FEEDBACK_FROM;
}

/* ---- parts ---- */

static void
add_pairs(struct rerank *k, const struct plan *plan)
{
	for (; k->n < plan->npairs; k->n++)
		k->parts[k->n] = (struct ranker_part){ .pair = plan->pairs[k->n].query, .factor = RANKING_PAIR_WEIGHT,
						       .label = plan->pairs[k->n].label };
}

static enum status
add_feedback(struct rerank *k, const struct ranker *r, const struct xap_hit *hit, size_t n, struct error *err)
{
	const struct feedback_word *words;
	size_t nwords;
	enum status st = feedback_words(r, hit, n < RANKING_FEEDBACK_ARTICLES ? n : RANKING_FEEDBACK_ARTICLES,
					&words, &nwords, err);

	for (; st == ST_OK && k->n < nwords; k->n++)
		k->parts[k->n] = (struct ranker_part){ .term = words[k->n].term, .len = words[k->n].len,
						       .factor = RANKING_FEEDBACK_WEIGHT * words[k->n].weight,
						       .label = words[k->n].term + strlen(PREFIX_STEM) };
	return st;
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

enum status
rerank_init(struct rerank *k, const struct ranker *r, enum rerank_kind kind, const struct xap_hit *hit, size_t n,
	    struct error *err)
{
	const struct plan *plan = r->plan;
	size_t most = kind == RERANK_PAIRS ? plan->npairs :
		plan->nwords >= RANKING_FEEDBACK_FROM ? RANKING_FEEDBACK_WORDS : 0, i;

	*k = (struct rerank){ NULL, 0, NULL, 0 };
	/* A single article cannot change its rank. */
	if (n < 2 || most == 0)
		return ST_OK;
	k->parts = arena_alloc(r->arena, most * sizeof(*k->parts));
	k->docid = arena_alloc(r->arena, n * sizeof(*k->docid));
	if (k->parts == NULL || k->docid == NULL)
		return error_nomem(err);
	for (i = 0; i < n; i++)
		k->docid[i] = hit[i].docid;
	k->ndocids = n;
	sort(k->docid, n, sizeof(*k->docid), by_number);
	if (kind == RERANK_FEEDBACK)
		return add_feedback(k, r, hit, n, err);
	add_pairs(k, plan);
	return ST_OK;
}

/* ---- weights ---- */

enum status
rerank_add(const struct rerank *k, const struct ranker *r, struct xap_hit *hit, struct error *err)
{
	double *more;
	enum status st;
	size_t i;

	if (k->n == 0)
		return ST_OK;
	more = arena_alloc(r->arena, k->ndocids * sizeof(*more));
	if (more == NULL)
		return error_nomem(err);
	st = r->ask->weigh(r->index, k->parts, k->n, k->docid, k->ndocids, more, err);
	for (i = 0; i < k->ndocids && st == ST_OK; i++) {
		const uint32_t *at = bsearch(&hit[i].docid, k->docid, k->ndocids, sizeof(*k->docid), by_number);

		if (at != NULL)
			hit[i].weight += more[at - k->docid];
	}
	return st;
}
