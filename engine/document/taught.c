/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/document/taught.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "engine/store/schema.h"
#include "engine/text/acronyms.h"
#include "engine/text/analyse_words.h"
#include "engine/text/namekey.h"
#include "engine/text/sentences.h"

/* The folded words of a stretch of text. */
struct folded {
	struct analyser *an;
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
add_word(void *arg, const struct token *word, struct error *err)
{
	struct folded *f = arg;
	struct stem stem[ANALYSE_STEMS_MAX];
	size_t nstems;
	enum status st = analyse_stems(f->an, word, stem, &nstems, err);

	if (st != ST_OK)
		return st;
	if (f->n++ > 0)
		buf_addc(&f->words, ' ');
	buf_add(&f->words, word->term, word->len);
	acronyms_normal(&f->normal, word->term, word->len, stem[0].text, nstems > 0 ? stem[0].len : 0);
	if (buf_status(&f->words) != ST_OK || buf_status(&f->normal) != ST_OK)
		return error_nomem(err);
	return ST_OK;
}

static enum status
fold_stretch(struct analyser *an, const char *text, size_t len, const char *lang, struct folded *out, struct error *err)
{
	*out = (struct folded){ an, BUF_INIT, BUF_INIT, 0 };
	return analyse_words(an, text, len, lang, add_word, out, err);
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
	struct folded acronym, expansion = { an, BUF_INIT, BUF_INIT, 0 };
	enum status st = fold_stretch(an, text + p->acronym, p->acronym_end - p->acronym, lang, &acronym, err);

	if (st == ST_OK && acronym.n == 1)
		st = fold_stretch(an, text + p->expansion, p->expansion_end - p->expansion, lang, &expansion, err);
	if (st == ST_OK && expansion.n > 1 && expansion.normal.len > 0 && expansion.words.len <= ACRONYMS_BYTES_MAX &&
	    (add_pair(bag, PREFIX_ACRONYM, &acronym.words, &expansion.words) != ST_OK ||
	     add_pair(bag, PREFIX_EXPANSION, &expansion.normal, &acronym.words) != ST_OK))
		st = error_nomem(err);
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

/* ---- names ---- */

/* Whether the word from START to END surely stands within a sentence: a word, a comma or an abbreviation (Mr., J.)
 * is before it, a blank or a hyphen between. */
static bool
within_sentence(const char *text, size_t start, size_t end)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t at;

	if (start < 2 || (s[start - 1] != ' ' && s[start - 1] != '-'))
		return false;
	at = start - 2;
	/* Quotation marks and dashes are of the block E2 80. */
	if (s[at] >= 0x80)
		return at < 2 || s[at - 1] != 0x80 || s[at - 2] != 0xE2;
	if (s[at] == '.')
		return !sentences_begin_at(text, end, start);
	return u_isalnum(s[at]) || s[at] == ',';
}

unsigned
taught_case(const char *text, const struct token *tok)
{
	unsigned char c = (unsigned char)text[tok->start];
	uint32_t cp = c;

	if (tok->kind != TOKEN_WORD)
		return 0;
	if (c >= 0x80)
		utf8_next(text + tok->start, tok->end - tok->start, &cp);
	if (c < 0x80 ? c >= 'a' : u_islower((UChar32)cp))
		return TAUGHT_SMALL;
	if (tok->flags & TOKEN_CAPS)
		return 0;
	if (c < 0x80 || u_isupper((UChar32)cp) || u_istitle((UChar32)cp))
		return within_sentence(text, tok->start, tok->end) ? TAUGHT_NAME : 0;
	switch (latin_script(tok->exact, tok->exact_len)) {
	case LATIN_UNCASED: case LATIN_ABJAD:
		return TAUGHT_NAME;
	case LATIN_NONE: case LATIN_RUSSIAN: case LATIN_UKRAINIAN: case LATIN_GREEK: case LATIN_CASED: case LATIN_SCRIPTS:
		break;
	}
	return 0;
}

static enum status
add_name(struct termbag *bag, struct analyser *an, const struct buf *word, struct buf *term, struct error *err)
{
	struct namekey key[NAMEKEY_READINGS];
	enum latin_script script;
	const char *latin;
	uint32_t t;
	size_t n, i;
	enum status st = analyse_latin(an, buf_str(word), word->len, &script, &latin, &n, err);

	if (st != ST_OK)
		return st;
	n = namekey_make(latin, n, script, key);
	for (i = 0; i < n && st == ST_OK; i++) {
		buf_clear(term);
		schema_name_key(term, &key[i], buf_str(word), word->len);
		st = buf_status(term) == ST_OK ? termbag_term(bag, "", buf_str(term), term->len, &t) : ST_NOMEM;
		if (st != ST_OK)
			error_nomem(err);
	}
	return st;
}

enum status
taught_names(struct termbag *bag, struct analyser *an, size_t nwords, struct error *err)
{
	struct buf word = BUF_INIT, term = BUF_INIT;
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < nwords && st == ST_OK; i++) {
		if (bag->term[i].letter_case != TAUGHT_NAME)
			continue;
		buf_clear(&word);
		buf_add(&word, bag->text + bag->term[i].text, bag->term[i].len);
		st = buf_status(&word) == ST_OK ? add_name(bag, an, &word, &term, err)
						: error_nomem(err);
	}
	buf_fini(&word);
	buf_fini(&term);
	return st;
}
