/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * VERSIONS: the near-duplicates of an article, and the sentences in which each differs
 * from it. Sentences are compared as they stand, but for white space.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/grow.h"
#include "base/sort.h"
#include "engine/search/searcher.h"
#include "engine/store/neardup.h"
#include "engine/store/schema.h"
#include "engine/text/sentences.h"
#include "engine/xapian/deadline.h"

/* The sentences of an article's headline and body. */
struct sentence { const char *text; size_t len; uint64_t hash; };
struct sentences { struct sentence *v; size_t n, cap; };

struct member {
	struct article article;
	struct sentences sentences;
	struct buf key;          /* of its place in the order by date */
	bool whole;              /* its text could be read */
};

struct request {
	const char *id;
	size_t len;
	const struct xap_deadline *deadline;
	struct version_result *out;
};

/* ---- sentences ---- */

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* Adds the sentence from FROM to TO, blanks at its ends left out. */
static enum status
add_sentence(struct sentences *s, const char *from, const char *to)
{
	struct sentence *more;
	const char *at, *end;
	uint64_t hash = 0;

	while (from < to && is_space(*from))
		from++;
	while (to > from && is_space(to[-1]))
		to--;
	if (from == to)
		return ST_OK;
	more = grow(s->v, &s->cap, s->n, sizeof(*more));
	if (more == NULL)
		return ST_NOMEM;
	s->v = more;
	for (at = from; at < to; at = end) {
		while (is_space(*at))
			at++;
		for (end = at; end < to && !is_space(*end); end++)
			;
		hash = XXH3_64bits_withSeed(at, (size_t)(end - at), hash);
	}
	more[s->n++] = (struct sentence){ from, (size_t)(to - from), hash };
	return ST_OK;
}

static enum status
cut(struct sentences *s, const struct buf *text)
{
	const char *t = buf_str(text);
	size_t at = 0, next;
	enum status st = ST_OK;

	for (; at < text->len && st == ST_OK; at = next) {
		next = sentences_next(t, text->len, at);
		st = add_sentence(s, t + at, t + next);
	}
	return st;
}

static bool
has(const struct sentences *s, uint64_t hash)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->v[i].hash == hash)
			return true;
	return false;
}

/* ---- the group ---- */

static enum status
read_member(struct searcher *s, uint32_t docid, struct member *m, struct error *err)
{
	enum status st = searcher_article(s, docid, &m->article, err);

	if (st == ST_OK)
		st = xap_db_value(s->store->db, docid, SLOT_OLDEST, &m->key, err);
	if (st == ST_CORRUPT && !searcher_overtaken(s))
		return ST_OK;
	m->whole = st == ST_OK;
	if (st == ST_OK && (cut(&m->sentences, &m->article.field[ART_TITLE]) != ST_OK ||
			    cut(&m->sentences, &m->article.body) != ST_OK))
		st = error_nomem(err);
	return st;
}

static int
by_date(const void *a, const void *b)
{
	const struct buf *x = &(*(struct member *const *)a)->key, *y = &(*(struct member *const *)b)->key;
	int d = memcmp(buf_str(x), buf_str(y), x->len < y->len ? x->len : y->len);

	return d != 0 ? d : x->len < y->len ? -1 : x->len > y->len;
}

static const char *
keep(struct searcher *s, const struct buf *text)
{
	return arena_string(&s->arena, buf_str(text), text->len);
}

/* Adds the sentences that A has and B lacks to V. */
static enum status
add_changes(struct searcher *s, struct version *v, char sign, const struct sentences *a, const struct sentences *b)
{
	struct version_change *c = (struct version_change *)v->changes;
	size_t i;

	for (i = 0; i < a->n; i++) {
		if (has(b, a->v[i].hash))
			continue;
		c[v->nchanges].sign = sign;
		c[v->nchanges].text = arena_string(&s->arena, a->v[i].text, a->v[i].len);
		if (c[v->nchanges++].text == NULL)
			return ST_NOMEM;
	}
	return ST_OK;
}

static enum status
fill(struct searcher *s, const struct member *m, const struct member *asked, struct version *v)
{
	const struct buf *f = m->article.field;
	enum status st;

	*v = (struct version){ .id = keep(s, &f[ART_ID]), .date = keep(s, &f[ART_DATE]),
			       .source = keep(s, &f[ART_SOURCE]), .title = keep(s, &f[ART_TITLE]) };
	v->changes = arena_alloc(&s->arena, (m->sentences.n + asked->sentences.n + 1) * sizeof(*v->changes));
	if (v->id == NULL || v->date == NULL || v->source == NULL || v->title == NULL || v->changes == NULL)
		return ST_NOMEM;
	st = add_changes(s, v, '+', &m->sentences, &asked->sentences);
	return st == ST_OK ? add_changes(s, v, '-', &asked->sentences, &m->sentences) : st;
}

