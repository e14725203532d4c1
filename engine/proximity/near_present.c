/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which of a slot's many terms an article has: by one cursor on each term's list of articles, which all move on
 * with the articles that are asked about, so that no article's own list of terms has to be read.
 */
#include <stdlib.h>

#include "engine/proximity/near_work.h"
#include "engine/xapian/deadline.h"

#define LOOK_STEPS 4096   /* steps of cursors between two looks at the clock */

/* ---- a heap of cursors, the one on the lowest article at the root ---- */

static void
sift_down(struct near_present *p, size_t i)
{
	struct near_cursor *v = p->cursor, c = v[i];
	size_t kid;

	for (; (kid = 2 * i + 1) < p->ncursors; i = kid) {
		if (kid + 1 < p->ncursors && v[kid + 1].docid < v[kid].docid)
			kid++;
		if (v[kid].docid >= c.docid)
			break;
		v[i] = v[kid];
	}
	v[i] = c;
}

static void
drop_root(struct near_present *p)
{
	xap_postings_free(p->cursor[0].postings);
	p->cursor[0] = p->cursor[--p->ncursors];
	if (p->ncursors > 0)
		sift_down(p, 0);
}

void
near_present_fini(struct near_present *p)
{
	while (p->ncursors > 0)
		xap_postings_free(p->cursor[--p->ncursors].postings);
	free(p->cursor);
	free(p->has);
	*p = (struct near_present){ .slot = p->slot };
}

/* Opens a cursor on each term, at DOCID or behind it. */
static enum status
open_cursors(struct near_matcher *m, struct near_present *p, uint32_t docid)
{
	const size_t n = p->slot->nterms;
	enum status st = ST_OK;
	size_t i;

	near_present_fini(p);
	p->cursor = calloc(n, sizeof(*p->cursor));
	p->has = calloc(n, sizeof(*p->has));
	if (p->cursor == NULL || p->has == NULL)
		return error_nomem(m->err);
	for (i = 0; i < n && st == ST_OK; i++) {
		struct near_cursor *c = &p->cursor[p->ncursors];

		st = xap_postings_open(&c->postings, m->db, p->slot->terms[i].text, p->slot->terms[i].len, m->err);
		c->term = (uint32_t)i;
		if (st == ST_OK)
			st = xap_postings_skip(c->postings, docid, &c->docid, m->err);
		if (st == ST_OK && c->docid > 0)
			p->ncursors++;
		else
			xap_postings_free(c->postings);
	}
	for (i = p->ncursors / 2; i-- > 0; )
		sift_down(p, i);
	return st;
}

/* Moves all cursors on to DOCID or behind it. */
static enum status
move_on(struct near_matcher *m, struct near_present *p, uint32_t docid)
{
	enum status st = ST_OK;

	while (p->ncursors > 0 && p->cursor[0].docid < docid && st == ST_OK) {
		struct near_cursor *root = &p->cursor[0];

		st = xap_postings_skip(root->postings, docid, &root->docid, m->err);
		if (st == ST_OK && ++m->steps % LOOK_STEPS == 0)
			st = deadline_check(m->deadline, m->err);
		if (st == ST_OK && root->docid == 0)
			drop_root(p);
		else if (st == ST_OK)
			sift_down(p, 0);
	}
	return st;
}

/* The terms of the cursors from I down that stand on DOCID. */
static void
collect(struct near_present *p, size_t i, uint32_t docid, size_t *n)
{
	if (i >= p->ncursors || p->cursor[i].docid != docid)
		return;
	p->has[(*n)++] = p->cursor[i].term;
	collect(p, 2 * i + 1, docid, n);
	collect(p, 2 * i + 2, docid, n);
}

enum status
near_present(struct near_matcher *m, uint32_t docid, const struct near_slot *slot, const uint32_t **has, size_t *n)
{
	struct near_present *p = m->present, *end = m->present + m->npresent;
	enum status st = ST_OK;

	*has = NULL;
	*n = 0;
	while (p < end && p->slot != slot)
		p++;
	if (p == end) {
		if (m->npresent == NEAR_PRESENT_MAX)
			return ST_OK;
		m->npresent++;
		*p = (struct near_present){ .slot = slot };
	}
	/* to open a cursor costs about what it costs to read an article's list */
	if (p->cursor == NULL && p->asked++ < slot->nterms)
		return ST_OK;
	if (p->cursor == NULL || docid < p->docid)
		st = open_cursors(m, p, docid);
	p->docid = docid;
	if (st == ST_OK)
		st = move_on(m, p, docid);
	if (st == ST_OK)
		collect(p, 0, docid, n);
	*has = p->has;
	return st;
}
