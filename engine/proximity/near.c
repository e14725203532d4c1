/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/proximity/near.h"

#include <stdlib.h>

#include "base/sort.h"
#include "engine/proximity/near_work.h"
#include "engine/xapian/deadline.h"

#define LOOK_STEPS 65536      /* steps of a search within one article between two looks at the clock */

enum status
near_no_memory(struct near_work *w)
{
	return error_set(w->err, ST_NOMEM, "no memory for positions");
}

/* ---- distances ---- */

static bool
overlaps(const struct near_work *w, size_t nchosen, struct near_stretch s)
{
	size_t i;

	for (i = 0; i < nchosen; i++)
		if (s.first <= w->chosen[i].last && s.last >= w->chosen[i].first)
			return true;
	return false;
}

/* Between which positions operand I may begin, after what was chosen before it. */
static struct near_stretch
reach_of(const struct near_work *w, size_t i, struct near_stretch so_far)
{
	const struct near_step *step = &w->chain->step[i - 1];
	uint32_t reach = step->distance + w->operand[i].widest - 1;

	if (step->same != NEAR_SAME_NOT)
		return near_limits_of(w, step->same, so_far.first);
	return (struct near_stretch){
		step->ordered ? so_far.last + 1 : so_far.first > reach ? so_far.first - reach : 0,
		so_far.last + step->distance
	};
}

/* Whether operand I may be C, which begins WITHIN its reach. */
static bool
may_join(const struct near_work *w, size_t i, struct near_stretch so_far, struct near_stretch within, struct near_stretch c)
{
	const struct near_step *step = &w->chain->step[i - 1];

	if (c.first < w->scope.first || c.last > w->scope.last)
		return false;
	if (step->same != NEAR_SAME_NOT)
		return c.last <= within.last && so_far.last <= within.last;
	return c.last >= so_far.first || so_far.first - c.last <= step->distance;
}

/* Whether operands from I on can be placed around what was chosen, which
 * reaches from SO_FAR's first to its last position. */
static bool
place_rest(struct near_work *w, size_t i, struct near_stretch so_far)
{
	const struct near_stretches *s;
	struct near_stretch within;
	size_t k;

	if (i == w->chain->noperands || w->st != ST_OK)
		return w->st == ST_OK;
	s = &w->operand[i];
	within = reach_of(w, i, so_far);
	for (k = near_at_or_behind(s, within.first); k < s->n && s->v[k].first <= within.last; k++) {
		struct near_stretch c = s->v[k];

		if (++w->steps % LOOK_STEPS == 0 && (w->st = deadline_check(w->deadline, w->err)) != ST_OK)
			return false;
		if (!may_join(w, i, so_far, within, c) || overlaps(w, i, c))
			continue;
		w->chosen[i] = c;
		if (place_rest(w, i + 1, (struct near_stretch){ c.first < so_far.first ? c.first : so_far.first,
							   c.last > so_far.last ? c.last : so_far.last }))
			return true;
	}
	return false;
}

static enum status
match_one(struct near_work *w, uint32_t docid, bool *match)
{
	const struct near_stretches *s = &w->operand[0];
	bool any;
	enum status st;
	size_t i;

	*match = false;
	st = near_read_scope(w, docid, &any);
	if (st != ST_OK || !any)
		return st;
	for (i = 0; i < w->chain->noperands; i++) {
		st = near_read_operand(w, docid, &w->chain->operand[i], &w->operand[i]);
		if (st == ST_OK)
			near_keep_inside(w, &w->operand[i]);
		if (st != ST_OK || w->operand[i].n == 0)
			return st;
	}
	w->st = near_read_limits(w, docid);
	for (i = 0; i < s->n && s->n >= w->chain->times && !*match && w->st == ST_OK; i++) {
		w->chosen[0] = s->v[i];
		w->scope = near_scope_of(w, s->v[i]);
		*match = place_rest(w, 1, s->v[i]);
	}
	return w->st;
}

/* ---- candidates ---- */

