/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "engine/text/analyser.h"

#include <stdio.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uvernum.h>

#include "base/utf8.h"
#include "engine/text/chars.h"
#include "engine/text/scan.h"
#include "engine/text/tokeniser.h"
#include "engine/text/words.h"

enum status
analyse_begin(struct analyser *an, const char *text, size_t len, const char *lang,
	      const struct analyse_filter *filter, struct error *err)
{
	if (len > UINT32_MAX)
		return error_set(err, ST_TOO_LARGE, "a text of over 4 GiB");
	an->text = text;
	an->len = len;
	an->at = 0;
	an->lang = lang != NULL ? stems_code(lang) : NULL;
	if (an->lang != NULL && strcmp(an->lang, "en") == 0)
		an->lang = NULL;
	an->filter = filter;
	an->pos = an->compounds = an->chain = 0;
	an->head = an->count = 0;
	return ST_OK;
}

/* ---- words that need more than a look at their bytes ---- */

struct letters { size_t upper, other_case; };

/* Appends the character CP of a piece to RAW as folding wants it. */
static void
add_char(struct buf *raw, uint32_t cp, enum char_class c, struct letters *l)
{
	char four[4];

	if (c == CHAR_DIGIT)
		cp = '0' + (uint32_t)u_getNumericValue((UChar32)cp);
	else if (u_isupper((UChar32)cp))
		l->upper++;
	else if (u_islower((UChar32)cp) || u_istitle((UChar32)cp))
		l->other_case++;
	buf_add(raw, four, utf8_put(four, cp));
}

/* Copies the characters of the piece P as far as END to an->raw, without joiners, apostrophes and commas. */
static void
gather(struct analyser *an, const struct piece *p, size_t end, struct letters *l)
{
	bool points = p->kind == PIECE_WORD || p->kind == PIECE_NUMBER;
	size_t at = p->start, n, chars = 0;
	uint32_t cp;

	buf_clear(&an->raw);
	*l = (struct letters){ 0, 0 };
	for (; at < end && chars < FOLD_CHARS_MAX; at += n) {
		enum char_class c = chars_class(an->text, end, at, &n);

		if (c == CHAR_LETTER || c == CHAR_DIGIT || c == CHAR_MARK || c == CHAR_GRAM) {
			utf8_next(an->text + at, end - at, &cp);
			add_char(&an->raw, cp, c, l);
			chars++;
		} else if (points && (an->text[at] == '.' || (n == 2 && memcmp(an->text + at, "\u066B", 2) == 0))) {
			buf_addc(&an->raw, '.');
			chars++;
		}
	}
}

/* How many bytes of TEXT its first ANALYSE_WORD_MAX characters are. */
static size_t
cut(const char *text, size_t len)
{
	size_t i = 0, chars = 0;

	if (len <= ANALYSE_WORD_MAX)
		return len;
	for (; i < len; i++) {
		if (((unsigned char)text[i] & 0xC0) != 0x80 && chars++ == ANALYSE_WORD_MAX)
			break;
	}
	return i;
}

static const char *
keep(struct analyser *an, const struct buf *b, size_t *len)
{
	char *to = an->arena + an->used;

	*len = cut(buf_str(b), b->len);
	memcpy(to, buf_str(b), *len);
	an->used += *len;
	return to;
}

/* Puts an->term and an->exact into the arena as the strings of TOK. */
static void
keep_strings(struct analyser *an, struct token *tok)
{
	tok->term = keep(an, &an->term, &tok->len);
	if (an->term.len == an->exact.len && memcmp(buf_str(&an->term), buf_str(&an->exact), an->term.len) == 0) {
		tok->exact = tok->term;
		tok->exact_len = tok->len;
	} else {
		tok->exact = keep(an, &an->exact, &tok->exact_len);
	}
}

static bool
may_be_wanted(const struct analyser *an, unsigned char first)
{
	return an->filter == NULL || an->filter->first[first];
}

static const enum token_kind kinds[] = {
	[PIECE_WORD] = TOKEN_WORD, [PIECE_NUMBER] = TOKEN_NUMBER, [PIECE_ACRONYM] = TOKEN_WORD,
	[PIECE_DESIGNATOR] = TOKEN_DESIGNATOR, [PIECE_GRAM] = TOKEN_GRAM,
};

/* Fills TOK from the piece P as far as END. With FOLD unset, a word that the filter does not want
 * is left without strings. */
