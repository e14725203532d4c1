/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What each character is to analysis: part of a word, a joiner, a separator.
 * Nothing is owned; safe for any bytes (what is not UTF-8 separates words).
 */
#ifndef ENGINE_TEXT_CHARS_H
#define ENGINE_TEXT_CHARS_H

#include <stddef.h>
#include <stdint.h>

enum char_class {
	CHAR_SEPARATOR,
	CHAR_LETTER,
	CHAR_DIGIT,
	CHAR_GRAM,       /* a letter of a script that is written without spaces */
	CHAR_MARK,       /* an accent or vowel sign: belongs to what it follows */
	CHAR_VANISH,     /* soft hyphen, joiners, bidi marks, tatweel: as if not there */
	CHAR_APOSTROPHE, /* whichever character was typed for it */
	CHAR_HYPHEN,     /* likewise */
	CHAR_DASH,       /* the en dash, a hyphen in a designator only */
	CHAR_OTHER       /* in chars_ascii: not ASCII, ask chars_class */
};

/* The class of each ASCII byte; CHAR_OTHER for the rest. */
extern const uint8_t chars_ascii[256];

/* The class of the character at TEXT + AT and its length in *N; past the end a
 * separator of length 0. */
enum char_class chars_class(const char *text, size_t len, size_t at, size_t *n);

#endif
