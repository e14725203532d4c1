/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Closed word lists that analysis and query language rest on. All of them are
 * static and sorted; nothing here is owned by anybody.
 */
#ifndef ENGINE_WORDS_H
#define ENGINE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* An English function word in its folded form: where such a word is typed all
 * in capitals (US, IT, WHO), the spelling is the hint that a name is meant. */
bool words_function_word(const char *folded, size_t len);

/* A word that French (or Italian) writes with an apostrophe before a vowel:
 * l', d', qu', dell'. Lower case ASCII. */
bool words_elision(const char *word, size_t len);

/* A Turkish case ending or suffix as written after a name and an apostrophe:
 * 'nin, 'de, 'lerden. Lower case, without dots and accents. */
bool words_turkish_ending(const char *ending, size_t len);

#endif
