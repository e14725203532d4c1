/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/near.h"

#include <stdlib.h>
#include <string.h>

#include "engine/deadline.h"

#define LOOK_STEPS 65536      /* steps of a search within one article between two looks at the clock */

struct stretch { uint32_t first, last; };   /* positions, inclusive */

struct positions { uint32_t *v; size_t cap, n; };
struct stretches { struct stretch *v; size_t cap, n; uint32_t widest; };

struct work {
	struct xap_db *db;
	const struct near_chain *chain;
	const struct xap_deadline *deadline;
	struct error *err;
	struct positions one, parts[2], all;
	struct stretches item, next;
	struct stretches operand[QUERY_CHAIN_MAX];
	struct stretch chosen[QUERY_CHAIN_MAX];
	unsigned steps;
	enum status st;       /* of the search within an article */
};

static enum status
no_memory(struct error *err)
{
	return error_set(err, ST_NOMEM, "no memory for positions");
}

/* ---- positions of one place ---- */

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static enum status
append(struct work *w, struct positions *to, const struct positions *from)
{
	if (to->n + from->n > to->cap) {
		size_t cap = (to->n + from->n) * 2;
		uint32_t *v = realloc(to->v, cap * sizeof(*v));

		if (v == NULL)
			return no_memory(w->err);
		to->v = v;
		to->cap = cap;
	}
	if (from->n > 0)
		memcpy(to->v + to->n, from->v, from->n * sizeof(*from->v));
	to->n += from->n;
	return ST_OK;
}

