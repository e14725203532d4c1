/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/sentences.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "engine/text/words.h"

#define WORD_MAX 16   /* bytes of the longest word that is looked up */
#define CLOSING_MAX 32 /* marks behind a full stop: no more are looked at, since in a row of them each may be asked about */

struct text { const char *at; size_t len; };

static bool
closes(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0x2019 || cp == 0x201D ||
		cp == 0xBB || cp == 0x300D || cp == 0x300F;
}

static bool
opens(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == '(' || cp == '[' || cp == 0x2018 || cp == 0x201C || cp == 0x201E ||
		cp == 0xAB || cp == 0xA1 || cp == 0xBF;
}

/* Stops that need no blank after them. */
static bool
wide_stop(uint32_t cp)
{
	return cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0xFF0E;
}

/* The ASCII letters from byte FROM to END in small ones; empty where there are others. */
static void
small_letters(const struct text *t, size_t from, size_t end, char out[WORD_MAX + 1])
{
	size_t i;

	out[0] = '\0';
	if (end - from > WORD_MAX)
		return;
	for (i = from; i < end; i++) {
		char c = t->at[i];

		if ((c | 0x20) < 'a' || (c | 0x20) > 'z') {
			out[0] = '\0';
			return;
		}
		out[i - from] = (char)(c | 0x20);
	}
	out[end - from] = '\0';
}

/* Whether a capitalised stop word of two letters or more begins at I: "The", "It". */
static bool
stop_word_at(const struct text *t, size_t i)
{
	size_t end = i;
	char word[WORD_MAX + 1];

	while (end < t->len && end - i <= WORD_MAX && (t->at[end] | 0x20) >= 'a' && (t->at[end] | 0x20) <= 'z')
		end++;
	if (end - i < 2 || t->at[i] < 'A' || t->at[i] > 'Z')
		return false;
	small_letters(t, i, end, word);
	return words_stop_word(word, strlen(word));
}

/* Whether the full stop at STOP, which NEXT stands behind, closes an abbreviation rather than a sentence. */
static bool
abbreviates(const struct text *t, size_t stop, size_t next)
{
	size_t from = stop, n = 0;
	char word[WORD_MAX + 1];
	uint64_t classes;

	if (next < t->len && stop_word_at(t, next))
		return false;
	/* Some write a blank before the stop ("U.S ."). */
	if (stop > 0 && t->at[stop - 1] == ' ')
		from = --stop;
	while (from > 0 && !sentences_blank(t->at[from - 1]) && n <= WORD_MAX) {
		size_t before = utf8_before(t->at, from);

		if (t->at[before] == '.')
			return true;
		if (!u_isalpha((UChar32)utf8_at(t->at, t->len, before)))
			break;
		from = before;
		n++;
	}
	if (n == 1)
		return u_isUUppercase((UChar32)utf8_at(t->at, t->len, from));
	small_letters(t, from, stop, word);
	classes = words_classes(word, strlen(word), WORDS_UNKNOWN_LANGUAGE);
	return (classes & WORD_ABBREVIATION) != 0 ||
		((classes & WORD_BEFORE_NUMBER) != 0 && next < t->len && t->at[next] >= '0' && t->at[next] <= '9');
}

/* Whether the mark CP at AT, with a blank somewhere between it and NEXT, ends a sentence. */
static bool
ends(const struct text *t, uint32_t cp, size_t at, size_t next)
{
	size_t i = next;
	uint32_t first = 0;

	if (cp != '.' && cp != '!' && cp != '?' && cp != 0x2026 && cp != 0x61F && cp != 0x6D4 && cp != 0x964)
		return false;
	while (i < t->len && (sentences_blank(t->at[i]) || opens(first = utf8_at(t->at, t->len, i))))
		i += utf8_next(t->at + i, t->len - i, &first);
	if (i < t->len && u_islower((UChar32)utf8_at(t->at, t->len, i)))
		return false;
	return cp != '.' || !abbreviates(t, at, i);
}

bool
sentences_end_before(const char *text, size_t len, bool whole, size_t i)
{
	const struct text t = { text, len };
	size_t at = i, marks;
	uint32_t cp;

	while (at > 0 && sentences_blank(text[at - 1]))
		if (text[--at] == '\n')
			return true;
	if (at == 0)
		return true;
	cp = utf8_at(text, len, utf8_before(text, at));
	for (marks = 0; closes(cp) && marks < CLOSING_MAX; marks++) {
		at = utf8_before(text, at);
		if (at == 0)
			return false;
		cp = utf8_at(text, len, utf8_before(text, at));
	}
	if (wide_stop(cp))
		return true;
	if (at == i || (i < len && !sentences_blank(text[i]) && !sentences_blank(text[i - 1])))
		return i == len && whole;
	return ends(&t, cp, utf8_before(text, at), i);
}

bool
sentences_begin_at(const char *text, size_t len, size_t i)
{
	while (i > 0 && opens(utf8_at(text, len, utf8_before(text, i))))
		i = utf8_before(text, i);
	return sentences_end_before(text, len, true, i);
}

bool
sentences_end_at(const char *text, size_t len, size_t at)
{
	size_t i = at;
	uint32_t cp;

	for (i += utf8_next(text + i, len - i, &cp); i < len && closes(utf8_at(text, len, i));)
		i += utf8_next(text + i, len - i, &cp);
	while (i < len && sentences_blank(text[i]))
		i++;
	return sentences_end_before(text, len, true, i);
}

size_t
sentences_next(const char *text, size_t len, size_t at)
{
	size_t i;

	for (i = at + 1; i < len; i++) {
		unsigned char before = (unsigned char)text[i - 1], c = (unsigned char)text[i];

		/* Words begin behind a blank, or behind a mark of a script without blanks. */
		if ((c & 0xC0) != 0x80 && !sentences_blank(text[i]) && (sentences_blank(text[i - 1]) || before >= 0x80) &&
		    sentences_end_before(text, len, true, i))
			return i;
	}
	return len;
}
