/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a word says of the persons' names beside it: the lists that tell who
 * speaks (engine/quotes/words.h), and what these do not have. Nothing is owned.
 */
#ifndef ENGINE_ENTITIES_PERSON_WORDS_H
#define ENGINE_ENTITIES_PERSON_WORDS_H

#include "engine/entities/judge.h"
#include "engine/quotes/words.h"

/* Beside QW_ bits, from the top. */
enum {
	NW_OFFICE = 1 << 30,    /* before a name, whatever that is, its bearer's */
	NW_OTHER = 1 << 29      /* part of no person's name */
};

/* The bits of word W of TEXT. */
unsigned person_word(const char *text, const struct seen *w);

#endif
