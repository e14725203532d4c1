/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/proximity/near.h"

#include <stdlib.h>

#include "engine/proximity/near_work.h"
#include "engine/xapian/deadline.h"

#define LOOK_STEPS 65536      /* steps of a search within one article between two looks at the clock */

/* ---- distances ---- */

static bool
overlaps(const struct near_matcher *m, size_t nchosen, struct near_stretch s)
{
	size_t i;

	for (i = 0; i < nchosen; i++)
		if (s.first <= m->chosen[i].last && s.last >= m->chosen[i].first)
			return true;
	return false;
}

/* The bounds between which operand I may begin, after the operands chosen before it. */
static struct near_stretch
reach_of(const struct near_matcher *m, size_t i, struct near_stretch so_far)
{
	const struct near_step *step = &m->chain.step[i - 1];
	uint32_t reach = step->distance + m->operand[i].widest - 1;

	if (step->same != NEAR_SAME_NOT)
		return near_scope_limits_of(m, step->same, so_far.first);
	return (struct near_stretch){
		step->ordered ? so_far.last + 1 : so_far.first > reach ? so_far.first - reach : 0,
		so_far.last + step->distance
	};
}

/* Whether operand I may be C, which begins WITHIN its reach. */
static bool
may_join(const struct near_matcher *m, size_t i, struct near_stretch so_far, struct near_stretch within, struct near_stretch c)
{
	const struct near_step *step = &m->chain.step[i - 1];

	if (c.first < m->scope.first || c.last > m->scope.last)
		return false;
	if (step->same != NEAR_SAME_NOT)
		return c.last <= within.last && so_far.last <= within.last;
	return c.last >= so_far.first || so_far.first - c.last <= step->distance;
}

/* Whether operands from I on can be placed around what was chosen, which
 * reaches from SO_FAR's first to its last position. */
static bool
place_rest(struct near_matcher *m, size_t i, struct near_stretch so_far)
{
	const struct near_stretches *s;
	struct near_stretch within;
	size_t k;

	if (i == m->chain.noperands || m->st != ST_OK)
		return m->st == ST_OK;
	s = &m->operand[i];
	within = reach_of(m, i, so_far);
	for (k = near_work_at_or_behind(s, within.first); k < s->n && s->v[k].first <= within.last; k++) {
		struct near_stretch c = s->v[k];

		if (++m->steps % LOOK_STEPS == 0 && (m->st = deadline_check(m->deadline, m->err)) != ST_OK)
			return false;
		if (!may_join(m, i, so_far, within, c) || overlaps(m, i, c))
			continue;
		m->chosen[i] = c;
		if (place_rest(m, i + 1, (struct near_stretch){ c.first < so_far.first ? c.first : so_far.first,
							   c.last > so_far.last ? c.last : so_far.last }))
			return true;
	}
	return false;
}

/* Whether the chain is found in article DOCID, by its position lists. */
static enum status
find(struct near_matcher *m, uint32_t docid, bool *match)
{
	const struct near_stretches *s = &m->operand[0];
	bool any;
	enum status st = near_scope_read(m, docid, &any);
	size_t i;

	if (st != ST_OK || !any)
		return st;
	for (i = 0; i < m->chain.noperands; i++) {
		st = near_read_operand(m, docid, &m->chain.operand[i], &m->operand[i]);
		if (st == ST_OK)
			near_scope_keep_inside(m, &m->operand[i]);
		if (st != ST_OK || m->operand[i].n == 0)
			return st;
	}
	m->st = near_scope_read_limits(m, docid);
	for (i = 0; i < s->n && s->n >= m->chain.times && !*match && m->st == ST_OK; i++) {
		m->chosen[0] = s->v[i];
		m->scope = near_scope_of(m, s->v[i]);
		*match = place_rest(m, 1, s->v[i]);
	}
	return m->st;
}

/* ---- matchers ---- */

enum status
near_matcher_new(struct near_matcher **out, struct xap_db *db, const struct near_chain *chain,
		 const struct xap_deadline *deadline, struct error *err)
{
	struct near_matcher *m = *out = calloc(1, sizeof(*m));

	if (m == NULL)
		return error_nomem(err);
	m->db = db;
	m->chain = *chain;
	m->deadline = deadline;
	return ST_OK;
}

void
near_matcher_free(struct near_matcher *m)
{
	size_t i;

	if (m == NULL)
		return;
	free(m->one.v);
	free(m->parts[0].v);
	free(m->parts[1].v);
	free(m->all.v);
	free(m->item.v);
	free(m->next.v);
	free(m->begin.v);
	free(m->end.v);
	free(m->name.v);
	free(m->region.v);
	free(m->inside.v);
	free(m->outside.v);
	free(m->limits[0].v);
	free(m->limits[1].v);
	for (i = 0; i < m->npresent; i++)
		near_present_fini(&m->present[i]);
	for (i = 0; i < NEAR_OPERANDS_MAX; i++)
		free(m->operand[i].v);
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
	    struct near_stretches *out, struct error *err)
{
	const struct near_chain chain = { .regions = regions, .nregions = nregions };
	struct near_matcher *m;
	bool any;
	enum status st = near_matcher_new(&m, db, &chain, NULL, err);

	out->n = out->widest = 0;
	if (st != ST_OK)
		return st;
	m->err = err;
	st = near_scope_read(m, docid, &any);
	if (st == ST_OK && any)
		st = near_scope_list(m, out);
	near_matcher_free(m);
	return st;
}
