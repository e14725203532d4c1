/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/fold.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/utf8.h"

/* One character decomposes into 18 units at most, and lower case or case
 * folding at most triples what does not decompose. */
#define UNITS (FOLD_CHARS_MAX * 20)

/* Letters whose folding does not depend on their neighbours: U+00C0 to U+052F,
 * but for combining marks and the Greek capital sigma. */
#define TABLE_FIRST 0xC0
#define TABLE_LAST 0x52F
#define SIGMA 0x3A3

struct entry {
	uint8_t term_len, exact_len;  /* 0: not in the table */
	char term[3], exact[3];
};

struct fold {
	const UNormalizer2 *nfc, *nfkd;
	struct entry table[TABLE_LAST - TABLE_FIRST + 1];
	UChar a[UNITS], b[UNITS];
};

/* Letters without a decomposition, and what people type instead. */
static const struct { UChar32 cp; char to[3]; } letters[] = {
	{ 0x00E6, "ae" }, { 0x00F0, "d" }, { 0x00F8, "o" }, { 0x00FE, "th" },
	{ 0x0111, "d" }, { 0x0127, "h" }, { 0x0131, "i" }, { 0x0142, "l" },
	{ 0x014B, "n" }, { 0x0153, "oe" }, { 0x0167, "t" }, { 0x0180, "b" },
	{ 0x0188, "c" }, { 0x0192, "f" }, { 0x0199, "k" }, { 0x019A, "l" },
	{ 0x01A5, "p" }, { 0x01B4, "y" }, { 0x01B6, "z" }, { 0x01DD, "e" },
	{ 0x01E5, "g" }, { 0x0253, "b" }, { 0x0254, "o" }, { 0x0256, "d" },
	{ 0x0257, "d" }, { 0x0259, "e" }, { 0x025B, "e" }, { 0x0260, "g" },
	{ 0x0268, "i" }, { 0x026B, "l" }, { 0x0272, "n" }, { 0x0289, "u" },
};

/* Letters of Arabic script that are spellings of one another. */
static UChar32
arabic_letter(UChar32 cp)
{
	switch (cp) {
	case 0x0671: case 0x0672: case 0x0673: case 0x0675:
		return 0x0627;              /* alef */
	case 0x0649: case 0x06CC: case 0x06CD: case 0x06D0:
		return 0x064A;              /* yeh */
	case 0x06A9: case 0x06AA: case 0x06AB: case 0x06AC:
		return 0x0643;              /* kaf */
	}
	return cp;
}

