/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SUGGEST: the words, names and headlines of the index that begin as something
 * typed does. The words in memory say which are frequent, the database how
 * frequent they are.
 */
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>

#include "base/sort.h"
#include "base/utf8.h"
#include "engine/search/searcher.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"
#include "engine/text/analyse_words.h"

#define SPARE 20   /* looked at beyond the limit: the counts in memory are about right */
#define UTF8_MAX 4 /* bytes of a character, which no term is cut in */

struct request {
	struct buf phrase;           /* all words that were typed, folded, a space between them */
	size_t last;                 /* where the last of them begins */
	bool ended;                  /* a space stands behind it: no part of a word */
	size_t limit;
	struct vocabulary_term *list;   /* of one kind, work memory */
	struct found { const char *text; size_t len; uint32_t count; } *found;
	size_t n;
	struct suggestion *best;
	size_t nbest;
};

/* Adds the most frequent terms that are PREFIX and then TEXT. */
static enum status
add_kind(struct searcher *s, struct request *r, const struct vocabulary *v, const char *prefix, const char *text,
	 struct error *err)
{
	struct buf term = BUF_INIT;
	enum status st;
	size_t n, i;

	buf_adds(&term, prefix);
	buf_adds(&term, text);
	if (r->ended && prefix[0] != '\0')
		buf_addc(&term, ' ');
	st = buf_status(&term);
	n = st == ST_OK ? vocabulary_best(v, term.data, term.len, r->limit + SPARE, r->list) : 0;
	buf_fini(&term);
	for (i = 0; i < n && st == ST_OK; i++) {
		struct found *f = &r->found[r->n];

		*f = (struct found){ r->list[i].text, r->list[i].len, 0 };
		st = xap_db_termfreq(s->store->db, f->text, f->len, &f->count, err);
		r->n += st == ST_OK && f->count > 0;
	}
	return st;
}

/* Most frequent first, then as the terms are in order. */
static int
by_count(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int d = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return d != 0 ? d : x->len < y->len ? -1 : x->len > y->len;
}

/* The words of a headline, of which WANTED are kept. */
struct headline { size_t wanted, n; size_t end; };

static enum status
count_word(void *arg, const struct token *word, struct error *err)
{
	struct headline *h = arg;

	(void)err;
	if (++h->n < h->wanted)
		h->end = word->end;
	return ST_OK;
}

/* Cuts TITLE, of which the term has N words, the last of them perhaps in part, behind the others: the articles
 * that have the term may go on in different ways. */
static enum status
cut_headline(struct searcher *s, const struct row *row, size_t n, const char **text, struct error *err)
{
	struct headline h = { n, 0, 0 };
	enum status st = analyse_words(s->an, row->title, row->title_len, "", count_word, &h, err);
	struct buf cut = BUF_INIT;

	buf_add(&cut, row->title, h.end);
	buf_adds(&cut, " ...");
	*text = arena_string(&s->arena, buf_str(&cut), cut.len);
	if (st == ST_OK && (buf_status(&cut) != ST_OK || *text == NULL))
		st = error_nomem(err);
	buf_fini(&cut);
	return st;
}

/* The headline of the first article that has the term. */
static enum status
headline_of(struct searcher *s, const struct found *f, const char **text, struct error *err)
{
	struct row row;
	uint32_t docid;
	size_t words = 1, i;
	enum status st = xap_db_posting(s->store->db, f->text, f->len, 0, &docid, err);

	buf_clear(&s->value);
	if (st == ST_OK)
		st = xap_db_value(s->store->db, docid, SLOT_ROW, &s->value, err);
	if (st == ST_OK && row_unpack(buf_str(&s->value), s->value.len, &row) != ST_OK)
		st = error_set(err, ST_CORRUPT, "the row of document %u is damaged", (unsigned)docid);
	if (st != ST_OK)
		return st;
	for (i = 0; i < f->len; i++)
		words += f->text[i] == ' ';
	if (f->count > 1 && f->len + UTF8_MAX > strlen(PREFIX_HEADLINE) + SCHEMA_SUGGEST_MAX)
		return cut_headline(s, &row, words, text, err);
	*text = arena_string(&s->arena, row.title, row.title_len);
	return *text != NULL ? ST_OK : error_nomem(err);
}

