/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A key by which spellings of one name find one another: Zelensky, Zelenskyy,
 * Selenskyj; Gaddafi, Qaddafi, Kadhafi; Khrushchev, Chruschtschow.
 *
 * Modelled on the Daitch-Mokotoff Soundex (R. Mokotoff, "Soundexing and
 * Genealogy", 1997, which reads tsch, shch, cz ... as one sound each) and, for
 * letters that are read in two ways, on Double Metaphone (L. Philips, "The Double
 * Metaphone Search Algorithm", C/C++ Users Journal 18(6), 2000, with two keys
 * to a word). Such keys alone take Bush for Bosch; so they only choose the names to
 * compare, and namekey_alike looks at vowels and at the consonants that a key
 * makes one. dragoman-query(7) tells how letters are read.
 *
 * Pure functions; nothing is owned.
 */
#ifndef ENGINE_TEXT_NAMEKEY_H
#define ENGINE_TEXT_NAMEKEY_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/text/latin.h"

#define NAMEKEY_MAX 20        /* letters of a key; a name with more has none */
#define NAMEKEY_READINGS 2

struct namekey { char text[NAMEKEY_MAX + 1]; size_t len; };

/* The keys of the folded word LATIN, which is in Latin letters and was written in SCRIPT; returns their number. A word
 * with digits, or with fewer than three letters or two consonants, has none. */
size_t namekey_make(const char *latin, size_t len, enum latin_script script, struct namekey out[NAMEKEY_READINGS]);

/* Whether A and B, which have a key in common, can be spellings of one name. */
bool namekey_alike(const char *a, size_t a_len, enum latin_script a_script,
		   const char *b, size_t b_len, enum latin_script b_script);

#endif