/* The candidates' numbers, ascending. */
static enum status
list_candidates(struct near_work *w, uint32_t **docids, size_t *n)
{
	struct xap_query *q = NULL;
	struct xap_enquire *enquire = NULL;
	struct xap_hits hits;
	uint32_t articles;
	size_t i;
	enum status st = near_candidates(&q, w->chain, w->err);

	*docids = NULL;
	*n = 0;
	if (st == ST_OK)
		st = xap_query_clock_take(&q, q, w->deadline, w->err);
	if (st == ST_OK)
		st = xap_db_count(w->db, &articles, w->err);
	if (st == ST_OK)
		st = xap_enquire_new(&enquire, w->db, w->err);
	if (st == ST_OK)
		st = xap_enquire_set_query(enquire, q, w->err);
	if (st == ST_OK)
		st = xap_enquire_set_boolean(enquire, w->err);
	if (st == ST_OK)
		st = xap_enquire_run(enquire, 0, articles, 0, &hits, w->err);
	if (st == ST_OK) {
		*docids = malloc((hits.n + 1) * sizeof(**docids));
		if (*docids == NULL)
			st = near_no_memory(w);
	}
	if (st == ST_OK) {
		for (i = 0; i < hits.n; i++)
			(*docids)[i] = hits.hit[i].docid;
		*n = hits.n;
		sort(*docids, *n, sizeof(**docids), near_by_number);
	}
	xap_enquire_free(enquire);
	xap_query_free(q);
	return st;
}

static void
free_work(struct near_work *w)
{
	size_t i;

	free(w->one.v);
	free(w->parts[0].v);
	free(w->parts[1].v);
	free(w->all.v);
	free(w->item.v);
	free(w->next.v);
	free(w->begin.v);
	free(w->end.v);
	free(w->name.v);
	free(w->region.v);
	free(w->inside.v);
	free(w->outside.v);
	free(w->limits[0].v);
	free(w->limits[1].v);
	for (i = 0; i < w->npresent; i++)
		free(w->present[i].has);
	for (i = 0; i < NEAR_OPERANDS_MAX; i++)
		free(w->operand[i].v);
	free(w);
}

enum status
near_ranges(struct xap_db *db, uint32_t docid, const struct near_region *regions, size_t nregions,
	    struct near_stretch **v, size_t *cap, size_t *n, struct error *err)
{
	const struct near_chain chain = { .regions = regions, .nregions = nregions };
	struct near_work *w = calloc(1, sizeof(*w));
	struct near_stretches to = { *v, *cap, 0, 0 };
	bool any;
	enum status st;

	*n = 0;
	if (w == NULL)
		return error_set(err, ST_NOMEM, "no memory for positions");
	w->db = db;
	w->chain = &chain;
	w->err = err;
	st = near_read_scope(w, docid, &any);
	if (st == ST_OK && any)
		st = near_list_scope(w, &to);
	*v = to.v;
	*cap = to.cap;
	*n = to.n;
	free_work(w);
	return st;
}

enum status
near_find(struct xap_db *db, const struct near_chain *chain, const struct xap_deadline *deadline,
	  uint32_t **docids, size_t *n, struct error *err)
{
	struct near_work *w = calloc(1, sizeof(*w));
	size_t i, candidates = 0;
	enum status st;

	*docids = NULL;
	*n = 0;
	if (w == NULL)
		return error_set(err, ST_NOMEM, "no memory for positions");
	w->db = db;
	w->chain = chain;
	w->deadline = deadline;
	w->err = err;
	st = list_candidates(w, docids, &candidates);
	w->candidate = *docids;
	w->ncandidates = candidates;
	for (i = 0; i < candidates && st == ST_OK; i++) {
		bool match = false;

		w->at = i;
		st = deadline_check(deadline, err);
		if (st == ST_OK)
			st = match_one(w, (*docids)[i], &match);
		if (match)
			(*docids)[(*n)++] = (*docids)[i];
	}
	free_work(w);
	if (st != ST_OK) {
		free(*docids);
		*docids = NULL;
		*n = 0;
	}
	return st;
}
