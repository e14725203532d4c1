/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which of a place's many terms each article has: from their lists of articles, all at once, so that
 * no article's own list of terms has to be read.
 */
#include <stdlib.h>

#include "base/sort.h"
#include "engine/proximity/near_work.h"
#include "engine/xapian/deadline.h"

#define WORTH_IT 4        /* so many articles for each term */
#define LOOK_POSTINGS 65536

/* The articles from the one at hand on that have term NUMBER: their places among the candidates, to *V from *N on. */
static enum status
list_term(struct near_work *w, const struct near_term *t, uint32_t number, struct near_has **v, size_t *n, size_t *cap)
{
	struct xap_postings *postings = NULL;
	struct near_has *more;
	size_t at = w->at, count = 0;
	uint32_t docid, wdf;
	enum status st = xap_postings_open(&postings, w->db, t->text, t->len, w->err);

	while (st == ST_OK && at < w->ncandidates) {
		st = xap_postings_next(postings, &docid, &wdf, w->err);
		if (st == ST_OK && ++count % LOOK_POSTINGS == 0)
			st = deadline_check(w->deadline, w->err);
		if (st != ST_OK || docid == 0)
			break;
		while (at < w->ncandidates && w->candidate[at] < docid)
			at++;
		if (at == w->ncandidates || w->candidate[at] != docid)
			continue;
		if (*n == *cap) {
			*cap = *cap ? *cap * 2 : 1024;
			more = realloc(*v, *cap * sizeof(*more));
			if (more == NULL) {
				st = near_no_memory(w);
				break;
			}
			*v = more;
		}
		(*v)[(*n)++] = (struct near_has){ (uint32_t)at, number };
	}
	xap_postings_free(postings);
	return st;
}

static int
by_article(const void *a, const void *b)
{
	const struct near_has *x = a, *y = b;

	if (x->candidate != y->candidate)
		return x->candidate < y->candidate ? -1 : 1;
	return x->term < y->term ? -1 : x->term > y->term;
}

static enum status
make(struct near_work *w, const struct near_place *p, struct near_present *out)
{
	size_t cap = 0, i;
	enum status st = ST_OK;

	*out = (struct near_present){ .place = p };
	for (i = 0; i < p->nterms && st == ST_OK; i++)
		st = list_term(w, &p->terms[i], (uint32_t)i, &out->has, &out->n, &cap);
	sort(out->has, out->n, sizeof(*out->has), by_article);
	return st;
}

enum status
near_present(struct near_work *w, const struct near_place *p, const struct near_has **has, size_t *n)
{
	struct near_present *found = NULL;
	size_t i;
	enum status st = ST_OK;

	*has = NULL;
	*n = 0;
	for (i = 0; i < w->npresent; i++)
		if (w->present[i].place == p)
			found = &w->present[i];
	if (found == NULL) {
		if (w->npresent == NEAR_PRESENT_MAX || w->ncandidates - w->at < WORTH_IT * p->nterms)
			return ST_OK;
		found = &w->present[w->npresent++];
		st = make(w, p, found);
	}
	while (found->at < found->n && found->has[found->at].candidate < w->at)
		found->at++;
	for (i = found->at; i < found->n && found->has[i].candidate == w->at; i++)
		;
	/* None of them: an empty list, but a list. */
	*has = found->n > 0 ? found->has + found->at : &w->has_none;
	*n = i - found->at;
	return st;
}
