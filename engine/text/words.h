/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The closed lists of words of the languages: which classes a word has. They come
 * from corpus/lexicon/CODE.words (dragoman-words(5)) when Dragoman is built. All of it
 * is constant; nothing here is owned by anybody.
 */
#ifndef ENGINE_TEXT_WORDS_H
#define ENGINE_TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/text/word_classes.h"
#include "engine/text/word_table.h"

#define WORDS_UNKNOWN_LANGUAGE 0

/* The language that LANG ("fr", "fr-CA", "French") names; NULL if it is none of corpus/lexicon/languages. */
const struct word_language *words_language(const char *lang);
/* Its number for words_classes; WORDS_UNKNOWN_LANGUAGE for NULL. */
unsigned words_language_number(const struct word_language *language);

/* The classes of the word WORD in a text of the language of that number; 0: it has none. They are the word's
 * classes in that language, else those in English, else those in any other; and those that it has in
 * every language. Capitals do not matter. */
uint64_t words_classes(const char *word, size_t len, unsigned language);

/* Whether WORD is an English stop word in its folded form: where such a word is typed all
 * in capitals (US, IT, WHO), the spelling is the hint that a name is meant. */
bool words_stop_word(const char *folded, size_t len);

/* Whether French (or Italian) writes WORD with an apostrophe before a vowel: l', d', qu', dell'. Small ASCII letters. */
bool words_elision(const char *word, size_t len);

/* Whether ENDING is a Turkish case ending or suffix as written after a name and an apostrophe:
 * 'nin, 'de, 'lerden. Small letters, without dots and accents. */
bool words_turkish_ending(const char *ending, size_t len);

/* What changes with the words: part of the analysis's fingerprint. */
const char *words_hash(void);

#endif
