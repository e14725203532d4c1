/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Persons whom a text names where it proves that they are persons: by a title
 * or an office before the name (Foreign Minister Hakan Fidan, Mr. John Doe), by
 * a given name together with an initial or with what follows (John F. Doe; John
 * Doe, a clerk), or because a quotation is theirs. Only whole names, of two words
 * or more, and without what stands before them: it is better to miss a name than
 * to take a firm for one, or half of it. Text without small letters proves nothing.
 *
 * It follows from the article and the lexicon alone. What is found stays in the
 * array, which grows and is the caller's; all else is borrowed for the call.
 */
#ifndef ENGINE_ENTITIES_PERSONS_H
#define ENGINE_ENTITIES_PERSONS_H

#include "engine/entities/entities.h"
#include "engine/quotes/quotes.h"

struct person { uint32_t start, end; };     /* bytes of the text */

struct persons { struct person *at; size_t n, cap; };

/* Of an article's body: its TEXT, the words seen in it, what LEXICON names in it (mentions of other texts are passed
 * over), and who speaks in it. */
struct persons_text {
	const char *text;
	struct seen_text words;
	const struct lexicon *lexicon;
	const struct mention *mention;
	size_t nmentions;
	const struct quote *quote;
	size_t nquotes;
	unsigned language;              /* a number of words_language_number */
};

/* Puts those of IN into LIST, the same name as often as it is found. ST_NOMEM. */
enum status persons_find(const struct persons_text *in, struct persons *list) MUST_CHECK;
void persons_fini(struct persons *list);

#endif
