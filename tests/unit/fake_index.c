/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/fake_index.h"

#include <stdio.h>
#include <string.h>

#include "engine/plan/ranking.h"

void
fake_keys(struct fake_article *a, const char *digits, const char *id)
{
	size_t i;

	snprintf(a->oldest, sizeof(a->oldest), "%s%s", digits[0] != '\0' ? digits : "~", id);
	snprintf(a->newest, sizeof(a->newest), "%s%s", digits[0] != '\0' ? digits : "~", id);
	for (i = 0; digits[i] != '\0'; i++)
		a->newest[i] = (char)('0' + '9' - digits[i]);
}

static const struct fake_article *
article(const struct fake_index *f, uint32_t docid)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (f->article[i].docid == docid)
			return &f->article[i];
	return NULL;
}

const struct xap_query *
fake_query(const struct fake_pair *pair)
{
	return (const struct xap_query *)pair;
}

static enum status
count(void *index, uint32_t *articles, struct error *err)
{
	const struct fake_index *f = index;

	(void)err;
	*articles = f->count;
	return ST_OK;
}

/* Whether A stands before B in ORDER. */
static bool
before(const struct fake_article *a, const struct fake_article *b, enum ranker_order order)
{
	int newest = strcmp(a->newest, b->newest), oldest = strcmp(a->oldest, b->oldest);

	if ((order == RANKER_BEST || order == RANKER_BEST_NEWEST) && a->weight != b->weight)
		return a->weight > b->weight;
	if (order == RANKER_BEST)
		return a->docid < b->docid;
	return (order == RANKER_OLDEST ? oldest : newest) < 0;
}

static enum status
find(void *index, const struct plan *plan, enum ranker_order order, uint32_t want, struct xap_hits *out, struct error *err)
{
	struct fake_index *f = index;
	size_t i, k, matches = 0;

	(void)plan;
	(void)err;
	f->finds++;
	for (i = 0; i < f->n; i++) {
		size_t at = 0;

		if (f->article[i].weight <= 0)
			continue;
		matches++;
		for (k = 0; k < f->n; k++)
			at += k != i && f->article[k].weight > 0 && before(&f->article[k], &f->article[i], order);
		if (at < want && at < FAKE_HITS_MAX)
			f->hits[at] = (struct xap_hit){ f->article[i].docid, f->article[i].weight };
	}
	*out = (struct xap_hits){ f->hits, matches < want ? matches : want, (uint32_t)matches, (uint32_t)matches, (uint32_t)matches };
	return ST_OK;
}

static enum status
weigh(void *index, const struct plan_pair *pair, size_t n, const uint32_t *docid, size_t ndocids, double *weight,
      struct error *err)
{
	struct fake_index *f = index;
	const uint32_t *one;
	size_t i, k;

	(void)err;
	f->weighs++;
	for (k = 0; k < ndocids; k++) {
		weight[k] = 0;
		for (i = 0; i < n; i++) {
			const struct fake_pair *p = (const void *)pair[i].query;

			for (one = p->docid; *one != 0; one++)
				if (*one == docid[k])
					weight[k] += RANKING_PAIR_WEIGHT * p->weight;
		}
	}
	return ST_OK;
}

static enum status
key(void *index, uint32_t docid, enum ranker_key which, const char **text, size_t *len, struct error *err)
{
	const struct fake_article *a = article(index, docid);

	(void)err;
	*text = which == RANKER_KEY_OLDEST ? a->oldest : a->newest;
	*len = strlen(*text);
	return ST_OK;
}

struct ranker
fake_ranker(struct fake_index *f, const struct plan *plan, const struct search_options *opt, struct arena *arena)
{
	static const struct ranker_index ask = { count, find, weigh, key };

	return (struct ranker){ &ask, f, "", plan, opt, arena };
}
