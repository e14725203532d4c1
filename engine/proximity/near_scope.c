/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The parts of an article in which words count, and its sentences and paragraphs.
 */
#include <stdlib.h>

#include "base/bisect.h"
#include "engine/proximity/near_work.h"
#include "engine/store/schema.h"

static enum status
read_pairs(struct near_matcher *m, uint32_t docid, const struct near_region *r)
{
	enum status st = near_read_term(m, docid, r->begin.text, r->begin.len, &m->work->begin);

	return st == ST_OK ? near_read_term(m, docid, r->end.text, r->end.len, &m->work->end) : st;
}

static enum status
add_pair(struct near_matcher *m, size_t n, struct near_stretches *to)
{
	const struct near_work *w = m->work;

	/* As many begins as ends, if the index is whole. */
	return n < w->begin.n && n < w->end.n ? near_work_add_stretch(m, to, w->begin.v[n], w->end.v[n]) : ST_OK;
}

/* The regions of R that have its name; *WHOLE: the article as a whole has the name. */
static enum status
read_named(struct near_matcher *m, uint32_t docid, const struct near_region *r, bool *whole)
{
	struct near_work *w = m->work;
	const uint32_t first = r->first;
	size_t i;
	enum status st = near_read_operand(m, docid, r->name, &w->name);
	uint32_t number, before = UINT32_MAX;

	for (i = 0; i < w->name.n && st == ST_OK; i++) {
		number = w->name.v[i].first / SCHEMA_STRIDE;
		if (number == before || number != w->name.v[i].last / SCHEMA_STRIDE)
			continue;
		before = number;
		if (number < first)
			*whole = true;
		else
			st = add_pair(m, number - first, &w->region);
	}
	return st;
}

/* Cuts the scope to its intersection with the region. */
static enum status
narrow(struct near_matcher *m)
{
	struct near_work *w = m->work;
	struct near_stretches swap, *a = &w->inside, *b = &w->region, *to = w->everywhere ? b : &w->name;
	size_t i = 0, k = 0;
	enum status st = ST_OK;

	if (!w->everywhere) {
		to->n = 0;
		while (i < a->n && k < b->n && st == ST_OK) {
			uint32_t first = a->v[i].first > b->v[k].first ? a->v[i].first : b->v[k].first;
			uint32_t last = a->v[i].last < b->v[k].last ? a->v[i].last : b->v[k].last;

			if (first <= last)
				st = near_work_add_stretch(m, to, first, last);
			if (a->v[i].last < b->v[k].last)
				i++;
			else
				k++;
		}
	}
	swap = *a;
	*a = *to;
	*to = swap;
	w->everywhere = false;
	return st;
}

static enum status
read_region(struct near_matcher *m, uint32_t docid, const struct near_region *r)
{
	struct near_work *w = m->work;
	bool whole = false;
	size_t i;
	enum status st;

	w->region.n = 0;
	st = read_pairs(m, docid, r);
	if (st == ST_OK && r->outside) {
		/* There is one kind that words can stand outside of. */
		for (i = 0, w->outside.n = 0; i < w->begin.n && st == ST_OK; i++)
			st = add_pair(m, i, &w->outside);
		return st;
	}
	if (st == ST_OK && r->name != NULL)
		st = read_named(m, docid, r, &whole);
	for (i = 0; r->name == NULL && i < w->begin.n && st == ST_OK; i++)
		st = add_pair(m, i, &w->region);
	return st == ST_OK && !whole ? narrow(m) : st;
}

enum status
near_scope_read(struct near_matcher *m, uint32_t docid, bool *any)
{
	struct near_work *w = m->work;
	enum status st = ST_OK;
	size_t i;

	w->everywhere = true;
	w->inside.n = w->outside.n = 0;
	for (i = 0; i < m->chain.nregions && (w->everywhere || w->inside.n > 0) && st == ST_OK; i++)
		st = read_region(m, docid, &m->chain.regions[i]);
	*any = w->everywhere || w->inside.n > 0;
	return st;
}

enum status
near_scope_list(struct near_matcher *m, struct near_stretches *to)
{
	struct near_work *w = m->work;
	const struct near_stretches *in = &w->inside, *out = &w->outside;
	size_t i, k;
	enum status st = ST_OK;

	for (i = 0; i < (w->everywhere ? 1 : in->n) && st == ST_OK; i++) {
		struct near_stretch s = w->everywhere ? (struct near_stretch){ 0, UINT32_MAX - 1 } : in->v[i];

		for (k = 0; k < out->n && s.first <= s.last && st == ST_OK; k++) {
			if (out->v[k].last < s.first || out->v[k].first > s.last)
				continue;
			if (out->v[k].first > s.first)
				st = near_work_add_stretch(m, to, s.first, out->v[k].first - 1);
			s.first = out->v[k].last + 1;
		}
		if (s.first <= s.last && st == ST_OK)
			st = near_work_add_stretch(m, to, s.first, s.last);
	}
	return st;
}

void
near_scope_keep_inside(const struct near_matcher *m, struct near_stretches *s)
{
	const struct near_work *w = m->work;
	const struct near_stretches *in = &w->inside, *out = &w->outside;
	size_t i, k = 0, h = 0, n = 0;

	for (i = 0; i < s->n; i++) {
		struct near_stretch at = s->v[i];

		while (k < in->n && in->v[k].last < at.first)
			k++;
		while (h < out->n && out->v[h].last < at.first)
			h++;
		if (!w->everywhere && (k == in->n || at.first < in->v[k].first || at.last > in->v[k].last))
			continue;
		if (h == out->n || out->v[h].first > at.last)
			s->v[n++] = at;
	}
	s->n = n;
}

struct near_stretch
near_scope_of(const struct near_matcher *m, struct near_stretch s)
{
	const struct near_work *w = m->work;
	size_t i = near_work_at_or_behind(&w->inside, s.first);

	if (w->everywhere || w->inside.n == 0)
		return (struct near_stretch){ 0, UINT32_MAX };
	if (i == w->inside.n || w->inside.v[i].first > s.first)
		i -= i > 0;
	return w->inside.v[i];
}

enum status
near_scope_read_limits(struct near_matcher *m, uint32_t docid)
{
	static const struct { enum near_same same; const char *term; } kinds[] = {
		{ NEAR_SAME_SENTENCE, PREFIX_BEGIN SCHEMA_SENTENCE }, { NEAR_SAME_PARAGRAPH, PREFIX_BEGIN SCHEMA_PARAGRAPH },
	};
	enum status st = ST_OK;
	size_t i, k;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		for (k = 0; k + 1 < m->chain.noperands && st == ST_OK; k++)
			if (m->chain.step[k].same == kinds[i].same) {
				st = near_read_term(m, docid, kinds[i].term, sizeof(PREFIX_BEGIN SCHEMA_SENTENCE) - 1, &m->work->limits[i]);
				break;
			}
	return st;
}

struct limit { const uint32_t *v; uint32_t pos; };

static bool
is_at_or_before(const void *arg, size_t i)
{
	const struct limit *l = arg;

	return l->v[i] <= l->pos;
}

struct near_stretch
near_scope_limits_of(const struct near_matcher *m, enum near_same same, uint32_t pos)
{
	const struct xap_positions *p = &m->work->limits[same == NEAR_SAME_SENTENCE ? 0 : 1];
	size_t at = bisect(0, p->n, is_at_or_before, &(struct limit){ p->v, pos });

	return (struct near_stretch){ at > 0 ? p->v[at - 1] : 0, at < p->n ? p->v[at] - 1 : UINT32_MAX };
}