/* Warns of DAMAGED copies that are left out. */
static enum status
note_damage(struct searcher *s, struct request *r, size_t damaged, struct error *err)
{
	struct search_note *note;
	char text[80];
	int n = snprintf(text, sizeof(text), damaged == 1 ? "%zu copy is damaged and left out" :
			 "%zu copies are damaged and left out", damaged);

	if (damaged == 0)
		return ST_OK;
	note = arena_alloc(&s->arena, sizeof(*note));
	if (note == NULL)
		return error_nomem(err);
	*note = (struct search_note){ 'W', "", arena_string(&s->arena, text, (size_t)n), true };
	r->out->notes = note;
	r->out->nnotes = 1;
	return note->text != NULL ? ST_OK : error_nomem(err);
}

/* The COUNT articles at ORDER that are whole, compared with OWN, become rows. */
static enum status
fill_rows(struct searcher *s, struct request *r, struct member *const *order, size_t count, const struct member *own,
	  struct error *err)
{
	struct version *rows = arena_alloc(&s->arena, count * sizeof(*rows));
	size_t i;

	if (rows == NULL)
		return error_nomem(err);
	r->out->rows = rows;
	for (i = 0; i < count; i++) {
		enum status st = deadline_check(r->deadline, err);

		if (st != ST_OK)
			return st;
		if (order[i]->whole && fill(s, order[i], own, &rows[r->out->nrows++]) != ST_OK)
			return error_nomem(err);
	}
	return note_damage(s, r, count - r->out->nrows, err);
}

/* Reads the N articles at DOCID and compares them with the one of ASKED. */
static enum status
compare(struct searcher *s, struct request *r, const uint32_t *docid, size_t n, uint32_t asked, struct error *err)
{
	struct member *m = calloc(n, sizeof(*m)), **order = calloc(n, sizeof(struct member *)), *own = NULL;
	enum status st = m != NULL && order != NULL ? ST_OK : error_nomem(err);
	size_t i;

	for (i = 0; i < n && st == ST_OK; i++) {
		article_init(&m[i].article);
		order[i] = &m[i];
		st = deadline_check(r->deadline, err);
		if (st == ST_OK)
			st = read_member(s, docid[i], &m[i], err);
		if (docid[i] == asked)
			own = &m[i];
	}
	if (st == ST_OK)
		sort(order, n, sizeof(struct member *), by_date);
	if (st == ST_OK && (own == NULL || !own->whole))
		st = error_set(err, ST_CORRUPT, "article \"%.*s\" is damaged", (int)r->len, r->id);
	if (st == ST_OK)
		st = fill_rows(s, r, order, n, own, err);
	for (i = 0; m != NULL && i < n; i++) {
		article_fini(&m[i].article);
		free(m[i].sentences.v);
		buf_fini(&m[i].key);
	}
	free(m);
	free(order);
	return st;
}

static enum status
versions_body(struct searcher *s, void *arg, struct error *err)
{
	struct request *r = arg;
	struct neardups copies = { NULL, 0, 0 };
	uint32_t docid, group = 0;
	enum status st = searcher_find(s, r->id, r->len, &docid, err);

	arena_reset(&s->arena);
	*r->out = (struct version_result){ 0 };
	if (st == ST_OK)
		st = neardup_group(s->store->db, docid, &s->value, &group, err);
	if (st == ST_OK && group != 0)
		st = neardup_members(s->store->db, group, &s->value, &copies, err);
	if (st == ST_OK)
		st = copies.n > 0 ? compare(s, r, copies.docid, copies.n, docid, err) :
			compare(s, r, &docid, 1, docid, err);
	neardup_fini(&copies);
	return st;
}

enum status
search_versions(struct searcher *s, const char *id, size_t len, const struct xap_deadline *deadline,
		struct version_result *out, struct error *err)
{
	struct request r = { id, len, deadline, out };
	enum status st = searcher_try(s, deadline, versions_body, &r, err);

	if (st != ST_OK)
		*out = (struct version_result){ 0 };
	return st;
}