/* Whether MARK is part of the letter BASE and not an accent on it. */
static bool
mark_stays(UChar32 base, UChar32 mark)
{
	UErrorCode code = U_ZERO_ERROR;

	if (u_hasBinaryProperty(mark, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
		return false;
	switch ((int)uscript_getScript(base, &code)) {   /* an open list: newer ICUs know more */
	case USCRIPT_CYRILLIC:
		switch (mark) {
		case 0x0306:                /* й ў */
			return base == 0x0438 || base == 0x0443;
		case 0x0308:                /* ї */
			return base == 0x0456;
		case 0x0301:                /* ѓ ќ */
			return base == 0x0433 || base == 0x043A;
		}
		return false;
	case USCRIPT_ARABIC:                /* ؤ ئ */
		return mark == 0x0654 && (base == 0x0648 || base == 0x064A);
	case USCRIPT_LATIN: case USCRIPT_GREEK: case USCRIPT_COMMON: case USCRIPT_INHERITED:
	case USCRIPT_HEBREW: case USCRIPT_SYRIAC: case USCRIPT_ARMENIAN: case USCRIPT_GEORGIAN:
		return false;
	}
	return true;
}

/* Copies the N units at FROM to TO without accents and what is neither letter, mark nor digit. */
static int32_t
strip(const UChar *from, int32_t n, UChar *to)
{
	int32_t i = 0, len = 0;
	UChar32 cp, base = ' ';

	while (i < n) {
		U16_NEXT(from, i, n, cp);
		if (U_GET_GC_MASK(cp) & U_GC_M_MASK) {
			if (!mark_stays(base, cp))
				continue;
		} else {
			cp = arabic_letter(cp);
			base = cp;
			if (u_charType(cp) == U_DECIMAL_DIGIT_NUMBER)
				cp = '0' + u_charDigitValue(cp);
			else if (!(U_GET_GC_MASK(cp) & (U_GC_L_MASK | U_GC_N_MASK)) && cp != '.')
				continue;
			else if (cp == 0x0640 || (cp >= 0x02B9 && cp <= 0x02BF))
				continue;           /* tatweel; letters that are apostrophes */
		}
		U16_APPEND_UNSAFE(to, len, cp);
	}
	return len;
}

static int32_t
replace_letters(const UChar *from, int32_t n, UChar *to)
{
	int32_t i, len = 0;
	size_t k;

	for (i = 0; i < n; i++) {
		for (k = 0; k < sizeof(letters) / sizeof(letters[0]); k++) {
			if (letters[k].cp == from[i])
				break;
		}
		if (from[i] < 0xE6 || k == sizeof(letters) / sizeof(letters[0])) {
			to[len++] = from[i];
			continue;
		}
		to[len++] = (UChar)letters[k].to[0];
		if (letters[k].to[1] != '\0')
			to[len++] = (UChar)letters[k].to[1];
	}
	return len;
}

static void
add_utf8(struct buf *out, const UChar *from, int32_t n)
{
	int32_t i = 0;
	UChar32 cp;
	char four[4];

	while (i < n) {
		U16_NEXT(from, i, n, cp);
		buf_add(out, four, utf8_put(four, U_IS_SURROGATE(cp) ? 0xFFFD : (uint32_t)cp));
	}
}

/* WORD as UTF-16 in A, at most FOLD_CHARS_MAX characters of it. */
static int32_t
take(const char *word, size_t len, UChar *a)
{
	size_t at = 0, chars = 0;
	uint32_t cp;
	int32_t n = 0;

	while (at < len && chars++ < FOLD_CHARS_MAX) {
		at += utf8_next(word + at, len - at, &cp);
		U16_APPEND_UNSAFE(a, n, cp);
	}
	return n;
}

static enum status
fold_by_icu(struct fold *f, const char *word, size_t len,
	    struct buf *term, struct buf *exact, struct error *err)
{
	UErrorCode code = U_ZERO_ERROR;
	size_t term_before = term->len, exact_before = exact->len;
	int32_t i, n = take(word, len, f->a);

	n = unorm2_normalize(f->nfc, f->a, n, f->b, UNITS, &code);
	for (i = 0; U_SUCCESS(code) && i < n; i++) {
		if (f->b[i] == 0x0130)          /* ICU would add a dot to the i */
			f->b[i] = 'i';
	}
	n = u_strToLower(f->a, UNITS, f->b, n, "", &code);
	if (U_SUCCESS(code))
		add_utf8(exact, f->a, n);
	n = unorm2_normalize(f->nfkd, f->a, n, f->b, UNITS, &code);
	if (U_SUCCESS(code))
		n = strip(f->b, n, f->a);
	n = u_strFoldCase(f->b, UNITS, f->a, n, U_FOLD_CASE_DEFAULT, &code);
	if (U_SUCCESS(code))
		n = replace_letters(f->b, n, f->a);
	n = unorm2_normalize(f->nfc, f->a, n, f->b, UNITS, &code);
	if (U_FAILURE(code))
		return error_set(err, code == U_MEMORY_ALLOCATION_ERROR ? ST_NOMEM : ST_INTERNAL,
				 "folding a word: %s", u_errorName(code));
	add_utf8(term, f->b, n);
	/* A lone accent typed as a letter folds to nothing; a word has a term. */
	if (term->len == term_before)
		buf_add(term, buf_str(exact) + exact_before, exact->len - exact_before);
	if (buf_status(term) != ST_OK || buf_status(exact) != ST_OK)
		return error_nomem(err);
	return ST_OK;
}

/* The fast way. False, with nothing appended, where WORD has a character that the table lacks. */
static bool
fold_by_table(const struct fold *f, const char *word, size_t len,
	      struct buf *term, struct buf *exact)
{
	const unsigned char *s = (const unsigned char *)word;
	char *t = buf_reserve(term, 2 * len + 4), *x = buf_reserve(exact, 2 * len + 4);
	size_t i = 0, tn = 0, xn = 0;

	if (t == NULL || x == NULL || len > FOLD_CHARS_MAX)
		return false;
	while (i < len) {
		const struct entry *e;
		unsigned cp;

		if (s[i] < 0x80) {
			t[tn++] = x[xn++] = (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] | 0x20 : s[i]);
			i++;
			continue;
		}
		if (s[i] < 0xC3 || s[i] > 0xD4 || i + 1 == len)
			return false;
		cp = (unsigned)(s[i] & 0x1F) << 6 | (s[i + 1] & 0x3F);
		if (cp > TABLE_LAST)
			return false;
		e = &f->table[cp - TABLE_FIRST];
		if (e->term_len == 0)
			return false;
		memcpy(t + tn, e->term, 3);
		memcpy(x + xn, e->exact, 3);
		tn += e->term_len;
		xn += e->exact_len;
		i += 2;
	}
	term->len += tn;
	exact->len += xn;
	term->data[term->len] = exact->data[exact->len] = '\0';
	return true;
}

static enum status
fill_table(struct fold *f, struct error *err)
{
	struct buf term = BUF_INIT, exact = BUF_INIT;
	enum status st = ST_OK;
	char two[4];
	uint32_t cp;

	for (cp = TABLE_FIRST; cp <= TABLE_LAST && st == ST_OK; cp++) {
		struct entry *e = &f->table[cp - TABLE_FIRST];

		if (!u_isalpha((UChar32)cp) || cp == SIGMA)
			continue;
		buf_clear(&term);
		buf_clear(&exact);
		st = fold_by_icu(f, two, utf8_put(two, cp), &term, &exact, err);
		if (st != ST_OK || term.len > 3 || exact.len > 3 || term.len == 0)
			continue;
		memcpy(e->term, buf_str(&term), term.len);
		memcpy(e->exact, buf_str(&exact), exact.len);
		e->term_len = (uint8_t)term.len;
		e->exact_len = (uint8_t)exact.len;
	}
	buf_fini(&term);
	buf_fini(&exact);
	return st;
}

enum status
fold_new(struct fold **out, struct error *err)
{
	UErrorCode code = U_ZERO_ERROR;
	struct fold *f = calloc(1, sizeof(*f));
	enum status st;

	*out = NULL;
	if (f == NULL)
		return error_nomem(err);
	f->nfc = unorm2_getNFCInstance(&code);
	f->nfkd = unorm2_getNFKDInstance(&code);
	if (U_FAILURE(code))
		st = error_set(err, code == U_MEMORY_ALLOCATION_ERROR ? ST_NOMEM : ST_INTERNAL,
			       "folding: ICU: %s", u_errorName(code));
	else
		st = fill_table(f, err);
	if (st != ST_OK) {
		fold_free(f);
		return st;
	}
	*out = f;
	return ST_OK;
}

void
fold_free(struct fold *f)
{
	free(f);
}

enum status
fold_word(struct fold *f, const char *word, size_t len,
	  struct buf *term, struct buf *exact, struct error *err)
{
	if (fold_by_table(f, word, len, term, exact))
		return ST_OK;
	return fold_by_icu(f, word, len, term, exact, err);
}