static enum status
fill(struct analyser *an, const struct piece *p, size_t end, bool fold, struct token *tok, struct error *err)
{
	unsigned char first = (unsigned char)an->text[p->start];
	struct letters l;
	enum status st;

	*tok = (struct token){ .pos = an->pos, .start = (uint32_t)p->start, .end = (uint32_t)end,
			       .kind = kinds[p->kind], .term = an->arena, .exact = an->arena };
	if (!fold && first < 0x80 && !may_be_wanted(an, first >= 'A' && first <= 'Z' ? first | 0x20 : first))
		return ST_OK;
	gather(an, p, end, &l);
	if (l.upper >= 2 && l.other_case == 0 && p->kind != PIECE_DESIGNATOR)
		tok->flags |= TOKEN_CAPS;
	if (buf_status(&an->raw) != ST_OK)
		return error_nomem(err);
	buf_clear(&an->term);
	buf_clear(&an->exact);
	st = fold_word(an->fold, buf_str(&an->raw), an->raw.len, &an->term, &an->exact, err);
	if (st == ST_OK)
		keep_strings(an, tok);
	return st;
}

/* The parts from the first to the last of the queue, joined. */
static enum status
join(struct analyser *an, struct token *joined, struct error *err)
{
	const struct token *first = &an->queue[0], *t;
	struct piece whole = { .kind = PIECE_ACRONYM, .start = first->start };
	bool number = true;
	struct letters l;
	size_t end = 0;

	buf_clear(&an->term);
	buf_clear(&an->exact);
	for (t = first; t < an->queue + an->count; t++) {
		if (t->flags & TOKEN_ALSO)
			continue;
		/* No strings where the filter does not want words that begin as the first part does. */
		if (first->len > 0) {
			buf_add(&an->term, t->term, t->len);
			buf_add(&an->exact, t->exact, t->exact_len);
		}
		number = number && t->kind == TOKEN_NUMBER;
		end = t->end;
	}
	gather(an, &whole, end, &l);
	if (buf_status(&an->term) != ST_OK || buf_status(&an->exact) != ST_OK)
		return error_nomem(err);
	*joined = (struct token){ .start = first->start, .end = (uint32_t)end, .compound = first->compound,
				  .kind = number ? TOKEN_NUMBER : TOKEN_WORD, .flags = TOKEN_JOINED };
	if (l.upper >= 2 && l.other_case == 0)
		joined->flags |= TOKEN_CAPS;
	keep_strings(an, joined);
	return ST_OK;
}

/* Puts JOINED behind the first part (and its further readings), and at the end. */
static void
place_joined(struct analyser *an, struct token joined)
{
	uint32_t last_pos = an->queue[an->count - 1].pos;
	size_t behind = 1;

	while (an->queue[behind].flags & TOKEN_ALSO)
		behind++;
	memmove(an->queue + behind + 1, an->queue + behind, (an->count - behind) * sizeof(joined));
	joined.pos = an->queue[0].pos;
	an->queue[behind] = joined;
	an->count++;
	joined.pos = last_pos;
	an->queue[an->count++] = joined;
}

static void
blank_unwanted(struct analyser *an)
{
	struct token *t;

	for (t = an->queue; t < an->queue + an->count; t++) {
		if (t->len > 0 && !may_be_wanted(an, (unsigned char)t->term[0]))
			t->len = t->exact_len = 0;
	}
}

/* Whether the first letter of the text at AT is a capital. */
static bool
capital(const struct analyser *an, size_t at)
{
	uint32_t cp = utf8_at(an->text, an->len, at);

	return u_isupper((UChar32)cp) || u_istitle((UChar32)cp);
}

/* A name of another alphabet also in Latin letters, as a further reading of the token TOK. Where the
 * script has capitals, names have them; of short vowels that are not written nothing can be made. */
static enum status
add_latin(struct analyser *an, const struct token *tok, struct error *err)
{
	enum latin_script script;
	struct token also = *tok;
	const char *latin;
	size_t n;
	enum status st;

	if (an->without_latin || tok->kind != TOKEN_WORD || utf8_count(tok->term, tok->len) < LATIN_MIN)
		return ST_OK;
	script = latin_script(tok->term, tok->len);
	if (script == LATIN_NONE || script == LATIN_ABJAD ||
	    (script != LATIN_UNCASED && !capital(an, tok->start)))
		return ST_OK;
	st = latin_word(an->latin, script, tok->term, tok->len, &latin, &n, err);
	if (st != ST_OK)
		return st;
	buf_clear(&an->term);
	buf_add(&an->term, latin, n);
	if (buf_status(&an->term) != ST_OK)
		return error_nomem(err);
	also.term = keep(an, &an->term, &also.len);
	also.flags |= TOKEN_ALSO | TOKEN_LATIN;
	an->queue[an->count++] = also;
	return ST_OK;
}

static enum status
add_piece(struct analyser *an, const struct piece *p, bool fold, uint32_t compound, struct error *err)
{
	unsigned flags = compound ? TOKEN_PART : 0;
	struct token *tok = &an->queue[an->count++], *word = tok;
	enum status st = fill(an, p, p->end, fold, tok, err);

	tok->flags |= flags;
	tok->compound = compound;
	if (st == ST_OK && p->base_end != 0) {
		tok = &an->queue[an->count++];
		st = fill(an, p, p->base_end, fold, tok, err);
		tok->flags |= flags | TOKEN_ALSO;
		tok->compound = compound;
	}
	if (st == ST_OK && (unsigned char)an->text[p->start] >= 0x80)
		st = add_latin(an, word, err);
	an->pos++;
	return st;
}

