/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/search/quote_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "engine/snippet/marker.h"
#include "engine/text/analyse_words.h"
#include "engine/xapian/deadline.h"

#define LOOK_WORDS 1024   /* of a quotation, between two looks at the clock */

struct quote_reader {
	struct quotes *quotes;
	struct quotes_clock clock;
	struct marker *marker;
	struct buf wanted;       /* the speaker's words, each between two LFs; empty: whoever */
	struct buf named;        /* the same of a quotation's */
	struct buf groups;       /* a byte for each group that was met */
	bool all;
	const struct xap_deadline *deadline;
	struct quote *kept;
	size_t nkept, cap;
};

static enum status
look(void *reader, struct error *err)
{
	return deadline_check(((const struct quote_reader *)reader)->deadline, err);
}

enum status
quote_reader_new(struct quote_reader **out, struct error *err)
{
	struct quote_reader *r = calloc(1, sizeof(*r));
	enum status st = ST_NOMEM;

	*out = NULL;
	if (r == NULL)
		return error_nomem(err);
	buf_init(&r->wanted);
	buf_init(&r->named);
	buf_init(&r->groups);
	r->clock = (struct quotes_clock){ look, r };
	st = quotes_new(&r->quotes, err);
	if (st == ST_OK)
		quotes_set_clock(r->quotes, &r->clock);
	if (st == ST_OK && marker_new(&r->marker) != ST_OK)
		st = error_nomem(err);
	if (st == ST_OK)
		*out = r;
	else
		quote_reader_free(r);
	return st;
}

void
quote_reader_free(struct quote_reader *r)
{
	if (r == NULL)
		return;
	quotes_free(r->quotes);
	marker_free(r->marker);
	buf_fini(&r->wanted);
	buf_fini(&r->named);
	buf_fini(&r->groups);
	free(r->kept);
	free(r);
}

static enum status
add_word(void *arg, const struct token *word, struct error *err)
{
	struct buf *out = arg;

	buf_add(out, word->term, word->len);
	buf_addc(out, '\n');
	return buf_status(out) == ST_OK ? ST_OK : error_nomem(err);
}

/* Appends the folded words of TEXT to OUT, each between two LFs. */
static enum status
add_words(struct analyser *an, const char *text, size_t len, struct buf *out, struct error *err)
{
	if (out->len == 0)
		buf_addc(out, '\n');
	if (buf_status(out) != ST_OK)
		return error_nomem(err);
	return analyse_words(an, text, len, "", add_word, out, err);
}

enum status
quote_reader_query(struct quote_reader *r, struct analyser *an, const char *speaker,
		   const struct mark *marks, size_t nmarks, bool all, struct error *err)
{
	enum status st = marker_query(r->marker, an, marks, nmarks, err);

	r->all = all;
	buf_clear(&r->wanted);
	if (st == ST_OK && speaker != NULL)
		st = add_words(an, speaker, strlen(speaker), &r->wanted, err);
	return st;
}

static enum status
has_speaker(struct quote_reader *r, struct analyser *an, const struct article *a, const struct quote *q,
	    bool *has, struct error *err)
{
	const char *body = buf_str(&a->body);
	enum status st;

	buf_clear(&r->named);
	st = add_words(an, body + q->speaker_start, q->speaker_end - q->speaker_start, &r->named, err);
	if (st == ST_OK)
		st = add_words(an, body + q->office_start, q->office_end - q->office_start, &r->named, err);
	*has = st == ST_OK && strstr(buf_str(&r->named), buf_str(&r->wanted)) != NULL;
	return st;
}

/* Whether what was marked is enough. */
static enum status
enough(struct quote_reader *r, bool *is)
{
	size_t nspans, i, met = 0, groups = marker_groups(r->marker);
	const struct span *spans = marker_spans(r->marker, &nspans);

	*is = nspans > 0;
	if (!r->all)
		return ST_OK;
	buf_clear(&r->groups);
	for (i = 0; i < groups; i++)
		buf_addc(&r->groups, 0);
	for (i = 0; i < nspans && buf_status(&r->groups) == ST_OK; i++) {
		met += r->groups.data[spans[i].group] == 0;
		r->groups.data[spans[i].group] = 1;
	}
	*is = met == groups;
	return buf_status(&r->groups);
}

static enum status
has_words(struct quote_reader *r, struct analyser *an, const struct article *a, const struct quote *q,
	  bool *has, struct error *err)
{
	const char *body = buf_str(&a->body), *lang = buf_str(&a->field[ART_LANG]);
	struct token tok;
	bool got = true;
	size_t words;
	enum status st;

	marker_article(r->marker, lang);
	st = analyse_begin(an, body + q->start, q->end - q->start, lang, marker_filter(r->marker), err);
	for (words = 1; st == ST_OK && got; words++) {
		st = analyse_next(an, &tok, &got, err);
		if (st == ST_OK && words % LOOK_WORDS == 0)
			st = deadline_check(r->deadline, err);
		if (st == ST_OK && got)
			st = marker_token(r->marker, an, &tok, body, q->start, 0, err);
	}
	*has = false;
	if (st == ST_OK && (marker_flush(r->marker, body) != ST_OK || enough(r, has) != ST_OK))
		st = error_nomem(err);
	return st;
}

enum status
quote_reader_find(struct quote_reader *r, struct analyser *an, const struct article *a,
		  const struct xap_deadline *deadline, const struct quote **out, size_t *n, struct error *err)
{
	const struct quote *found;
	struct quote *p;
	size_t i, nfound;
	bool has;
	enum status st;

	r->deadline = deadline;
	r->nkept = 0;
	st = quotes_find(r->quotes, a, &found, &nfound, err);
	for (i = 0; st == ST_OK && i < nfound; i++) {
		has = true;
		st = deadline_check(deadline, err);
		if (st == ST_OK && r->wanted.len > 0)
			st = has_speaker(r, an, a, &found[i], &has, err);
		if (st == ST_OK && has && marker_groups(r->marker) > 0)
			st = has_words(r, an, a, &found[i], &has, err);
		if (st != ST_OK || !has)
			continue;
		p = grow(r->kept, &r->cap, r->nkept, sizeof(*p));
		if (p == NULL)
			return error_nomem(err);
		r->kept = p;
		p[r->nkept++] = found[i];
	}
	*out = r->kept;
	*n = r->nkept;
	return st;
}
