/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/text/words.h"

#include <string.h>
#include <strings.h>

#include <unicode/uchar.h>

#include "base/hash.h"
#include "base/utf8.h"

/* LANG counts up to a hyphen or underscore, without case. */
const struct word_language *
words_language(const char *lang)
{
	size_t i, k, n = strcspn(lang, "-_");

	for (i = 0; i < word_languages_count; i++) {
		const struct word_language *l = &word_languages[i];

		if (n == 2 && strncasecmp(lang, l->code, 2) == 0)
			return l;
		for (k = 0; l->names[k] != NULL; k++)
			if (n == strlen(l->names[k]) && strncasecmp(lang, l->names[k], n) == 0)
				return l;
	}
	return NULL;
}

unsigned
words_language_number(const struct word_language *language)
{
	return language != NULL ? (unsigned)(language - word_languages) + 1 : WORDS_UNKNOWN_LANGUAGE;
}

/* The first row of WORD, NULL if it has none. */
static const struct word_row *
find(const char *word, size_t len)
{
	uint32_t i;

	if (len == 0 || len > WORD_LENGTH_MAX)
		return NULL;
	for (i = hash_fixed(word, len) & (WORD_SLOTS - 1); word_slots[i] != 0; i = (i + 1) & (WORD_SLOTS - 1)) {
		const struct word_row *row = &word_rows[word_slots[i] - 1];

		if (row->len == len && memcmp(word_texts + row->text, word, len) == 0)
			return row;
	}
	return NULL;
}

/* Whether WORD has CLASS in the language of that number, or, where that is WORD_EVERY_LANGUAGE, in any. */
static bool
has_class(const char *word, size_t len, uint64_t class, unsigned language)
{
	const struct word_row *first = find(word, len), *row;

	for (row = first; row != NULL && row->text == first->text; row++)
		if ((row->classes & class) != 0 && (language == WORD_EVERY_LANGUAGE || row->language == language))
			return true;
	return false;
}

/* Writes WORD in small letters to OUT, which has room for WORD_LENGTH_MAX bytes; 0 where it needs more. */
static size_t
small_letters(const char *word, size_t len, char *out)
{
	char small[4];
	size_t i, n = 0, step, k;
	uint32_t cp;

	if (len > WORD_LENGTH_MAX)
		return 0;
	for (i = 0; i < len; i += step) {
		if ((unsigned char)word[i] < 0x80) {
			if (n == WORD_LENGTH_MAX)
				return 0;
			out[n++] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] | 0x20) : word[i];
			step = 1;
			continue;
		}
		step = utf8_next(word + i, len - i, &cp);
		k = utf8_put(small, (uint32_t)u_tolower((UChar32)cp));
		if (n + k > WORD_LENGTH_MAX)
			return 0;
		memcpy(out + n, small, k);
		n += k;
	}
	return n;
}

uint64_t
words_classes(const char *word, size_t len, unsigned language)
{
	char small[WORD_LENGTH_MAX];
	size_t n = small_letters(word, len, small);
	const struct word_row *first = find(small, n), *row;
	uint64_t every = 0, own = 0, english = 0, others = 0;

	for (row = first; row != NULL && row->text == first->text; row++) {
		if (row->language == WORD_EVERY_LANGUAGE)
			every |= row->classes;
		else if (row->language == language)
			own |= row->classes;
		else if (row->language == word_english)
			english |= row->classes;
		else
			others |= row->classes;
	}
	return every | (own != 0 ? own : english != 0 ? english : others);
}

bool
words_stop_word(const char *folded, size_t len)
{
	return has_class(folded, len, WORD_FUNCTION, word_english);
}

bool
words_elision(const char *word, size_t len)
{
	return has_class(word, len, WORD_ELISION, WORD_EVERY_LANGUAGE);
}

bool
words_turkish_ending(const char *ending, size_t len)
{
	return has_class(ending, len, WORD_ENDING, WORD_EVERY_LANGUAGE);
}

const char *
words_hash(void)
{
	return word_table_hash;
}
