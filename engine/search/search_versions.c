/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * VERSIONS: the near-duplicates of an article, and the sentences in which each differs
 * from it. Sentences are compared by their hashes, as they stand, but for white space.
 * Only the articles of the page are read, one after the other; how much of them is
 * compared and shown has bounds, so that one answer stays small and a group may be large.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/grow.h"
#include "base/map.h"
#include "engine/search/searcher.h"
#include "engine/store/neardup.h"
#include "engine/store/schema.h"
#include "engine/text/sentences.h"
#include "engine/xapian/deadline.h"

#define SENTENCE_MAX 65536u      /* bytes: a longer sentence is compared in pieces */
#define SENTENCES_MAX 250000u    /* of an article, that are compared */
#define CHANGES_MAX (4u << 20)   /* bytes of the sentences of a page, and what they are kept in */
#define LOOK_SENTENCES 1024      /* between two looks at the clock */
#define NOTES_MAX 4

/* ALONE: the other article does not have it. */
struct sentence { const char *text; uint64_t hash; uint32_t len; bool alone; };

/* An article, and the sentences of its headline and body. */
struct text {
	struct article article;
	struct sentence *v;
	size_t n, cap;
	bool whole;              /* it has no further sentences */
};

struct request {
	const char *id;
	size_t len;
	const struct search_options *opt;
	struct version_result *out;
	uint32_t docid;          /* the article's */
	struct text own, other;  /* the article, and the one that it is compared with */
	struct map known;        /* OWN's sentences by their hashes; of several alike the first */
	struct version *rows;    /* those of OUT */
	size_t room;             /* bytes that are left for sentences */
	size_t damaged, lacking; /* articles, sentences that are left out */
	bool cut;                /* an article was not compared to its end */
	struct search_note *notes;
};

/* ---- sentences ---- */

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* Adds the sentence from FROM to TO, blanks at its ends left out. */
static enum status
add_sentence(struct text *t, const char *from, const char *to)
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
	more = grow(t->v, &t->cap, t->n, sizeof(*more));
	if (more == NULL)
		return ST_NOMEM;
	t->v = more;
	for (at = from; at < to; at = end) {
		while (is_space(*at))
			at++;
		for (end = at; end < to && !is_space(*end); end++)
			;
		hash = XXH3_64bits_withSeed(at, (size_t)(end - at), hash);
	}
	more[t->n++] = (struct sentence){ from, hash, (uint32_t)(to - from), false };
	return ST_OK;
}

/* Where the sentence at AT of TEXT ends, or the piece of it that is compared. */
static size_t
sentence_end(const char *text, size_t len, size_t at)
{
	const size_t most = len - at > SENTENCE_MAX ? at + SENTENCE_MAX : len;
	size_t next = sentences_next(text, most, at);

	while (next == most && most < len && next > at + 1 && ((unsigned char)text[next] & 0xC0) == 0x80)
		next--;
	return next;
}

static enum status
cut(const struct request *r, struct text *t, const struct buf *from, struct error *err)
{
	const char *text = buf_str(from);
	size_t at, next;
	enum status st = ST_OK;

	for (at = 0; at < from->len && st == ST_OK; at = next) {
		if (t->n == SENTENCES_MAX) {
			t->whole = false;
			return ST_OK;
		}
		st = deadline_check(&r->opt->deadline, err);
		next = sentence_end(text, from->len, at);
		if (st == ST_OK && add_sentence(t, text + at, text + next) != ST_OK)
			st = error_nomem(err);
	}
	return st;
}

static enum status
read_text(struct searcher *s, const struct request *r, uint32_t docid, struct text *t, struct error *err)
{
	enum status st = searcher_article(s, docid, &r->opt->deadline, &t->article, err);

	t->n = 0;
	t->whole = true;
	if (st == ST_OK)
		st = cut(r, t, &t->article.field[ART_TITLE], err);
	return st == ST_OK ? cut(r, t, &t->article.body, err) : st;
}

/* ---- two articles ---- */

static bool
is_hash(const void *own, uint32_t number, const void *hash)
{
	return ((const struct text *)own)->v[number].hash == *(const uint64_t *)hash;
}

static uint32_t
slot_hash(uint64_t hash)
{
	return (uint32_t)(hash ^ hash >> 32);
}

/* The number of the article's own sentence of this HASH; MAP_NONE. */
static uint32_t
own_sentence(const struct request *r, uint64_t hash)
{
	return map_find(&r->known, slot_hash(hash), is_hash, &r->own, &hash);
}

/* A look at the clock, one for many sentences. */
static enum status
look(const struct request *r, size_t i, struct error *err)
{
	return i % LOOK_SENTENCES == 0 ? deadline_check(&r->opt->deadline, err) : ST_OK;
}

static enum status
learn_own(struct request *r, struct error *err)
{
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < r->own.n && st == ST_OK; i++) {
		const uint64_t hash = r->own.v[i].hash;

		st = look(r, i, err);
		if (st == ST_OK && own_sentence(r, hash) == MAP_NONE && map_add(&r->known, slot_hash(hash), (uint32_t)i) != ST_OK)
			st = error_nomem(err);
	}
	return st;
}

