/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/taught.h"

#include "engine/acronyms.h"
#include "engine/schema.h"

/* The folded words of a stretch of text. */
struct folded {
	struct buf words;     /* a blank between two */
	struct buf normal;    /* see acronyms_normal */
	size_t n;
};

static void
folded_fini(struct folded *f)
{
	buf_fini(&f->words);
	buf_fini(&f->normal);
}

static enum status
fold_stretch(struct analyser *an, const char *text, size_t len, const char *lang, struct folded *out, struct error *err)
{
	struct stem stem[ANALYSE_STEMS_MAX];
	struct token tok;
	size_t nstems;
	bool got;
	enum status st = analyse_begin(an, text, len, lang, NULL, err);

	*out = (struct folded){ BUF_INIT, BUF_INIT, 0 };
	while (st == ST_OK) {
		st = analyse_next(an, &tok, &got, err);
		if (st != ST_OK || !got)
			break;
		if (tok.flags & (TOKEN_ALSO | TOKEN_JOINED))
			continue;
		st = analyse_stems(an, &tok, stem, &nstems, err);
		if (st != ST_OK)
			break;
		if (out->n++ > 0)
			buf_addc(&out->words, ' ');
		buf_add(&out->words, tok.term, tok.len);
		acronyms_normal(&out->normal, tok.term, tok.len, stem[0].text, nstems > 0 ? stem[0].len : 0);
	}
	if (st == ST_OK && (buf_status(&out->words) != ST_OK || buf_status(&out->normal) != ST_OK))
		st = error_set(err, ST_NOMEM, "no memory for the acronyms of an article");
	return st;
}

/* The term PREFIX + KEY, tab, VALUE. */
static enum status
add_pair(struct termbag *bag, const char *prefix, const struct buf *key, const struct buf *value)
{
	struct buf both = BUF_INIT;
	uint32_t t;
	enum status st;

	buf_add(&both, buf_str(key), key->len);
	buf_addc(&both, '\t');
	buf_add(&both, buf_str(value), value->len);
	st = buf_status(&both);
	if (st == ST_OK)
		st = termbag_term(bag, prefix, both.data, both.len, &t);
	buf_fini(&both);
	return st;
}

static enum status
add_acronym(struct termbag *bag, struct analyser *an, const char *text, const struct acronym_pair *p,
	    const char *lang, struct error *err)
{
	struct folded acronym, expansion = { BUF_INIT, BUF_INIT, 0 };
	enum status st = fold_stretch(an, text + p->acronym, p->acronym_end - p->acronym, lang, &acronym, err);

	if (st == ST_OK && acronym.n == 1)
		st = fold_stretch(an, text + p->expansion, p->expansion_end - p->expansion, lang, &expansion, err);
	if (st == ST_OK && expansion.n > 1 && expansion.normal.len > 0 && expansion.words.len <= ACRONYMS_BYTES_MAX &&
	    (add_pair(bag, PREFIX_ACRONYM, &acronym.words, &expansion.words) != ST_OK ||
	     add_pair(bag, PREFIX_EXPANSION, &expansion.normal, &acronym.words) != ST_OK))
		st = error_set(err, ST_NOMEM, "no memory for the terms of an article");
	folded_fini(&acronym);
	folded_fini(&expansion);
	return st;
}

enum status
taught_acronyms(struct termbag *bag, struct analyser *an, const struct buf *text, const char *lang, struct error *err)
{
	struct acronym_pair pair;
	enum status st = ST_OK;
	size_t at = 0;

	while (st == ST_OK && acronyms_next(buf_str(text), text->len, &at, &pair))
		st = add_acronym(bag, an, buf_str(text), &pair, lang, err);
	return st;
}
