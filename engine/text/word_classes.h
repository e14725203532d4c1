/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The classes of the language's words: one row a class, with its name in the
 * files of words (corpus/lexicon, dragoman-words(5)) and what it says of a word.
 */
#ifndef ENGINE_TEXT_WORD_CLASSES_H
#define ENGINE_TEXT_WORD_CLASSES_H

#include <stdint.h>

#define WORD_CLASSES(X) \
	X(FUNCTION, "function")        /* the, it, who: all in capitals (IT, WHO) it may be a name */ \
	X(ELISION, "elision")          /* l', d', qu': written with an apostrophe before a vowel */ \
	X(ENDING, "ending")            /* 'nin, 'de: a case ending behind a name and an apostrophe, without accents */ \
	X(ABBREVIATION, "abbreviation") /* Mr., Adm.: its full stop ends no sentence before a capital or a number */ \
	X(BEFORE_NUMBER, "before-number") /* No. 5, Sept. 11: its full stop ends none before a number */

enum {
#define WORD_CLASS_NUMBER(id, name) WORD_NUMBER_##id,
	WORD_CLASSES(WORD_CLASS_NUMBER)
#undef WORD_CLASS_NUMBER
	WORD_CLASSES_COUNT
};

/* WORD_FUNCTION and its kin: the bits of a set of classes. */
enum {
#define WORD_CLASS_BIT(id, name) WORD_##id = UINT64_C(1) << WORD_NUMBER_##id,
	WORD_CLASSES(WORD_CLASS_BIT)
#undef WORD_CLASS_BIT
};

#endif
