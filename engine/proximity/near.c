/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/proximity/near.h"

#include <stdlib.h>

#include "base/bisect.h"
#include "base/grow.h"
#include "engine/proximity/near_work.h"
#include "engine/xapian/deadline.h"

#define LOOK_STEPS 65536      /* steps of a search within one article between two looks at the clock */

/* ---- distances ---- */

static bool
overlap(struct near_stretch a, struct near_stretch b)
{
	return a.first <= b.last && a.last >= b.first;
}

/* The positions between which the operand before C, of WIDEST positions at most, may begin. */
static struct near_stretch
reach_of(const struct near_step *step, struct near_stretch c, uint32_t widest)
{
	const uint32_t reach = step->distance + widest - 1;

	return (struct near_stretch){ c.first > reach ? c.first - reach : 0,
				      step->ordered ? c.first : c.last + step->distance };
}

/* Whether A, the operand before C, stands as STEP says. */
static bool
follows(const struct near_step *step, struct near_stretch a, struct near_stretch c)
{
	if (overlap(a, c) || (step->ordered && a.first > c.last))
		return false;
	return step->same != NEAR_SAME_NOT || (a.last < c.first ? c.first - a.last : a.first - c.last) <= step->distance;
}

/* ---- chains ---- */

struct bound { const struct near_reached *v; uint64_t pos; };

static bool
begins_before(const void *arg, size_t i)
{
	const struct bound *b = arg;

	return b->v[i].at.first < b->pos;
}

/* Whether the chain that ends at R can go on with C, which has to stand WITHIN the same positions. */
static bool
goes_on(struct near_matcher *m, const struct near_step *step, const struct near_reached *r, struct near_stretch within,
	struct near_stretch c)
{
	m->steps++;
	return r->at.first >= within.first && r->at.last <= within.last && follows(step, r->at, c) &&
	       !(overlap(r->low, c) && overlap(r->high, c));
}

/* Whether the chain, of which M holds the ends, can go on with C: then *OUT is its new end. */
static bool
reach(struct near_matcher *m, const struct near_step *step, struct near_stretch c, struct near_reached *out)
{
	struct near_work *w = m->work;
	const struct near_reached *v = w->reached.v;
	struct near_stretch within = near_scope_of(m, c), at = reach_of(step, c, w->reached.widest);
	size_t i, k, end;

	if (step->same != NEAR_SAME_NOT) {
		at = near_scope_limits_of(m, step->same, c.first);
		within.first = within.first > at.first ? within.first : at.first;
		within.last = within.last < at.last ? within.last : at.last;
	}
	if (c.last > within.last)
		return false;
	i = bisect(0, w->reached.n, begins_before, &(struct bound){ v, at.first });
	end = bisect(i, w->reached.n, begins_before, &(struct bound){ v, (uint64_t)at.last + 1 });
	while (i < end && !goes_on(m, step, &v[i], within, c))
		i++;
	if (i == end)
		return false;
	*out = (struct near_reached){ c, v[i].at, v[i].at };
	for (k = i + 1; k < end && v[k].at.first < out->low.last; k++)
		if (v[k].at.last < out->low.last && goes_on(m, step, &v[k], within, c))
			out->low = v[k].at;
	for (k = end - 1; k > i && !goes_on(m, step, &v[k], within, c); k--)
		;
	out->high = v[k].at;
	return true;
}

static enum status
add_reached(struct near_matcher *m, struct near_reaches *to, const struct near_reached *r)
{
	struct near_reached *v = grow(to->v, &to->cap, to->n, sizeof(*v));

	if (v == NULL)
		return error_nomem(m->err);
	to->v = v;
	v[to->n++] = *r;
	return ST_OK;
}

/* Moves the ends of the chain from operand I - 1 to operand I, whose stretches M holds. */
static enum status
extend(struct near_matcher *m, size_t i)
{
	struct near_work *w = m->work;
	const struct near_stretches *s = &w->operand;
	const bool last = i + 1 == m->chain.noperands;
	struct near_reached r = { { 0, 0 }, NEAR_NOWHERE, NEAR_NOWHERE };
	struct near_reaches swap = w->reached;
	enum status st = ST_OK;
	size_t k;

	w->further.n = 0;
	w->further.widest = s->widest;
	/* One end of the whole chain is enough. */
	for (k = 0; k < s->n && st == ST_OK && !(last && w->further.n > 0); k++) {
		r.at = s->v[k];
		if (i == 0 || reach(m, &m->chain.step[i - 1], s->v[k], &r))
			st = add_reached(m, &w->further, &r);
		if (st == ST_OK && ++m->steps >= LOOK_STEPS) {
			m->steps = 0;
			st = deadline_check(m->deadline, m->err);
		}
	}
	w->reached = w->further;
	w->further = swap;
	return st;
}

