/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/query/lex.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"

void
lex_init(struct lex *lx, const char *text, size_t len)
{
	*lx = (struct lex){ .text = text, .len = len, .at = 0, .col = 1 };
}

bool
lex_end(const struct lex *lx)
{
	return lx->at >= lx->len;
}

static uint32_t
char_at(const struct lex *lx, size_t at, size_t *width)
{
	uint32_t cp = 0;
	size_t n = 0;

	if (at < lx->len)
		n = utf8_next(lx->text + at, lx->len - at, &cp);
	if (width != NULL)
		*width = n;
	return cp;
}

uint32_t
lex_peek(const struct lex *lx)
{
	return char_at(lx, lx->at, NULL);
}

void
lex_to(struct lex *lx, size_t end)
{
	lx->col += (int)utf8_count(lx->text + lx->at, end - lx->at);
	lx->at = end;
}

bool
lex_is_blank(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || (cp > 0x7F && u_isUWhiteSpace((UChar32)cp));
}

bool
lex_is_quote(uint32_t cp)
{
	switch (cp) {
	case '"':
	case 0x201C: case 0x201D: case 0x201E: case 0x201F:   /* “ ” „ ‟ */
	case 0xAB: case 0xBB:                                 /* « » */
	case 0x300C: case 0x300D: case 0x300E: case 0x300F:   /* corner brackets */
	case 0x301D: case 0x301E: case 0x301F:                /* double prime quotes */
	case 0xFF02:                                          /* fullwidth */
		return true;
	}
	return false;
}

/* Languages pair the same characters differently (“English”, „German“,
 * ”Swedish”, «French», »Danish«), so a pair is known by what opened it. */
static bool
closes(uint32_t open, uint32_t cp)
{
	switch (open) {
	case 0x201C: case 0x201D: case 0x201F:
		return cp == 0x201D;
	case 0x201E:
		return cp == 0x201C || cp == 0x201D;
	case 0xAB:
		return cp == 0xBB;
	case 0xBB:
		return cp == 0xAB || cp == 0xBB;
	case 0x300C: case 0x300E:
		return cp == open + 1;
	case 0x301D:
		return cp == 0x301E || cp == 0x301F;
	case '"': case 0xFF02:
		return cp == open;
	}
	return false;
}

bool
lex_find_close(const struct lex *lx, uint32_t open, size_t *at, size_t *width)
{
	size_t i;

	for (i = lx->at; i < lx->len; i += *width) {
		if (closes(open, char_at(lx, i, width))) {
			*at = i;
			return true;
		}
	}
	return false;
}

static bool
ends_word(uint32_t cp)
{
	return cp == '(' || cp == ')' || lex_is_blank(cp) || lex_is_quote(cp);
}

static size_t
word_end_at(const struct lex *lx, size_t at)
{
	size_t width;

	for (; at < lx->len; at += width)
		if (ends_word(char_at(lx, at, &width)))
			break;
	return at;
}

size_t
lex_word_end(const struct lex *lx)
{
	return word_end_at(lx, lx->at);
}

static size_t
blanks_end(const struct lex *lx, size_t at)
{
	size_t width;

	for (; at < lx->len; at += width)
		if (!lex_is_blank(char_at(lx, at, &width)))
			break;
	return at;
}

void
lex_skip_blanks(struct lex *lx)
{
	lex_to(lx, blanks_end(lx, lx->at));
}

enum lex_op
lex_op(const struct lex *lx)
{
	static const struct { const char *name; enum lex_op op; bool counted; } ops[] = {
		{ "AND", LEX_AND, false }, { "OR", LEX_OR, false }, { "NOT", LEX_NOT, false },
		{ "NEAR", LEX_NEAR, true }, { "ADJ", LEX_ADJ, true },
		{ "SAME", LEX_SAME, true },
	};
	const char *word = lx->text + lx->at;
	size_t len = lex_word_end(lx) - lx->at, i, n;

	for (i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		n = strlen(ops[i].name);
		if (len < n || memcmp(word, ops[i].name, n) != 0)
			continue;
		if (len == n ? ops[i].op != LEX_SAME : ops[i].counted && word[n] == '/')
			return ops[i].op;
	}
	return LEX_NONE;
}

const char *
lex_op_name(enum lex_op op)
{
	switch (op) {
	case LEX_AND: return "AND";
	case LEX_OR: return "OR";
	case LEX_NOT: return "NOT";
	case LEX_NEAR: return "NEAR";
	case LEX_ADJ: return "ADJ";
	case LEX_SAME: return "SAME";
	case LEX_NONE: break;
	}
	return "";
}

size_t
lex_field_name(const struct lex *lx)
{
	size_t at = lx->at, width, next;
	uint32_t cp;

	for (; (cp = char_at(lx, at, &width)) != 0; at += width)
		if (!(cp < 0x80 ? (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' : u_isalpha((UChar32)cp)))
			break;
	if (cp != ':' || at == lx->at)
		return 0;
	next = at + 1;
	if (lx->len - next >= 2 && lx->text[next] == '/' && lx->text[next + 1] == '/')
		return 0;
	return at - lx->at;
}

static bool
is_ascii_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "F 1st", "F 1,750", "F 5.9": numbers, not models. */
static bool
is_number_after_all(const char *rest, size_t len, size_t letters)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th" };
	size_t i;

	for (i = 0; letters == 2 && i < sizeof(ordinals) / sizeof(ordinals[0]); i++)
		if (memcmp(rest, ordinals[i], 2) == 0)
			return true;
	return letters == 0 && len >= 2 && (rest[0] == ',' || rest[0] == '.') && is_digit(rest[1]);
}

/* The width of the one blank that may stand inside a designator. */
static size_t
narrow_blank(uint32_t cp)
{
	return cp == ' ' ? 1 : cp == 0xA0 ? 2 : cp == 0x2007 || cp == 0x2009 || cp == 0x202F ? 3 : 0;
}

size_t
lex_spaced_designator(const struct lex *lx)
{
	const char *text = lx->text;
	size_t end = lex_word_end(lx), at, digits, width;
	uint32_t cp;

	if (end - lx->at != 1 || text[lx->at] < 'A' || text[lx->at] > 'Z')
		return 0;
	width = narrow_blank(char_at(lx, end, NULL));
	if (width == 0)
		return 0;
	for (at = end + width, digits = 0; at < lx->len && is_digit(text[at]); at++)
		digits++;
	if (digits < 1 || digits > 3)
		return 0;
	for (end = at; at < lx->len && is_ascii_letter(text[at]); at++)
		;
	if (is_number_after_all(text + end, lx->len - end, at - end))
		return 0;
	cp = char_at(lx, at, NULL);
	if (u_isalnum((UChar32)cp) || u_charType((UChar32)cp) == U_NON_SPACING_MARK)
		return 0;
	/* Whatever else is part of the second word (a comma, an asterisk) goes along. */
	return word_end_at(lx, at);
}
