/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where an operand stands in an article: its words' position lists, put together.
 */
#include <stdlib.h>
#include <string.h>

#include "base/bisect.h"
#include "base/grow.h"
#include "base/sort.h"
#include "engine/proximity/near_work.h"
#include "engine/xapian/deadline.h"

/* ---- positions of one slot ---- */

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static enum status
append(struct near_matcher *m, struct xap_positions *to, const struct xap_positions *from)
{
	uint32_t *v;

	if (from->n == 0)
		return ST_OK;
	v = grow(to->v, &to->cap, to->n + from->n - 1, sizeof(*v));
	if (v == NULL)
		return error_nomem(m->err);
	to->v = v;
	memcpy(v + to->n, from->v, from->n * sizeof(*v));
	to->n += from->n;
	return ST_OK;
}

enum status
near_read_term(struct near_matcher *m, uint32_t docid, const char *text, size_t len, struct xap_positions *to)
{
	enum status st = xap_db_positions(m->db, docid, text, len, to, m->err);

	return st == ST_OK ? deadline_check(m->deadline, m->err) : st;
}

static int
by_text(const void *key, const void *entry)
{
	const struct near_term *a = key, *b = entry;
	int d = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);

	return d != 0 ? d : a->len < b->len ? -1 : a->len > b->len;
}

/* Of the many terms that a prefix stands for, an article has few: they are
 * found among its own. */
static enum status
read_prefix(struct near_matcher *m, uint32_t docid, const struct near_slot *p, struct xap_positions *to)
{
	struct xap_terms *terms = NULL;
	struct near_term t = { NULL, 0 };
	const uint32_t *has;
	uint32_t freq;
	size_t n, i;
	enum status st = near_present(m, docid, p, &has, &n);

	for (i = 0; i < n && st == ST_OK; i++) {
		st = near_read_term(m, docid, p->terms[has[i]].text, p->terms[has[i]].len, &m->work->one);
		if (st == ST_OK)
			st = append(m, to, &m->work->one);
	}
	if (st != ST_OK || has != NULL)
		return st;
	st = xap_terms_open_doc(&terms, m->db, docid, m->err);
	while (st == ST_OK) {
		int d;

		st = xap_terms_next(terms, &t.text, &t.len, &freq, m->err);
		if (st != ST_OK || t.text == NULL)
			break;
		d = t.len < p->prefix_len ? -1 : memcmp(t.text, p->terms[0].text, p->prefix_len);
		if (d > 0)
			break;
		if (d < 0 || bsearch(&t, p->terms, p->nterms, sizeof(t), by_text) == NULL)
			continue;
		st = near_read_term(m, docid, t.text, t.len, &m->work->one);
		if (st == ST_OK)
			st = append(m, to, &m->work->one);
	}
	xap_terms_free(terms);
	return st;
}

static void
sort_positions(struct xap_positions *p)
{
	size_t i, n = 0;

	for (i = 1; i < p->n; i++)
		if (p->v[i - 1] >= p->v[i])
			break;
	if (i >= p->n)
		return;
	sort(p->v, p->n, sizeof(*p->v), by_number);
	for (i = 0; i < p->n; i++)
		if (n == 0 || p->v[n - 1] != p->v[i])
			p->v[n++] = p->v[i];
	p->n = n;
}

/* Keeps the positions of P that OTHER has, too. */
static void
intersect(struct xap_positions *p, const struct xap_positions *other)
{
	size_t i, k = 0, n = 0;

	for (i = 0; i < p->n; i++) {
		while (k < other->n && other->v[k] < p->v[i])
			k++;
		if (k < other->n && other->v[k] == p->v[i])
			p->v[n++] = p->v[i];
	}
	p->n = n;
}

static enum status
has_term(struct near_matcher *m, uint32_t docid, const struct near_term *t, bool *has)
{
	uint32_t found = 0;
	enum status st = xap_db_posting(m->db, t->text, t->len, docid - 1, &found, m->err);

	*has = st == ST_OK && found == docid;
	return st == ST_NOTFOUND ? ST_OK : st;
}

static enum status
read_terms(struct near_matcher *m, uint32_t docid, const struct near_slot *p, struct xap_positions *to)
{
	enum status st = ST_OK;
	bool has = false;
	size_t i;

	to->n = 0;
	if (p->instead.text != NULL) {
		st = near_read_term(m, docid, p->instead.text, p->instead.len, to);
		if (st != ST_OK || to->n > 0)
			return st;
	}
	if (p->unless.text != NULL) {
		st = has_term(m, docid, &p->unless, &has);
		if (st != ST_OK || has)
			return st;
	}
	if (p->prefix_len > 0)
		return read_prefix(m, docid, p, to);
	for (i = 0; i < p->nterms && st == ST_OK; i++) {
		st = near_read_term(m, docid, p->terms[i].text, p->terms[i].len, i == 0 ? to : &m->work->one);
		if (st == ST_OK && i > 0)
			st = append(m, to, &m->work->one);
	}
	return st;
}

