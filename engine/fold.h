/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Folding of one word: case, accents, width, ligatures, typographic marks, and
 * the letters that do not decompose (ı İ ł ø đ ß æ œ). ASCII never enters ICU.
 * Used by analysis only; nobody else folds.
 */
#ifndef ENGINE_FOLD_H
#define ENGINE_FOLD_H

#include <stddef.h>

#include "base/buf.h"

struct fold;   /* ICU's normalizers and two work buffers; one a thread */

enum status fold_new(struct fold **out, struct error *err) MUST_CHECK;
void fold_free(struct fold *f);
/* Appends the folded form of WORD (valid UTF-8) to TERM and its spelling (NFC, lower
 * case, accents kept) to EXACT. Both without further marks: an apostrophe or
 * hyphen inside the word is the caller's business. */
enum status fold_word(struct fold *f, const char *word, size_t len,
		      struct buf *term, struct buf *exact, struct error *err) MUST_CHECK;

#endif