static enum status
read_term(struct work *w, uint32_t docid, const char *text, size_t len, struct positions *to)
{
	return xap_db_positions(w->db, docid, text, len, &to->v, &to->cap, &to->n, w->err);
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
read_prefix(struct work *w, uint32_t docid, const struct near_place *p, struct positions *to)
{
	struct xap_terms *terms = NULL;
	struct near_term t = { NULL, 0 };
	uint32_t freq;
	enum status st = xap_terms_open_doc(&terms, w->db, docid, w->err);

	while (st == ST_OK) {
		int d;

		st = xap_terms_next(terms, &t.text, &t.len, &freq, w->err);
		if (st != ST_OK || t.text == NULL)
			break;
		d = t.len < p->prefix_len ? -1 : memcmp(t.text, p->terms[0].text, p->prefix_len);
		if (d > 0)
			break;
		if (d < 0 || bsearch(&t, p->terms, p->nterms, sizeof(t), by_text) == NULL)
			continue;
		st = read_term(w, docid, t.text, t.len, &w->one);
		if (st == ST_OK)
			st = append(w, to, &w->one);
	}
	xap_terms_free(terms);
	return st;
}

static void
sort_positions(struct positions *p)
{
	size_t i, n = 0;

	for (i = 1; i < p->n; i++)
		if (p->v[i - 1] >= p->v[i])
			break;
	if (i >= p->n)
		return;
	qsort(p->v, p->n, sizeof(*p->v), by_number);
	for (i = 0; i < p->n; i++)
		if (n == 0 || p->v[n - 1] != p->v[i])
			p->v[n++] = p->v[i];
	p->n = n;
}

/* Keeps those of P that OTHER has. */
static void
intersect(struct positions *p, const struct positions *other)
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
has_term(struct work *w, uint32_t docid, const struct near_term *t, bool *has)
{
	uint32_t found = 0;
	enum status st = xap_db_posting(w->db, t->text, t->len, docid - 1, &found, w->err);

	*has = st == ST_OK && found == docid;
	return st == ST_NOTFOUND ? ST_OK : st;
}

static enum status
read_terms(struct work *w, uint32_t docid, const struct near_place *p, struct positions *to)
{
	enum status st = ST_OK;
	bool has = false;
	size_t i;

	to->n = 0;
	if (p->instead.text != NULL) {
		st = read_term(w, docid, p->instead.text, p->instead.len, to);
		if (st != ST_OK || to->n > 0)
			return st;
	}
	if (p->unless.text != NULL) {
		st = has_term(w, docid, &p->unless, &has);
		if (st != ST_OK || has)
			return st;
	}
	if (p->prefix_len > 0)
		return read_prefix(w, docid, p, to);
	for (i = 0; i < p->nterms && st == ST_OK; i++) {
		st = read_term(w, docid, p->terms[i].text, p->terms[i].len, i == 0 ? to : &w->one);
		if (st == ST_OK && i > 0)
			st = append(w, to, &w->one);
	}
	return st;
}

static enum status
read_place(struct work *w, uint32_t docid, const struct near_place *p, struct positions *to)
{
	enum status st = read_terms(w, docid, p, to);
	size_t i;

	sort_positions(to);
	for (i = 0; i < 2 && p->within[i].text != NULL && st == ST_OK && to->n > 0; i++) {
		st = read_term(w, docid, p->within[i].text, p->within[i].len, &w->one);
		if (st == ST_OK)
			intersect(to, &w->one);
	}
	return st;
}

/* ---- stretches of one operand ---- */

static enum status
add_stretch(struct work *w, struct stretches *to, uint32_t first, uint32_t last)
{
	if (to->n == to->cap) {
		size_t cap = to->cap ? to->cap * 2 : 64;
		struct stretch *v = realloc(to->v, cap * sizeof(*v));

		if (v == NULL)
			return no_memory(w->err);
		to->v = v;
		to->cap = cap;
	}
	to->v[to->n++] = (struct stretch){ first, last };
	if (last - first + 1 > to->widest)
		to->widest = last - first + 1;
	return ST_OK;
}

static int
by_place(const void *a, const void *b)
{
	const struct stretch *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->last < y->last ? -1 : x->last > y->last;
}

/* The parts side by side. */
static enum status
read_parts(struct work *w, uint32_t docid, const struct near_item *item, struct stretches *to)
{
	struct positions *starts = &w->parts[0], *part = &w->parts[1];
	size_t i, k, n;
	enum status st = read_place(w, docid, &item->parts[0], starts);

	for (i = 1; i < item->nparts && st == ST_OK && starts->n > 0; i++) {
		st = read_place(w, docid, &item->parts[i], part);
		for (k = n = 0; k < starts->n && st == ST_OK; k++) {
			uint32_t want = starts->v[k] + (uint32_t)i;

			if (part->n > 0 && bsearch(&want, part->v, part->n, sizeof(want), by_number) != NULL)
				starts->v[n++] = starts->v[k];
		}
		starts->n = n;
	}
	for (i = 0; i < starts->n && st == ST_OK; i++)
		st = add_stretch(w, to, starts->v[i], starts->v[i] + (uint32_t)item->nparts - 1);
	return st;
}

/* A joined word stands at its first and its last part: where both are found
 * too, it is they that count. */
static enum status
read_item(struct work *w, uint32_t docid, const struct near_item *item, struct stretches *to)
{
	size_t nparts, i, k;
	enum status st;

	to->n = to->widest = 0;
	st = read_parts(w, docid, item, to);
	if (st != ST_OK || item->joined == NULL)
		return st;
	nparts = to->n;
	st = read_place(w, docid, item->joined, &w->all);
	for (i = k = 0; i < w->all.n && st == ST_OK; i++) {
		while (k < nparts && to->v[k].last < w->all.v[i])
			k++;
		if (k == nparts || to->v[k].first > w->all.v[i])
			st = add_stretch(w, to, w->all.v[i], w->all.v[i]);
	}
	qsort(to->v, to->n, to->n > 0 ? sizeof(*to->v) : 1, by_place);
	return st;
}

/* The first of S that begins at or behind POS. */
static size_t
at_or_behind(const struct stretches *s, uint32_t pos)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->v[mid].first < pos)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static enum status
read_operand(struct work *w, uint32_t docid, const struct near_operand *op, struct stretches *to)
{
	struct stretches swap;
	enum status st = read_item(w, docid, &op->items[0], to);
	size_t i, k, m;

	for (i = 1; i < op->nitems && st == ST_OK && to->n > 0; i++) {
		st = deadline_check(w->deadline, w->err);
		if (st == ST_OK)
			st = read_item(w, docid, &op->items[i], &w->item);
		w->next.n = w->next.widest = 0;
		for (k = 0; k < to->n && st == ST_OK; k++) {
			uint32_t want = to->v[k].last + 1;

			for (m = at_or_behind(&w->item, want); m < w->item.n && w->item.v[m].first == want && st == ST_OK; m++)
				st = add_stretch(w, &w->next, to->v[k].first, w->item.v[m].last);
		}
		swap = *to;
		*to = w->next;
		w->next = swap;
	}
	if (st == ST_OK && op->nitems > 1 && to->n > 1)
		qsort(to->v, to->n, sizeof(*to->v), by_place);
	return st;
}