/* Fills the queue with the word, or the compound, that begins at AT. */
static enum status
refill(struct analyser *an, struct error *err)
{
	struct piece pieces[PARTS_MAX];
	uint32_t compound = an->chain;
	enum status st = ST_OK;
	struct token joined;
	bool whole, fold = false;
	size_t n = 0, i;

	an->head = an->count = an->used = 0;
	do {
		tokeniser_piece(an->text, an->len, an->at, n == 0 && compound == 0, &pieces[n]);
		an->at = pieces[n].next;
	} while (pieces[n++].linked && n < PARTS_MAX);
	whole = compound == 0 && !pieces[n - 1].linked;
	if (compound == 0 && n > 1)
		compound = ++an->compounds;
	an->chain = pieces[n - 1].linked ? compound : 0;
	for (i = 0; i < n && st == ST_OK; i++) {
		st = add_piece(an, &pieces[i], fold, compound, err);
		/* The joined form needs all of its parts if it is wanted at all. */
		fold = whole && n > 1 && an->queue[0].len > 0;
	}
	if (st == ST_OK && whole && n > 1) {
		st = join(an, &joined, err);
		if (st == ST_OK)
			place_joined(an, joined);
	}
	if (st != ST_OK)
		an->count = 0;
	else if (an->filter != NULL)
		blank_unwanted(an);
	return st;
}

/* ---- plain words ---- */

/* The word or number of ASCII characters that starts at AT: false if it is no
 * plain one. *PASSED: nor is it wanted, and TOK was left alone. */
static bool
plain_word(struct analyser *an, struct token *tok, bool *passed)
{
	const unsigned char *s = (const unsigned char *)an->text;
	size_t start = an->at, at = start, n;
	uint8_t c = chars_ascii[s[at]];

	if (c == CHAR_LETTER)
		at = scan_letters(an->text, an->len, at);
	else
		while (at < an->len && chars_ascii[s[at]] == c)
			at++;
	n = at - start;
	if (!scan_plain(an->text, an->len, at, n, c == CHAR_DIGIT))
		return false;
	an->at = at;
	tok->pos = an->pos++;
	tok->flags = 0;
	if (n > ANALYSE_WORD_MAX)
		n = ANALYSE_WORD_MAX;
	if (!may_be_wanted(an, s[start] | 0x20)) {
		if ((*passed = an->filter->skip))
			return true;
		n = 0;
	} else if (scan_lower(an->word, an->text + start, n, an->len - start)) {
		tok->flags = TOKEN_CAPS;
	}
	tok->term = tok->exact = an->word;
	tok->len = tok->exact_len = n;
	tok->start = (uint32_t)start;
	tok->end = (uint32_t)at;
	tok->compound = 0;
	tok->kind = c == CHAR_DIGIT ? TOKEN_NUMBER : TOKEN_WORD;
	return true;
}

/* Moves AT to where the next word begins; false at the end of the text. */
static bool
seek(struct analyser *an)
{
	const unsigned char *s = (const unsigned char *)an->text;

	while (an->at < an->len && chars_ascii[s[an->at]] == CHAR_SEPARATOR)
		an->at++;
	if (an->at < an->len && chars_ascii[s[an->at]] != CHAR_LETTER && chars_ascii[s[an->at]] != CHAR_DIGIT)
		an->at = tokeniser_skip(an->text, an->len, an->at);
	return an->at < an->len;
}

enum status
analyse_next(struct analyser *an, struct token *tok, bool *got, struct error *err)
{
	bool skip = an->filter != NULL && an->filter->skip, passed = false;
	enum status st;

	*got = true;
	for (;;) {
		while (an->head < an->count) {
			*tok = an->queue[an->head++];
			if (tok->len > 0 || !skip)
				return ST_OK;
		}
		if (an->chain == 0) {
			if (!seek(an)) {
				*got = false;
				return ST_OK;
			}
			if ((unsigned char)an->text[an->at] < 0x80 && plain_word(an, tok, &passed)) {
				if (!passed)
					return ST_OK;
				passed = false;
				continue;
			}
		}
		st = refill(an, err);
		if (st != ST_OK)
			return st;
	}
}

uint32_t
analyse_positions(const struct analyser *an)
{
	return an->pos;
}

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

void
analyse_fingerprint(char out[ANALYSE_FINGERPRINT_MAX])
{
	snprintf(out, ANALYSE_FINGERPRINT_MAX, "a" TEXT(ANALYSE_VERSION) " icu" U_ICU_VERSION " xap" XAPIAN_BUILT
		 " fold=accents stem=en+lang word=" TEXT(ANALYSE_WORD_MAX) " words=%s", words_hash());
}
