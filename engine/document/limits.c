/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/document/limits.h"

#include <stdlib.h>

#include "engine/document/termbag.h"
#include "engine/text/analyse.h"

#define WORD_BYTES 2   /* bytes that a word takes at least, with what is behind it */

struct limits {
	struct analyser *an;
	struct termbag words;   /* of the article at hand */
};

enum status
limits_new(struct limits **out, struct error *err)
{
	struct limits *l = calloc(1, sizeof(*l));
	enum status st;

	*out = NULL;
	if (l == NULL)
		return error_nomem(err);
	termbag_init(&l->words);
	st = analyser_new(&l->an, err);
	if (st != ST_OK) {
		limits_free(l);
		return st;
	}
	*out = l;
	return ST_OK;
}

void
limits_free(struct limits *l)
{
	if (l == NULL)
		return;
	analyser_free(l->an);
	termbag_fini(&l->words);
	free(l);
}

static size_t
count_bytes(const struct article *a)
{
	size_t bytes = a->body.len, i;

	for (i = 0; i < ART_FIELDS; i++)
		bytes += a->field[i].len;
	return bytes;
}

bool
limits_large(const struct article *a)
{
	return count_bytes(a) >= LIMITS_LARGE;
}

static size_t
count_headings(const struct article *a)
{
	size_t n = 0, i;

	for (i = 0; i < a->nparas; i++)
		n += a->paras[i].kind == PARA_HEADING;
	return n;
}

/* Adds the words of TEXT to those of the article, until they are too many. */
static enum status
add_words(struct limits *l, const struct buf *text, const char *lang, struct error *err)
{
	enum status st = analyse_begin(l->an, buf_str(text), text->len, lang, NULL, err);
	struct token tok;
	uint32_t t;
	bool got = true;

	while (st == ST_OK && l->words.nterms <= LIMITS_WORDS) {
		st = analyse_next(l->an, &tok, &got, err);
		if (st != ST_OK || !got)
			break;
		if (termbag_term(&l->words, "", tok.term, tok.len, &t) != ST_OK)
			return error_nomem(err);
	}
	return st;
}

static enum status
over(const struct article *a, const char *what, struct error *err)
{
	return error_set(err, ST_TOO_LARGE, "%s: over %s", buf_str(&a->field[ART_ID]), what);
}

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

enum status
limits_check(struct limits *l, const struct article *a, struct error *err)
{
	const char *lang = buf_str(&a->field[ART_LANG]);
	const size_t bytes = count_bytes(a);
	enum status st;

	if (bytes > LIMITS_BYTES)
		return over(a, "16 MiB", err);
	if (a->field[ART_TITLE].len > LIMITS_TITLE)
		return over(a, "64 KiB of headline", err);
	if (count_headings(a) > LIMITS_HEADINGS)
		return over(a, TEXT(LIMITS_HEADINGS) " headings", err);
	if (bytes <= WORD_BYTES * LIMITS_WORDS)
		return ST_OK;
	termbag_clear(&l->words);
	st = add_words(l, &a->field[ART_TITLE], lang, err);
	if (st == ST_OK)
		st = add_words(l, &a->body, lang, err);
	return st == ST_OK && l->words.nterms > LIMITS_WORDS ? over(a, TEXT(LIMITS_WORDS) " different words", err) : st;
}
