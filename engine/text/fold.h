/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Folding of one word: case, accents, width, ligatures, typographic marks, and
 * the letters that do not decompose (ı İ ł ø đ ß æ œ). ASCII never enters ICU,
 * nor do precomposed Latin and Cyrillic letters, which have a table.
 * Used by analysis only; nobody else folds.
 *
 * Accents go in Latin and Greek, vowel points in Arabic and Hebrew; alef, yeh
 * and kaf of every spelling become one; Cyrillic loses stress marks and the
 * dots of ё, and keeps й ї ў ќ ѓ, which are letters; marks of Indic and
 * South-East Asian scripts are vowels and stay. Digits of any script become 0-9.
 *
 * A fold owns its work memory; one a thread.
 */
#ifndef ENGINE_TEXT_FOLD_H
#define ENGINE_TEXT_FOLD_H

#include <stddef.h>

#include "base/buf.h"

#define FOLD_CHARS_MAX 256   /* characters of a word that are looked at */

struct fold;

enum status fold_new(struct fold **out, struct error *err) MUST_CHECK;
void fold_free(struct fold *f);
/* Appends the folded form of WORD (valid UTF-8) to TERM and its spelling (NFC, lower
 * case, accents kept) to EXACT. Both without further marks: an apostrophe or
 * hyphen inside the word is the caller's business; an ASCII full stop stays. */
enum status fold_word(struct fold *f, const char *word, size_t len,
		      struct buf *term, struct buf *exact, struct error *err) MUST_CHECK;

#endif
