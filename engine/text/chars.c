/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/chars.h"

#include <stdbool.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"

#define S CHAR_SEPARATOR
#define L CHAR_LETTER
#define D CHAR_DIGIT
#define A CHAR_APOSTROPHE
#define H CHAR_HYPHEN
#define O8 CHAR_OTHER, CHAR_OTHER, CHAR_OTHER, CHAR_OTHER, CHAR_OTHER, CHAR_OTHER, CHAR_OTHER, CHAR_OTHER

const uint8_t chars_ascii[256] = {
	S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
	S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
	S, S, S, S, S, S, S, A, S, S, S, S, S, H, S, S,
	D, D, D, D, D, D, D, D, D, D, S, S, S, S, S, S,
	S, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
	L, L, L, L, L, L, L, L, L, L, L, S, S, S, S, S,
	A, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
	L, L, L, L, L, L, L, L, L, L, L, S, S, S, S, S,
	O8, O8, O8, O8, O8, O8, O8, O8, O8, O8, O8, O8, O8, O8, O8, O8,
};

#undef S
#undef L
#undef D
#undef A
#undef H
#undef O8

static bool
written_without_spaces(uint32_t cp)
{
	UErrorCode code = U_ZERO_ERROR;

	if (cp < 0x0E00)
		return false;
	switch ((int)uscript_getScript((UChar32)cp, &code)) {
	case USCRIPT_HAN: case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: case USCRIPT_BOPOMOFO:
	case USCRIPT_THAI: case USCRIPT_LAO: case USCRIPT_KHMER: case USCRIPT_MYANMAR:
		return true;
	}
	return cp == 0x30FC || cp == 0xFF70;   /* the mark of a long vowel in Japanese */
}

/* Characters whose class is not that of their category. */
static enum char_class
special_class(uint32_t cp)
{
	switch (cp) {
	case 0x2018: case 0x2019: case 0x201B: case 0x2032: case 0x00B4: case 0x02BB: case 0x02BC:
	case 0x055A: case 0x05F3: case 0x05F4: case 0x1FEF: case 0x1FFD: case 0xA78C: case 0xFF07:
		return CHAR_APOSTROPHE;
	case 0x2010: case 0x2011: case 0x2012: case 0x2212: case 0x058A: case 0x05BE: case 0xFE63:
	case 0xFF0D:
		return CHAR_HYPHEN;
	case 0x2013:
		return CHAR_DASH;
	case 0x200B:                             /* zero width space */
		return CHAR_SEPARATOR;
	case 0x0640: case 0x02B9: case 0x02BA: case 0x02BD: case 0x02BE: case 0x02BF:
		return CHAR_VANISH;
	case 0x0E33: case 0x0EB3: case 0xFF9E: case 0xFF9F:
		return CHAR_MARK;                /* letters by category, signs by use */
	}
	if (cp >= 0x2080 && cp <= 0x2089)        /* CO₂; a superscript is a footnote's number */
		return CHAR_DIGIT;
	return CHAR_OTHER;
}

static enum char_class
wide_class(uint32_t cp)
{
	enum char_class c = special_class(cp);
	uint32_t mask;

	if (c != CHAR_OTHER)
		return c;
	mask = U_GET_GC_MASK((UChar32)cp);
	if (mask & (U_GC_L_MASK | U_GC_NL_MASK | U_GC_M_MASK | U_GC_CF_MASK)) {
		if (u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
			return CHAR_VANISH;
		if (mask & U_GC_M_MASK)
			return CHAR_MARK;
		if (mask & U_GC_CF_MASK)
			return CHAR_SEPARATOR;
		return written_without_spaces(cp) ? CHAR_GRAM : CHAR_LETTER;
	}
	return mask & U_GC_ND_MASK ? CHAR_DIGIT : CHAR_SEPARATOR;
}

enum char_class
chars_class(const char *text, size_t len, size_t at, size_t *n)
{
	enum char_class c;
	uint32_t cp;

	if (at >= len) {
		*n = 0;
		return CHAR_SEPARATOR;
	}
	*n = 1;
	c = chars_ascii[(unsigned char)text[at]];
	if (c != CHAR_OTHER)
		return c;
	*n = utf8_next(text + at, len - at, &cp);
	return wide_class(cp);
}
