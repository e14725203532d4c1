/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Persons: names that a text proves to be persons' names: by a title or an office
 * before the name (Foreign Minister Hakan Fidan, Mr. John Doe), by a given name
 * with an initial or with an apposition (John F. Doe; John Doe, a clerk), or by a
 * quotation whose speaker it is. Only whole names of two words or more count,
 * without title and office: it is better to miss a name than to take a firm, or
 * half a name, for one. Text without small letters proves nothing.
 *
 * The names follow from the article and the lexicon alone. The array of names
 * grows and is the caller's; all else is borrowed for the call.
 */
#ifndef ENGINE_ENTITIES_PERSONS_H
#define ENGINE_ENTITIES_PERSONS_H

#include "engine/entities/entities.h"
#include "engine/quotes/quotes.h"

struct person { uint32_t start, end; };     /* bytes of the text */

struct persons { struct person *at; size_t n, cap; };

/* An article's body: its TEXT and words, the mentions of LEXICON's names in it (mentions in other texts are passed
 * over), and its quotations. */
struct persons_text {
	const char *text;
	struct judge_text words;
	const struct lexicon *lexicon;
	const struct mention *mention;
	size_t nmentions;
	const struct quote *quote;
	size_t nquotes;
	unsigned language;              /* a number of words_language_number */
};

/* Replaces the contents of LIST by the persons that IN names; a name stands in it as often as in the text. ST_NOMEM. */
enum status persons_find(const struct persons_text *in, struct persons *list) MUST_CHECK;
void persons_fini(struct persons *list);

#endif