/* ---- distances ---- */

static bool
overlaps(const struct work *w, size_t nchosen, struct stretch s)
{
	size_t i;

	for (i = 0; i < nchosen; i++)
		if (s.first <= w->chosen[i].last && s.last >= w->chosen[i].first)
			return true;
	return false;
}

/* Whether operands from I on can be placed around what was chosen, which
 * reaches from SO_FAR's first to its last position. */
static bool
place_rest(struct work *w, size_t i, struct stretch so_far)
{
	const struct stretches *s;
	uint32_t reach, from, to;
	size_t k;

	if (i == w->chain->noperands || w->st != ST_OK)
		return w->st == ST_OK;
	s = &w->operand[i];
	reach = w->chain->step[i - 1].distance + s->widest - 1;
	from = w->chain->step[i - 1].ordered ? so_far.last + 1 : so_far.first > reach ? so_far.first - reach : 0;
	to = so_far.last + w->chain->step[i - 1].distance;
	for (k = at_or_behind(s, from); k < s->n && s->v[k].first <= to; k++) {
		struct stretch c = s->v[k];

		if (++w->steps % LOOK_STEPS == 0 && (w->st = deadline_check(w->deadline, w->err)) != ST_OK)
			return false;
		if (c.last < so_far.first && so_far.first - c.last > w->chain->step[i - 1].distance)
			continue;
		if (overlaps(w, i, c))
			continue;
		w->chosen[i] = c;
		if (place_rest(w, i + 1, (struct stretch){ c.first < so_far.first ? c.first : so_far.first,
							   c.last > so_far.last ? c.last : so_far.last }))
			return true;
	}
	return false;
}

static enum status
match_one(struct work *w, uint32_t docid, bool *match)
{
	const struct stretches *s = &w->operand[0];
	enum status st = ST_OK;
	size_t i;

	*match = false;
	for (i = 0; i < w->chain->noperands; i++) {
		st = read_operand(w, docid, &w->chain->operand[i], &w->operand[i]);
		if (st != ST_OK || w->operand[i].n == 0)
			return st;
	}
	w->st = ST_OK;
	for (i = 0; i < s->n && !*match && w->st == ST_OK; i++) {
		w->chosen[0] = s->v[i];
		*match = place_rest(w, 1, s->v[i]);
	}
	return w->st;
}

/* ---- candidates ---- */

/* The candidates' numbers, ascending. */
static enum status
list_candidates(struct work *w, uint32_t **docids, size_t *n)
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
			st = no_memory(w->err);
	}
	if (st == ST_OK) {
		for (i = 0; i < hits.n; i++)
			(*docids)[i] = hits.hit[i].docid;
		*n = hits.n;
		qsort(*docids, *n, sizeof(**docids), by_number);
	}
	xap_enquire_free(enquire);
	xap_query_free(q);
	return st;
}

static void
free_work(struct work *w)
{
	size_t i;

	free(w->one.v);
	free(w->parts[0].v);
	free(w->parts[1].v);
	free(w->all.v);
	free(w->item.v);
	free(w->next.v);
	for (i = 0; i < QUERY_CHAIN_MAX; i++)
		free(w->operand[i].v);
	free(w);
}

enum status
near_find(struct xap_db *db, const struct near_chain *chain, const struct xap_deadline *deadline,
	  uint32_t **docids, size_t *n, struct error *err)
{
	struct work *w = calloc(1, sizeof(*w));
	size_t i, candidates = 0;
	enum status st;

	*docids = NULL;
	*n = 0;
	if (w == NULL)
		return no_memory(err);
	w->db = db;
	w->chain = chain;
	w->deadline = deadline;
	w->err = err;
	st = list_candidates(w, docids, &candidates);
	for (i = 0; i < candidates && st == ST_OK; i++) {
		bool match = false;

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
