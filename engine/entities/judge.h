/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The insides of entities.h: an article's words, and the judgement on one name by
 * the words around it. Owns nothing.
 */
#ifndef ENGINE_ENTITIES_JUDGE_H
#define ENGINE_ENTITIES_JUDGE_H

#include "engine/lexicon/lexicon.h"

/* Flags of a word, bits. */
enum {
	JUDGE_CAPITAL = 1,    /* begins with a capital, or in a script without */
	JUDGE_CAPS = 2,       /* all in capitals */
	JUDGE_START = 4,      /* may begin a sentence */
	JUDGE_ADJACENT = 8,   /* one blank or hyphen after the word before, or the point of an initial or title */
	JUDGE_COMMA = 16,     /* a comma after it */
	JUDGE_INITIAL = 32,   /* a single letter */
	JUDGE_OWNER = 64      /* ends in 's */
};

struct judge_word { uint32_t word, start, end, pos; unsigned kinds, flags; };

/* How a text is written. */
enum letters { LETTERS_MIXED, LETTERS_TITLE, LETTERS_CAPS };

/* The words of one text. */
struct judge_text { const struct judge_word *word; size_t n; enum letters letters; };

/* How often the article speaks for each entity, by number. */
struct judge { const struct lexicon *lx; const int *hints; };

enum verdict {
	VERDICT_NO,
	VERDICT_PERSON,      /* a person's surname: so it may be elsewhere in the article */
	VERDICT_PERHAPS,     /* if the article names it where it is clear, or speaks for it */
	VERDICT_PLACE,       /* a word before it says that it is a place */
	VERDICT_YES
};

/* Whether the words of T from AT on have the capitals that NAME must have. */
bool judge_letters(const struct judge *j, const struct judge_text *t, size_t at, uint32_t name);
/* Judges whether the words of T from AT on, which are NAME's, name its entity. */
enum verdict judge_name(const struct judge *j, const struct judge_text *t, size_t at, uint32_t name);
/* How much the words near the words AT to END speak for ENTITY; below 0: against it. */
int judge_context(const struct judge *j, const struct judge_text *t, size_t at, size_t end, uint32_t entity);
/* How much the words near, and the article as a whole, speak for ENTITY. */
int judge_score(const struct judge *j, const struct judge_text *t, size_t at, size_t end, uint32_t entity);

#endif
