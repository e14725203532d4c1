/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of the language's words as words_make writes it from the
 * files of corpus/lexicon: constant data, read by engine/words only.
 */
#ifndef ENGINE_TEXT_WORD_TABLE_H
#define ENGINE_TEXT_WORD_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#define WORD_LENGTH_MAX 40          /* bytes of a word in the files */
#define WORD_SLOTS 8192             /* a power of two, over twice the number of different words */
#define WORD_LANGUAGES_MAX 32       /* languages with a stemmer, English among them */
#define WORD_LANGUAGE_NAMES 4       /* names of a language, the last of them NULL */
#define WORD_EVERY_LANGUAGE 0       /* the number that stands for all of them */

/* A word of one language. Rows of the same word stand together and share TEXT. */
struct word_row {
	uint64_t classes;
	uint32_t text;              /* where it begins in word_texts; UINT32_MAX behind the last row */
	uint8_t len, language;
};

/* A language: its code of two letters, its names, of which the first is its stemmer's, and whether that takes prefixes
 * off, so that a stem's beginning says nothing of the word's. Its number is its place, counted from 1. */
struct word_language { char code[3]; const char *names[WORD_LANGUAGE_NAMES]; bool prefixes; };

extern const struct word_row word_rows[];
extern const char word_texts[];
/* By the hash of a word (hash_fixed), a clash in the next free slot: the number of its first row, counted from 1. */
extern const uint16_t word_slots[WORD_SLOTS];
extern const struct word_language word_languages[];
extern const unsigned word_languages_count, word_english;
/* Changes with the words, their classes and the languages. */
extern const char word_table_hash[];

#endif
