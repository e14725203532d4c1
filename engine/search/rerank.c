/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/search/rerank.h"

#include <stdlib.h>

#include "base/sort.h"

bool
rerank_applies(const struct plan *plan)
{
	return plan->npairs > 0;
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

enum status
rerank_add(const struct ranker *r, struct xap_hit *hit, size_t n, struct error *err)
{
	const struct plan *plan = r->plan;
	uint32_t *docid;
	double *more;
	enum status st;
	size_t i;

	/* A single article cannot change its rank. */
	if (n < 2 || plan->npairs == 0)
		return ST_OK;
	docid = arena_alloc(r->arena, n * sizeof(*docid));
	more = arena_alloc(r->arena, n * sizeof(*more));
	if (docid == NULL || more == NULL)
		return error_nomem(err);
	for (i = 0; i < n; i++)
		docid[i] = hit[i].docid;
	sort(docid, n, sizeof(*docid), by_number);
	st = r->ask->weigh(r->index, plan->pairs, plan->npairs, docid, n, more, err);
	for (i = 0; i < n && st == ST_OK; i++) {
		const uint32_t *at = bsearch(&hit[i].docid, docid, n, sizeof(*docid), by_number);

		if (at != NULL)
			hit[i].weight += more[at - docid];
	}
	return st;
}
