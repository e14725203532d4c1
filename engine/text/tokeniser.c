/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/tokeniser.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "engine/text/chars.h"
#include "engine/text/words.h"

size_t
tokeniser_skip(const char *text, size_t len, size_t at)
{
	size_t n;

	while (at < len) {
		switch (chars_class(text, len, at, &n)) {
		case CHAR_LETTER:
		case CHAR_DIGIT:
		case CHAR_GRAM:
			return at;
		case CHAR_SEPARATOR:
		case CHAR_MARK:
		case CHAR_VANISH:
		case CHAR_APOSTROPHE:
		case CHAR_HYPHEN:
		case CHAR_DASH:
		case CHAR_OTHER:
			at += n;
		}
	}
	return len;
}

static enum char_class
class_at(const char *text, size_t len, size_t at)
{
	size_t n;

	return chars_class(text, len, at, &n);
}

static bool
word_goes_on(enum char_class c)
{
	return c == CHAR_LETTER || c == CHAR_DIGIT || c == CHAR_MARK || c == CHAR_VANISH;
}

/* The end of a run of letters, digits, marks and vanishing characters; *END is behind the last that does not vanish. */
static size_t
run(const char *text, size_t len, size_t at, size_t *end, bool *letter)
{
	enum char_class c;
	size_t n;

	while (word_goes_on(c = chars_class(text, len, at, &n))) {
		at += n;
		if (c != CHAR_VANISH)
			*end = at;
		if (c == CHAR_LETTER)
			*letter = true;
	}
	return at;
}

static size_t
digits(const char *text, size_t len, size_t at, size_t *count)
{
	size_t n;

	*count = 0;
	while (chars_class(text, len, at, &n) == CHAR_DIGIT) {
		at += n;
		++*count;
	}
	return at;
}

static size_t
ascii_letters(const char *text, size_t len, size_t at)
{
	while (at < len && chars_ascii[(unsigned char)text[at]] == CHAR_LETTER)
		at++;
	return at;
}

static size_t
ascii_digits(const char *text, size_t len, size_t at)
{
	while (at < len && text[at] >= '0' && text[at] <= '9')
		at++;
	return at;
}

/* The length of one of the given UTF-8 strings where TEXT + AT begins with it. */
static size_t
one_of(const char *text, size_t len, size_t at, const char *const *list)
{
	for (; *list != NULL; list++) {
		size_t n = strlen(*list);

		if (len - at >= n && memcmp(text + at, *list, n) == 0)
			return n;
	}
	return 0;
}

static bool
ordinal(const char *letters, size_t n)
{
	return n == 2 && (memcmp(letters, "st", 2) == 0 || memcmp(letters, "nd", 2) == 0 ||
			  memcmp(letters, "rd", 2) == 0 || memcmp(letters, "th", 2) == 0);
}

/* A single capital, one blank, and a number as designators have it: where it
 * ends, 0 if it is not so. */
static size_t
spaced_designator(const char *text, size_t len, size_t at, size_t *number)
{
	static const char *const blanks[] = { " ", "\u00A0", "\u202F", "\u2007", "\u2009", NULL };
	size_t n, first, last, end;

	if (at + 2 >= len)
		return 0;
	n = one_of(text, len, at + 1, blanks);
	first = at + 1 + n;
	last = ascii_digits(text, len, first);
	if (n == 0 || last == first || last - first > 3)
		return 0;
	end = ascii_letters(text, len, last);
	if (word_goes_on(class_at(text, len, end)) || ordinal(text + last, end - last))
		return 0;
	/* The first digits of 1,750 or 5.9 are no number of a model. */
	if (end == last && end + 1 < len && (text[end] == ',' || text[end] == '.') &&
	    class_at(text, len, end + 1) == CHAR_DIGIT)
		return 0;
	*number = first;
	return end;
}

/* Where the designator at AT ends, 0 if there is none. */
static size_t
designator(const char *text, size_t len, size_t at, bool first)
{
	static const char *const hyphens[] = {
		"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2212", NULL
	};
	size_t i, start, end, number;

	if (text[at] < 'A' || text[at] > 'Z')
		return 0;
	i = ascii_letters(text, len, at);
	if (i - at > 3 || i == len)
		return 0;
	start = i + one_of(text, len, i, hyphens);
	end = ascii_digits(text, len, start);
	if (end > start && end - start <= 3) {
		end = ascii_letters(text, len, end);
		if (!word_goes_on(class_at(text, len, end)))
			return end;
	}
	/* "A 50 percent rise", "I 35": see two_readings. */
	if (!first || i - at > 1 || text[at] == 'A' || text[at] == 'I')
		return 0;
	return spaced_designator(text, len, at, &number);
}

/* The English words A and I before a number: a compound of two words, which
 * the joined form finds as a designator. */
