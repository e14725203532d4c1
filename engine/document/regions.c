/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/document/regions.h"

#include <stdlib.h>

#include "base/grow.h"
#include "engine/text/sentences.h"

struct list {
	struct region *v;
	size_t n, cap;
	size_t at;           /* the first region that does not end before the current word */
};

struct limits {
	uint32_t *byte;      /* the first byte of each sentence or paragraph */
	size_t n, cap;
	size_t at;           /* the first that begins behind the current word */
	uint32_t *pos;       /* the first position of each that has words */
	size_t npos, pos_cap;
};

struct regions {
	struct quotes *quotes;
	const struct quote *quote;   /* of the article, in them */
	size_t nquotes;
	struct list list[REGION_KINDS];
	struct limits limits[LIMIT_KINDS];
};

enum status
regions_new(struct regions **out, struct error *err)
{
	struct regions *r = calloc(1, sizeof(*r));
	enum status st;

	*out = NULL;
	if (r == NULL)
		return error_nomem(err);
	st = quotes_new(&r->quotes, err);
	if (st != ST_OK) {
		regions_free(r);
		return st;
	}
	*out = r;
	return ST_OK;
}

void
regions_free(struct regions *r)
{
	size_t i;

	if (r == NULL)
		return;
	quotes_free(r->quotes);
	for (i = 0; i < REGION_KINDS; i++)
		free(r->list[i].v);
	for (i = 0; i < LIMIT_KINDS; i++) {
		free(r->limits[i].byte);
		free(r->limits[i].pos);
	}
	free(r);
}

static enum status
add(struct list *l, const struct region *region)
{
	struct region *v = grow(l->v, &l->cap, l->n, sizeof(*v));

	if (v == NULL)
		return ST_NOMEM;
	l->v = v;
	v[l->n++] = *region;
	return ST_OK;
}

static enum status
add_number(uint32_t **v, size_t *n, size_t *cap, uint32_t number)
{
	uint32_t *more = grow(*v, cap, *n, sizeof(*more));

	if (more == NULL)
		return ST_NOMEM;
	*v = more;
	more[(*n)++] = number;
	return ST_OK;
}

static enum status
find_quotes(struct regions *r, const struct article *a, struct error *err)
{
	enum status st = quotes_find(r->quotes, a, &r->quote, &r->nquotes, err);
	size_t i;

	for (i = 0; i < r->nquotes && st == ST_OK; i++) {
		const struct quote *q = &r->quote[i];

		st = add(&r->list[REGION_QUOTE], &(struct region){
			.start = q->start, .end = q->end,
			.name = { { q->speaker_start, q->speaker_end }, { q->office_start, q->office_end } } });
	}
	return st == ST_NOMEM ? error_nomem(err) : st;
}

/* Sections, and the lead. */
static enum status
find_paragraphs(struct regions *r, const struct article *a)
{
	struct list *sections = &r->list[REGION_SECTION], *lead = &r->list[REGION_LEAD];
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < a->nparas && st == ST_OK; i++) {
		const struct para *p = &a->paras[i];

		if (p->kind == PARA_TEXT) {
			if (lead->n == 0)
				st = add(lead, &(struct region){ .start = p->start, .end = p->end });
			continue;
		}
		if (sections->n > 0)
			sections->v[sections->n - 1].end = p->start;
		st = add(sections, &(struct region){ .start = p->start, .end = (uint32_t)a->body.len,
						     .name = { { p->start, p->end } } });
	}
	return st;
}

static enum status
find_limits(struct regions *r, const struct article *a)
{
	struct limits *s = &r->limits[LIMIT_SENTENCE], *p = &r->limits[LIMIT_PARAGRAPH];
	size_t at, i;
	enum status st = ST_OK;

	for (i = 0; i < a->nparas && st == ST_OK; i++)
		st = add_number(&p->byte, &p->n, &p->cap, a->paras[i].start);
	for (at = 0; at < a->body.len && st == ST_OK; at = sentences_next(a->body.data, a->body.len, at))
		st = add_number(&s->byte, &s->n, &s->cap, (uint32_t)at);
	return st;
}

enum status
regions_find(struct regions *r, const struct article *a, struct error *err)
{
	enum status st;
	size_t i;

	for (i = 0; i < REGION_KINDS; i++)
		r->list[i].n = r->list[i].at = 0;
	for (i = 0; i < LIMIT_KINDS; i++)
		r->limits[i].n = r->limits[i].at = r->limits[i].npos = 0;
	st = find_quotes(r, a, err);
	if (st != ST_OK)
		return st;
	if (find_paragraphs(r, a) != ST_OK || find_limits(r, a) != ST_OK)
		return error_nomem(err);
	return ST_OK;
}

enum status
regions_word(struct regions *r, uint32_t start, uint32_t pos)
{
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < REGION_KINDS; i++) {
		struct list *l = &r->list[i];

		while (l->at < l->n && l->v[l->at].end <= start)
			l->at++;
		if (l->at == l->n || l->v[l->at].start > start)
			continue;
		if (l->v[l->at].first == 0)
			l->v[l->at].first = pos;
		l->v[l->at].last = pos;
	}
	for (i = 0; i < LIMIT_KINDS && st == ST_OK; i++) {
		struct limits *l = &r->limits[i];
		size_t before = l->at;

		while (l->at < l->n && l->byte[l->at] <= start)
			l->at++;
		if (l->at > before)
			st = add_number(&l->pos, &l->npos, &l->pos_cap, pos);
	}
	return st;
}

const struct region *
regions_list(struct regions *r, enum region_kind kind, size_t *n)
{
	struct list *l = &r->list[kind];
	size_t i, kept = 0;

	for (i = 0; i < l->n; i++)
		if (l->v[i].first != 0)
			l->v[kept++] = l->v[i];
	l->n = l->at = kept;
	*n = kept;
	return l->v;
}

const struct quote *
regions_quotes(const struct regions *r, size_t *n)
{
	*n = r->nquotes;
	return r->quote;
}

bool
regions_cut(const struct regions *r)
{
	return quotes_cut(r->quotes);
}

const uint32_t *
regions_limits(const struct regions *r, enum limit_kind kind, size_t *n)
{
	*n = r->limits[kind].npos;
	return r->limits[kind].pos;
}