/* The text that is shown for a term. */
static enum status
text_of(struct searcher *s, const struct found *f, const char **text, struct error *err)
{
	const char *tab;
	size_t skip = 0;

	if (strncmp(f->text, PREFIX_HEADLINE, strlen(PREFIX_HEADLINE)) == 0)
		return headline_of(s, f, text, err);
	tab = memchr(f->text, '\t', f->len);
	if (tab != NULL)
		skip = (size_t)(tab + 1 - f->text);
	*text = arena_string(&s->arena, f->text + skip, f->len - skip);
	return *text != NULL ? ST_OK : error_nomem(err);
}

static size_t
folded_length(const struct found *f)
{
	const char *tab = memchr(f->text, '\t', f->len);

	return tab != NULL ? (size_t)(tab - f->text) : f->len;
}

/* Whether the shown text of a name has no small letter. */
static bool
is_loud(const struct found *f)
{
	size_t at = folded_length(f);
	uint32_t cp;

	while (at < f->len) {
		at += utf8_next(f->text + at, f->len - at, &cp);
		if (u_islower((UChar32)cp))
			return false;
	}
	return true;
}

static int
by_folded(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	size_t nx = folded_length(x), ny = folded_length(y);
	int d = memcmp(x->text, y->text, nx < ny ? nx : ny);

	if (d != 0 || nx != ny)
		return d != 0 ? d : nx < ny ? -1 : 1;
	return is_loud(x) != is_loud(y) ? is_loud(x) - is_loud(y) : by_count(x, y);
}

/* Of the spellings of one name the most frequent stays, and one in capitals only where there is no other. */
static void
keep_one_spelling(struct request *r)
{
	size_t i, n = 0;

	sort(r->found, r->n, sizeof(*r->found), by_folded);
	for (i = 0; i < r->n; i++) {
		size_t len = folded_length(&r->found[i]);

		if (n == 0 || folded_length(&r->found[n - 1]) != len ||
		    memcmp(r->found[n - 1].text, r->found[i].text, len) != 0)
			r->found[n++] = r->found[i];
	}
	r->n = n;
}

static enum status
pick(struct searcher *s, struct request *r, struct error *err)
{
	enum status st = ST_OK;
	size_t i;

	keep_one_spelling(r);
	sort(r->found, r->n, sizeof(*r->found), by_count);
	for (i = 0; i < r->n && r->nbest < r->limit && st == ST_OK; i++) {
		r->best[r->nbest].count = r->found[i].count;
		st = text_of(s, &r->found[i], &r->best[r->nbest++].text, err);
	}
	return st;
}

static enum status
suggest_body(struct searcher *s, void *arg, struct error *err)
{
	struct request *r = arg;
	const struct vocabulary *v;
	size_t most = r->limit + SPARE;
	enum status st = store_words(s->store, &v, err);

	arena_reset(&s->arena);
	r->n = r->nbest = 0;
	r->best = arena_alloc(&s->arena, r->limit * sizeof(*r->best));
	r->list = arena_alloc(&s->arena, most * sizeof(*r->list));
	r->found = arena_alloc(&s->arena, 3 * most * sizeof(*r->found));
	if (r->best == NULL || r->list == NULL || r->found == NULL)
		return error_nomem(err);
	if (st == ST_OK)
		st = add_kind(s, r, v, PREFIX_FULL_NAME, r->phrase.data, err);
	if (st == ST_OK)
		st = add_kind(s, r, v, PREFIX_HEADLINE, r->phrase.data, err);
	if (st == ST_OK && (r->last == 0 ? !r->ended : r->n == 0))
		st = add_kind(s, r, v, "", r->phrase.data + r->last, err);
	return st == ST_OK ? pick(s, r, err) : st;
}

enum status
search_suggest(struct searcher *s, const char *prefix, size_t len, size_t limit,
	       const struct suggestion **out, size_t *n, struct error *err)
{
	struct request r = { .phrase = BUF_INIT, .ended = len > 0 && prefix[len - 1] == ' ', .limit = limit };
	size_t words;
	enum status st = analyse_words_folded(s->an, prefix, len, "", &r.phrase, &words, err);

	*out = NULL;
	*n = 0;
	for (r.last = r.phrase.len; r.last > 0 && r.phrase.data[r.last - 1] != ' '; r.last--)
		;
	if (st == ST_OK && r.phrase.len > 0 && limit > 0)
		st = searcher_try(s, NULL, suggest_body, &r, err);
	if (st == ST_OK) {
		*out = r.best;
		*n = r.nbest;
	}
	buf_fini(&r.phrase);
	return st;
}