/* Marks the sentences that only one of the two articles has. */
static enum status
mark_alone(struct request *r, struct error *err)
{
	struct text *own = &r->own, *other = &r->other;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < own->n; i++)
		own->v[i].alone = true;
	for (i = 0; i < other->n && st == ST_OK; i++) {
		uint32_t same = own_sentence(r, other->v[i].hash);

		st = look(r, i, err);
		other->v[i].alone = same == MAP_NONE;
		if (same != MAP_NONE)
			own->v[same].alone = false;
	}
	/* of several alike the first tells */
	for (i = 0; i < own->n && st == ST_OK; i++) {
		st = look(r, i, err);
		own->v[i].alone = own->v[own_sentence(r, own->v[i].hash)].alone;
	}
	return st;
}

/* Of the sentences that T has alone those that fit into *ROOM bytes stay marked; *LACKING counts the others, the
 * result is how many stay. */
static size_t
keep_fitting(struct text *t, size_t *room, size_t *lacking)
{
	size_t i, kept = 0;

	for (i = 0; i < t->n; i++) {
		const size_t size = t->v[i].len + sizeof(struct version_change) + 1;

		if (!t->v[i].alone)
			continue;
		t->v[i].alone = size <= *room;
		*room -= t->v[i].alone ? size : 0;
		kept += t->v[i].alone;
		*lacking += !t->v[i].alone;
	}
	return kept;
}

static enum status
add_changes(struct searcher *s, struct version *row, struct version_change *to, char sign, const struct text *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (!t->v[i].alone)
			continue;
		to[row->nchanges].sign = sign;
		to[row->nchanges].text = arena_string(&s->arena, t->v[i].text, t->v[i].len);
		if (to[row->nchanges++].text == NULL)
			return ST_NOMEM;
	}
	return ST_OK;
}

/* Fills ROW's changes: how the other article differs from the own one. *FITS = false: they do not fit on this page,
 * which has other rows. Sentences that do not fit on a page of their own are left out. */
static enum status
compare(struct searcher *s, struct request *r, struct version *row, bool *fits, struct error *err)
{
	size_t room = r->room, lacking = 0, n;
	struct version_change *to;
	enum status st = mark_alone(r, err);

	if (st != ST_OK)
		return st;
	n = keep_fitting(&r->other, &room, &lacking) + keep_fitting(&r->own, &room, &lacking);
	*fits = lacking == 0 || r->out->nrows == 0;
	if (!*fits)
		return ST_OK;
	r->room = room;
	r->lacking += lacking;
	r->cut = r->cut || !r->own.whole || !r->other.whole;
	row->changes = to = arena_alloc(&s->arena, (n + 1) * sizeof(*to));
	if (to == NULL || add_changes(s, row, to, '+', &r->other) != ST_OK || add_changes(s, row, to, '-', &r->own) != ST_OK)
		return error_nomem(err);
	return ST_OK;
}

/* ---- the page ---- */

static const char *
keep(struct searcher *s, const struct buf *text)
{
	return arena_string(&s->arena, buf_str(text), text->len);
}

/* Article DOCID, the RANKth of its group, becomes a row. *FITS as compare. */
static enum status
add_version(struct searcher *s, struct request *r, uint32_t rank, uint32_t docid, bool *fits, struct error *err)
{
	struct version *row = &r->rows[r->out->nrows];
	const bool own = docid == r->docid;
	const struct buf *f = own ? r->own.article.field : r->other.article.field;
	enum status st = own ? ST_OK : read_text(s, r, docid, &r->other, err);

	*fits = true;
	if (st == ST_CORRUPT && !searcher_overtaken(s)) {
		r->damaged++;
		return ST_OK;
	}
	*row = (struct version){ .rank = rank };
	if (st == ST_OK && !own)
		st = compare(s, r, row, fits, err);
	if (st != ST_OK || !*fits)
		return st;
	row->id = keep(s, &f[ART_ID]);
	row->date = keep(s, &f[ART_DATE]);
	row->source = keep(s, &f[ART_SOURCE]);
	row->title = keep(s, &f[ART_TITLE]);
	r->out->nrows++;
	return row->id && row->date && row->source && row->title ? ST_OK : error_nomem(err);
}

static enum status
add_note(struct searcher *s, struct request *r, bool damage, const char *text)
{
	struct search_note *note = &r->notes[r->out->nnotes++];

	*note = (struct search_note){ 'W', "", arena_string(&s->arena, text, strlen(text)), damage };
	return note->text != NULL ? ST_OK : ST_NOMEM;
}