static bool
two_readings(const char *text, size_t len, size_t at, struct piece *p)
{
	size_t end, number;

	if (text[at] != 'A' && text[at] != 'I')
		return false;
	end = spaced_designator(text, len, at, &number);
	if (end == 0 || class_at(text, len, end) == CHAR_HYPHEN ||
	    class_at(text, len, end) == CHAR_APOSTROPHE)
		return false;
	p->end = at + 1;
	p->next = number;
	p->linked = true;
	return true;
}

/* Past one letter and its marks; 0 if there is no letter. */
static size_t
one_letter(const char *text, size_t len, size_t at)
{
	size_t n;

	if (chars_class(text, len, at, &n) != CHAR_LETTER)
		return 0;
	do {
		at += n;
	} while (chars_class(text, len, at, &n) == CHAR_MARK);
	return at;
}

/* Where the acronym at AT ends (U.S., U.N, e.g.), 0 if there is none. */
static size_t
acronym(const char *text, size_t len, size_t at)
{
	size_t letters = 0, dotted = 0, i = at, end;

	while ((end = one_letter(text, len, i)) != 0) {
		if (end < len && text[end] == '.') {
			letters++;
			dotted = i = end + 1;
			continue;
		}
		if (word_goes_on(class_at(text, len, end)))
			break;                  /* J.F.Kennedy: the letters before */
		return letters > 0 ? end : 0;
	}
	return letters > 1 ? dotted : 0;
}

/* Past the number at AT: groups of three behind commas, then a decimal fraction. */
static size_t
number(const char *text, size_t len, size_t at)
{
	static const char *const commas[] = { ",", "\u066C", NULL };
	static const char *const points[] = { ".", "\u066B", NULL };
	size_t count, more, i = digits(text, len, at, &count), j, n;

	if (count <= 3) {
		while (i < len && (n = one_of(text, len, i, commas)) > 0) {
			j = digits(text, len, i + n, &more);
			if (more != 3)
				break;
			i = j;
		}
	}
	/* 27.03.2025 and 10.0.0.1 are not decimal: their groups are numbers of their own. */
	if (at >= 2 && text[at - 1] == '.' && text[at - 2] >= '0' && text[at - 2] <= '9')
		return i;
	if (i < len && (n = one_of(text, len, i, points)) > 0) {
		j = digits(text, len, i + n, &more);
		if (more > 0 && !(j + 1 < len && text[j] == '.' && class_at(text, len, j + 1) == CHAR_DIGIT))
			return j;
	}
	return i;
}

/* ---- endings behind an apostrophe ---- */

/* The plain lower-case letter that CP is folded to for comparing Turkish endings, 0 if none. */
static char
turkish_letter(uint32_t cp)
{
	static const struct { uint16_t cp; char to; } list[] = {
		{ 0x131, 'i' }, { 0x130, 'i' }, { 0xFC, 'u' }, { 0xDC, 'u' }, { 0xE7, 'c' }, { 0xC7, 'c' },
	};
	size_t i;

	if (cp < 0x80)
		return (char)(cp | 0x20);
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		if (list[i].cp == cp)
			return list[i].to;
	}
	return 0;
}

/* How many letters the Turkish ending at TEXT has; 0 if it is none. */
static size_t
turkish_ending(const char *text, size_t len)
{
	char plain[12];
	size_t i = 0, n = 0, step;
	uint32_t cp;

	while (i < len) {
		enum char_class c = chars_class(text, len, i, &step);

		utf8_next(text + i, len - i, &cp);
		i += step;
		if (c == CHAR_MARK || c == CHAR_VANISH)
			continue;
		if (n == sizeof(plain) || turkish_letter(cp) == 0)
			return 0;
		plain[n++] = turkish_letter(cp);
	}
	return words_turkish_ending(plain, n) ? n : 0;
}

/* One or two letters, not both capitals: too short to be sure that an ending follows. */
static bool
hardly_a_name(const char *text, const struct piece *p)
{
	size_t i = p->start, step, letters = 0;
	uint32_t cp, last = 0;

	while (i < p->end && letters < 3) {
		if (chars_class(text, p->end, i, &step) == CHAR_LETTER) {
			utf8_next(text + i, p->end - i, &cp);
			last = cp;
			letters++;
		}
		i += step;
	}
	return letters < 3 && u_islower((UChar32)last);
}

static bool
begins_like_a_name(const char *text, size_t len, size_t at)
{
	uint32_t cp = utf8_at(text, len, at);

	return u_isupper((UChar32)cp) || u_istitle((UChar32)cp) || u_isdigit((UChar32)cp);
}

