/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where sentences end: by the mark at the end of one and what stands around it. The one
 * cutter of sentences: for SAME/S, passages and VERSIONS, and for all that reads names,
 * acronyms and speakers in a text.
 *
 * A full stop ends none behind an initial (J.), a dotted abbreviation (U.S., a.m.) or one of
 * the words that are listed as such (Mr., Adm., Prof.; No. 5, Sept. 11), unless a capitalised stop word
 * follows ("in the U.S. The ..."); nor does any mark that small letters follow.
 *
 * Nothing is kept; texts are borrowed.
 */
#ifndef ENGINE_TEXT_SENTENCES_H
#define ENGINE_TEXT_SENTENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether C is no part of a sentence: white space, and other control characters. */
static inline bool
sentences_blank(char c)
{
	unsigned char u = (unsigned char)c;

	return u <= ' ' || u == 0x7F;
}

/* Whether a sentence or a paragraph (which an LF ends) of TEXT ends right before byte I; blanks in between
 * do not count. WHOLE: the text goes no further than LEN. */
bool sentences_end_before(const char *text, size_t len, bool whole, size_t i);
/* Whether a sentence or a paragraph of TEXT, which is whole, begins with the word at byte I; opening quotation
 * marks and brackets before the word do not count. */
bool sentences_begin_at(const char *text, size_t len, size_t i);
/* Whether the mark at byte AT of TEXT, which is whole, ends a sentence; closing quotation marks and brackets may
 * stand behind it. */
bool sentences_end_at(const char *text, size_t len, size_t at);
/* Where the next sentence behind byte AT begins; LEN when there is none. */
size_t sentences_next(const char *text, size_t len, size_t at);

#endif
