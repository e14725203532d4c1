/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Acronyms that a text explains: Long Form (LF), or LF (Long Form). After
 * A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying
 * abbreviation definitions in biomedical text", Pacific Symposium on
 * Biocomputing 2003, with three restrictions of ours that this field's text
 * asks for: half of an acronym's letters at least are capitals, two of them at
 * least, it is one word, and what it stands for is two words at least.
 *
 * Pure functions over borrowed text; nothing is owned.
 */
#ifndef ENGINE_TEXT_ACRONYMS_H
#define ENGINE_TEXT_ACRONYMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define ACRONYMS_WORDS_MAX 15   /* words of the longest expansion */
#define ACRONYMS_BYTES_MAX 110  /* bytes of the longest expansion, folded */
#define ACRONYMS_LETTERS_MAX 63 /* letters of an acronym that acronyms_strict takes */

struct acronym_pair {
	size_t acronym, acronym_end;        /* bytes of the text */
	size_t expansion, expansion_end;
};

/* The next pair in TEXT, which is searched from *AT on; false at the end. */
bool acronyms_next(const char *text, size_t len, size_t *at, struct acronym_pair *out);

/* Whether ACRONYM is made of the first letters of WORDS (one blank between two), where stop words may lack a
 * letter; both are folded. No acronym of over ACRONYMS_LETTERS_MAX letters is. Such an expansion is believed even if
 * only one article tells it. */
bool acronyms_strict(const char *acronym, size_t alen, const char *words, size_t wlen);

/* Adds a word to OUT, the normal form of an expansion, in which plurals, "and" and "&" make no difference:
 * its English STEM (none: the folded TERM), stop words left out. */
void acronyms_normal(struct buf *out, const char *term, size_t len, const char *stem, size_t stem_len);

#endif