/* Adds the notes of damage, of sentences that are left out, and of the versions behind the NEXT first ones. */
static enum status
add_notes(struct searcher *s, struct request *r, uint64_t next, struct error *err)
{
	char text[100];
	enum status st = ST_OK;

	if (r->damaged > 0) {
		snprintf(text, sizeof(text), r->damaged == 1 ? "%zu copy is damaged and left out" :
			 "%zu copies are damaged and left out", r->damaged);
		st = add_note(s, r, true, text);
	}
	if (st == ST_OK && r->lacking > 0) {
		snprintf(text, sizeof(text), "the first version shown differs in further sentences (%zu)", r->lacking);
		st = add_note(s, r, false, text);
	}
	if (st == ST_OK && r->cut) {
		snprintf(text, sizeof(text), "of a long article the first %u sentences are compared", SENTENCES_MAX);
		st = add_note(s, r, false, text);
	}
	if (st == ST_OK && r->opt->limit > 0 && next < r->out->total) {
		snprintf(text, sizeof(text), "more versions follow from offset=%" PRIu64 " on (%" PRIu64 " in all)", next, r->out->total);
		st = add_note(s, r, false, text);
	}
	return st == ST_OK ? ST_OK : error_nomem(err);
}

/* The page of the N articles at DOCID in order of their dates. */
static enum status
find_page(struct searcher *s, const struct request *r, const uint32_t *docid, size_t n, struct xap_hits *out, struct error *err)
{
	struct xap_query *q = NULL;
	enum status st = xap_query_docids(&q, docid, n, err);

	*out = (struct xap_hits){ 0 };
	if (st == ST_OK)
		st = xap_query_clock_take(&q, q, &r->opt->deadline, err);
	if (st == ST_OK)
		st = xap_enquire_set_query(s->enquire, q, err);
	if (st == ST_OK)
		st = xap_enquire_set_boolean(s->enquire, err);
	if (st == ST_OK)
		st = xap_enquire_set_sort(s->enquire, XAP_SORT_VALUE, SLOT_OLDEST, false, err);
	if (st == ST_OK && r->opt->offset < n)
		st = xap_enquire_run(s->enquire, r->opt->offset, r->opt->limit, 0, out, err);
	xap_query_free(q);
	return st;
}

static enum status
add_page(struct searcher *s, struct request *r, const struct xap_hits *page, struct error *err)
{
	enum status st = ST_OK;
	bool fits = true;
	size_t i = 0;

	r->rows = arena_alloc(&s->arena, (page->n + 1) * sizeof(*r->rows));
	r->notes = arena_alloc(&s->arena, NOTES_MAX * sizeof(*r->notes));
	if (r->rows == NULL || r->notes == NULL)
		return error_nomem(err);
	r->out->rows = r->rows;
	r->out->notes = r->notes;
	while (i < page->n && st == ST_OK) {
		st = add_version(s, r, r->opt->offset + (uint32_t)i + 1, page->hit[i].docid, &fits, err);
		if (!fits)
			break;
		i++;
	}
	return st == ST_OK ? add_notes(s, r, (uint64_t)r->opt->offset + i, err) : st;
}

/* Reads the article; damage of it cannot be passed over. */
static enum status
read_own(struct searcher *s, struct request *r, struct error *err)
{
	enum status st = read_text(s, r, r->docid, &r->own, err);

	if (st == ST_CORRUPT)
		return error_set(err, st, "article \"%.*s\" is damaged", (int)r->len, r->id);
	return st == ST_OK ? learn_own(r, err) : st;
}

static enum status
versions_body(struct searcher *s, void *arg, struct error *err)
{
	struct request *r = arg;
	struct neardups copies = { NULL, 0, 0 };
	struct xap_hits page;
	uint32_t group = 0;
	enum status st = searcher_find(s, r->id, r->len, &r->docid, err);

	arena_reset(&s->arena);
	map_clear(&r->known);
	r->room = CHANGES_MAX;
	r->damaged = r->lacking = 0;
	r->cut = false;
	*r->out = (struct version_result){ .total = 1 };
	if (st == ST_OK)
		st = neardup_group(s->store->db, r->docid, &s->value, &group, err);
	if (st == ST_OK && group != 0)
		st = neardup_members(s->store->db, group, &s->value, &copies, err);
	if (st == ST_OK && copies.n > 0)
		r->out->total = copies.n;
	if (st == ST_OK)
		st = read_own(s, r, err);
	if (st == ST_OK)
		st = find_page(s, r, copies.n > 0 ? copies.docid : &r->docid, r->out->total, &page, err);
	if (st == ST_OK)
		st = add_page(s, r, &page, err);
	neardup_fini(&copies);
	return st;
}

static void
text_fini(struct text *t)
{
	article_fini(&t->article);
	free(t->v);
}

enum status
search_versions(struct searcher *s, const char *id, size_t len, const struct search_options *opt,
		struct version_result *out, struct error *err)
{
	struct request r = { .id = id, .len = len, .opt = opt, .out = out };
	enum status st;

	article_init(&r.own.article);
	article_init(&r.other.article);
	st = searcher_try(s, &opt->deadline, versions_body, &r, err);
	text_fini(&r.own);
	text_fini(&r.other);
	map_fini(&r.known);
	if (st != ST_OK)
		*out = (struct version_result){ 0 };
	return st;
}