/* Whether the chain is found in article DOCID, by its position lists. From operand to operand the stretches are found
 * at which the chain can end there: steps grow with the number of stretches, not with the ways to choose among them. */
static enum status
find(struct near_matcher *m, uint32_t docid, bool *match)
{
	struct near_work *w = m->work;
	bool any;
	enum status st = near_scope_read(m, docid, &any);
	size_t i;

	if (st == ST_OK && any)
		st = near_scope_read_limits(m, docid);
	for (i = 0; i < m->chain.noperands && any && st == ST_OK; i++) {
		st = near_read_operand(m, docid, &m->chain.operand[i], &w->operand);
		if (st != ST_OK)
			return st;
		near_scope_keep_inside(m, &w->operand);
		if (w->operand.n < m->chain.times)
			return ST_OK;
		st = extend(m, i);
		any = w->reached.n > 0;
	}
	*match = st == ST_OK && any;
	return st;
}

/* ---- matchers ---- */

enum status
near_work_new(struct near_work **out, struct error *err)
{
	*out = calloc(1, sizeof(**out));
	return *out != NULL ? ST_OK : error_nomem(err);
}

void
near_work_free(struct near_work *w)
{
	if (w == NULL)
		return;
	free(w->one.v);
	free(w->parts[0].v);
	free(w->parts[1].v);
	free(w->all.v);
	free(w->item.v);
	free(w->next.v);
	free(w->operand.v);
	free(w->reached.v);
	free(w->further.v);
	free(w->begin.v);
	free(w->end.v);
	free(w->name.v);
	free(w->region.v);
	free(w->inside.v);
	free(w->outside.v);
	free(w->limits[0].v);
	free(w->limits[1].v);
	free(w);
}

enum status
near_matcher_new(struct near_matcher **out, struct xap_db *db, const struct near_chain *chain, struct near_work *work,
		 const struct xap_deadline *deadline, struct error *err)
{
	struct near_matcher *m = *out = calloc(1, sizeof(*m));

	if (m == NULL)
		return error_nomem(err);
	m->db = db;
	m->chain = *chain;
	m->work = work;
	m->deadline = deadline;
	return ST_OK;
}

void
near_matcher_free(struct near_matcher *m)
{
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->npresent; i++)
		near_present_fini(&m->present[i]);
	free(m->known);
	free(m);
}

/* Makes room for the answers about all articles; memory is touched where there are some. */
static enum status
make_known(struct near_matcher *m)
{
	struct xap_totals totals;
	enum status st = xap_db_totals(m->db, &totals, m->err);

	if (st != ST_OK)
		return st;
	m->known = calloc(totals.last / 4 + 1, 1);
	return m->known != NULL ? ST_OK : error_nomem(m->err);
}

enum status
near_match(struct near_matcher *m, uint32_t docid, bool *match, struct error *err)
{
	const unsigned shift = docid % 4 * 2, known = 1, matches = 2;
	enum status st;

	*match = false;
	m->err = err;
	st = deadline_check(m->deadline, err);
	if (st == ST_OK && m->known == NULL)
		st = make_known(m);
	if (st != ST_OK)
		return st;
	if (m->known[docid / 4] >> shift & known) {
		*match = m->known[docid / 4] >> shift & matches;
		return ST_OK;
	}
	st = find(m, docid, match);
	if (st == ST_OK)
		m->known[docid / 4] |= (uint8_t)((known | (*match ? matches : 0)) << shift);
	return st;
}

enum status
near_ranges(struct xap_db *db, uint32_t docid, const struct near_region *regions, size_t nregions,
	    const struct xap_deadline *deadline, struct near_stretches *out, struct error *err)
{
	const struct near_chain chain = { .regions = regions, .nregions = nregions };
	struct near_matcher *m = NULL;
	struct near_work *work;
	bool any;
	enum status st = near_work_new(&work, err);

	out->n = out->widest = 0;
	if (st == ST_OK)
		st = near_matcher_new(&m, db, &chain, work, deadline, err);
	if (st == ST_OK) {
		m->err = err;
		st = near_scope_read(m, docid, &any);
	}
	if (st == ST_OK && any)
		st = near_scope_list(m, out);
	near_matcher_free(m);
	near_work_free(work);
	return st;
}