static enum status
read_slot(struct near_matcher *m, uint32_t docid, const struct near_slot *p, struct xap_positions *to)
{
	enum status st = read_terms(m, docid, p, to);
	size_t i;

	sort_positions(to);
	for (i = 0; i < 2 && p->within[i].text != NULL && st == ST_OK && to->n > 0; i++) {
		st = near_read_term(m, docid, p->within[i].text, p->within[i].len, &m->work->one);
		if (st == ST_OK)
			intersect(to, &m->work->one);
	}
	return st;
}

/* ---- stretches of one operand ---- */

enum status
near_work_add_stretch(struct near_matcher *m, struct near_stretches *to, uint32_t first, uint32_t last)
{
	struct near_stretch *v = grow(to->v, &to->cap, to->n, sizeof(*v));

	if (v == NULL)
		return error_nomem(m->err);
	to->v = v;
	v[to->n++] = (struct near_stretch){ first, last };
	if (last - first + 1 > to->widest)
		to->widest = last - first + 1;
	return ST_OK;
}

static int
by_place(const void *a, const void *b)
{
	const struct near_stretch *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->last < y->last ? -1 : x->last > y->last;
}

/* The parts side by side. */
static enum status
read_parts(struct near_matcher *m, uint32_t docid, const struct near_item *item, struct near_stretches *to)
{
	struct near_work *w = m->work;
	struct xap_positions *starts = &w->parts[0], *part = &w->parts[1];
	size_t i, k, n;
	enum status st = read_slot(m, docid, &item->parts[0], starts);

	for (i = 1; i < item->nparts && st == ST_OK && starts->n > 0; i++) {
		st = read_slot(m, docid, &item->parts[i], part);
		for (k = n = 0; k < starts->n && st == ST_OK; k++) {
			uint32_t want = starts->v[k] + (uint32_t)i;

			if (part->n > 0 && bsearch(&want, part->v, part->n, sizeof(want), by_number) != NULL)
				starts->v[n++] = starts->v[k];
		}
		starts->n = n;
	}
	for (i = 0; i < starts->n && st == ST_OK; i++)
		st = near_work_add_stretch(m, to, starts->v[i], starts->v[i] + (uint32_t)item->nparts - 1);
	return st;
}

/* A joined word stands at its first and its last part: where both are found
 * too, it is they that count. */
static enum status
read_item(struct near_matcher *m, uint32_t docid, const struct near_item *item, struct near_stretches *to)
{
	struct near_work *w = m->work;
	size_t nparts, i, k;
	enum status st;

	to->n = to->widest = 0;
	st = read_parts(m, docid, item, to);
	if (st != ST_OK || item->joined == NULL)
		return st;
	nparts = to->n;
	st = read_slot(m, docid, item->joined, &w->all);
	for (i = k = 0; i < w->all.n && st == ST_OK; i++) {
		while (k < nparts && to->v[k].last < w->all.v[i])
			k++;
		if (k == nparts || to->v[k].first > w->all.v[i])
			st = near_work_add_stretch(m, to, w->all.v[i], w->all.v[i]);
	}
	sort(to->v, to->n, sizeof(*to->v), by_place);
	return st;
}

struct limit { const struct near_stretch *v; uint32_t pos; };

static bool
begins_before(const void *arg, size_t i)
{
	const struct limit *l = arg;

	return l->v[i].first < l->pos;
}

/* The first of S that begins at or behind POS. */
size_t
near_work_at_or_behind(const struct near_stretches *s, uint32_t pos)
{
	return bisect(0, s->n, begins_before, &(struct limit){ s->v, pos });
}

enum status
near_read_operand(struct near_matcher *m, uint32_t docid, const struct near_operand *op, struct near_stretches *to)
{
	struct near_work *w = m->work;
	struct near_stretches swap;
	enum status st = read_item(m, docid, &op->items[0], to);
	size_t i, k, h;

	for (i = 1; i < op->nitems && st == ST_OK && to->n > 0; i++) {
		st = deadline_check(m->deadline, m->err);
		if (st == ST_OK)
			st = read_item(m, docid, &op->items[i], &w->item);
		w->next.n = w->next.widest = 0;
		for (k = 0; k < to->n && st == ST_OK; k++) {
			uint32_t want = to->v[k].last + 1;

			for (h = near_work_at_or_behind(&w->item, want); h < w->item.n && w->item.v[h].first == want && st == ST_OK; h++)
				st = near_work_add_stretch(m, &w->next, to->v[k].first, w->item.v[h].last);
		}
		swap = *to;
		*to = w->next;
		w->next = swap;
	}
	if (st == ST_OK && op->nitems > 1 && to->n > 1)
		sort(to->v, to->n, sizeof(*to->v), by_place);
	return st;
}
