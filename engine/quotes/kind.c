/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/kind.h"

#include <string.h>

#define SCARE_WORDS 3 /* a quotation of so few may be a word that nobody said */
#define LONG_WORDS 8  /* and one of so many are somebody's words */

/* How the words end: a comma asks for "X said" behind them. */
bool
quote_kind_ends(const struct qtokens *t, size_t i, const char *bytes)
{
	const struct qtoken *w = &t->at[i];

	if (strchr(bytes, t->text[w->end - 1]) != NULL)
		return true;
	return w->end - w->start > 3 && strchr(bytes, ',') != NULL && memcmp(t->text + w->end - 3, "，", 3) == 0;
}

/* So-called "X", titled "X", its "X": no words of anybody's. */
bool
quote_kind_label(const struct qtokens *list, size_t i)
{
	const struct qtoken *t = list->at;

	if (i == 0 || t[i - 1].kind != QT_WORD || (i > 1 && t[i - 2].possessive && (t[i - 1].classes & WORD_WORDS) != 0))
		return false;
	i -= i > 1 && t[i - 2].kind == QT_WORD &&
		((t[i - 1].classes & (WORD_SKIP | WORD_BREAK)) != 0 || quote_tokens_is(list, i - 1, "of"));
	return quote_tokens_has(list, i - 1, WORD_LABEL);
}

static int
count_words(const struct qtokens *t, size_t at)
{
	const struct qtoken *w = &t->at[at];
	uint32_t i;
	int words = 1;

	for (i = w->start; i < w->end; i++)
		words += t->text[i] == ' ';
	return words;
}

bool
quote_kind_scare(const struct qtokens *t, size_t at)
{
	return count_words(t, at) <= SCARE_WORDS && !quote_kind_ends(t, at, ".,?!");
}

bool
quote_kind_long(const struct qtokens *t, size_t at)
{
	return count_words(t, at) >= LONG_WORDS;
}

/* Whether every longer word of it, and the first, begins with a capital: a title or a product. Where the
 * word before is in capitals, too, they tell nothing. */
static bool
is_title(const struct qtokens *t, size_t at)
{
	const char *text = t->text;
	const struct qtoken *w = &t->at[at], *before = at > 0 ? w - 1 : NULL;
	uint32_t i, word = w->start;
	bool small = before != NULL && before->kind == QT_WORD && text[before->end - 1] >= 'a' &&
		text[before->end - 1] <= 'z';

	for (i = w->start; i <= w->end; i++) {
		if (i < w->end && text[i] != ' ' && text[i] != '-') {
			small = small || (text[i] >= 'a' && text[i] <= 'z');
			continue;
		}
		if (text[word] >= 'a' && text[word] <= 'z' && (word == w->start || i - word > 3))
			return false;
		word = i + 1;
	}
	return small;
}

/* A title rather than speech: "Yes" is one only without its comma. */
bool
quote_kind_thing(const struct qtokens *t, size_t i)
{
	const struct qtoken *w = &t->at[i];
	const bool one = memchr(t->text + w->start, ' ', w->end - w->start) == NULL;

	return !quote_kind_ends(t, i, one ? ".,?!" : ".?!") && is_title(t, i);
}