/* A vowel, accented or not, or an h: before it French drops the vowel of the article. */
static bool
vowel(const char *text, size_t len, size_t at)
{
	uint32_t cp = utf8_at(text, len, at);

	if (cp < 0x80)
		return strchr("aeiouyh", (int)(cp | 0x20)) != NULL;
	if (cp == 0x152 || cp == 0x153)
		return true;
	cp &= ~UINT32_C(0x20);
	return cp >= 0xC0 && cp <= 0xDC && cp != 0xC7 && cp != 0xD0 && cp != 0xD1 && cp != 0xD7;
}

static bool
elision(const char *text, size_t start, size_t end)
{
	char lower[8];
	size_t i;

	if (end - start > sizeof(lower))
		return false;
	for (i = start; i < end; i++)
		lower[i - start] = (char)(text[i] | 0x20);
	return words_elision(lower, end - start);
}

enum ending {
	ENDING_NONE,     /* the apostrophe is not inside the word */
	ENDING_INNER,    /* it is, and simply goes: O'Brien */
	ENDING_STRIPPED, /* what follows is not part of the word */
	ENDING_DOUBTFUL, /* perhaps it is */
	ENDING_ELISION   /* a word of its own follows */
};

/* Looks at the apostrophe at AT behind P's beginning; *REST is where the text behind it starts,
 * *PAST where it ends. */
static enum ending
look_behind_apostrophe(const char *text, size_t len, const struct piece *p, size_t at,
		       size_t *rest, size_t *past)
{
	size_t n, end = at;
	bool letter = false, plain = p->kind == PIECE_WORD;

	if (chars_class(text, len, at, &n) != CHAR_APOSTROPHE)
		return ENDING_NONE;
	*rest = at + n;
	if (class_at(text, len, *rest) != CHAR_LETTER)
		return ENDING_NONE;
	if (plain && elision(text, p->start, p->end) && vowel(text, len, *rest))
		return ENDING_ELISION;
	*past = run(text, len, *rest, &end, &letter);
	if (end - *rest == 1 && (text[*rest] | 0x20) == 's')
		return ENDING_STRIPPED;
	if (begins_like_a_name(text, len, p->start) &&
	    (n = turkish_ending(text + *rest, end - *rest)) > 0) {
		/* Sana'a and Sa'di are names; AB'nin has an ending. */
		if (plain && (n == 1 || hardly_a_name(text, p)))
			return ENDING_DOUBTFUL;
		return ENDING_STRIPPED;
	}
	return plain ? ENDING_INNER : ENDING_NONE;
}

/* From the first run of a word, number ... at P, through the apostrophes in it. AT is behind the run. */
static void
finish(const char *text, size_t len, struct piece *p, size_t at)
{
	size_t rest = 0, past = 0, n;
	bool letter;

	for (;;) {
		switch (look_behind_apostrophe(text, len, p, at, &rest, &past)) {
		case ENDING_NONE:
			break;
		case ENDING_INNER:
			at = run(text, len, rest, &p->end, &letter);
			p->base_end = 0;
			continue;
		case ENDING_STRIPPED:
			at = past;
			break;
		case ENDING_DOUBTFUL:
			p->base_end = p->end;
			at = run(text, len, rest, &p->end, &letter);
			continue;
		case ENDING_ELISION:
			p->next = rest;
			p->linked = true;
			return;
		}
		break;
	}
	p->next = at;
	if (chars_class(text, len, at, &n) == CHAR_HYPHEN) {
		enum char_class c = class_at(text, len, at + n);

		if (c == CHAR_LETTER || c == CHAR_DIGIT) {
			p->next = at + n;
			p->linked = true;
		}
	}
}

static void
gram(const char *text, size_t len, struct piece *p)
{
	enum char_class c;
	size_t n, at = p->start;

	chars_class(text, len, at, &n);
	do {
		at += n;
		c = chars_class(text, len, at, &n);
	} while (c == CHAR_MARK || c == CHAR_VANISH);
	p->kind = PIECE_GRAM;
	p->end = p->next = at;
}

void
tokeniser_piece(const char *text, size_t len, size_t at, bool first, struct piece *p)
{
	enum char_class c = class_at(text, len, at);
	bool letter = false;
	size_t end;

	*p = (struct piece){ .kind = PIECE_WORD, .start = at };
	if (c == CHAR_GRAM) {
		gram(text, len, p);
		return;
	}
	if (c == CHAR_LETTER) {
		if ((end = designator(text, len, at, first)) != 0)
			p->kind = PIECE_DESIGNATOR;
		else if (first && two_readings(text, len, at, p))
			return;
		else if ((end = acronym(text, len, at)) != 0)
			p->kind = PIECE_ACRONYM;
		if (end != 0) {
			p->end = end;
			finish(text, len, p, end);
			return;
		}
		p->end = at;
	} else {
		p->end = end = number(text, len, at);
		at = end;
	}
	at = run(text, len, at, &p->end, &letter);
	if (c == CHAR_DIGIT && !letter)
		p->kind = PIECE_NUMBER;
	finish(text, len, p, at);
}
