/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The speeches near a quotation, and what its sentence says before it. It moves
 * through the tokens of one paragraph from quotation to quotation, so that a
 * sentence is read once however many quotations it has. Owns nothing.
 */
#ifndef ENGINE_QUOTES_NEARBY_H
#define ENGINE_QUOTES_NEARBY_H

#include "engine/quotes/types.h"

#define QUOTE_SPEECHES_MAX 32   /* speeches on either side of a quotation that are looked at */

struct nearby {
	const struct qtokens *tokens;
	const struct speeches *speeches;   /* all of the paragraph */
	size_t at;         /* the quotation's token */
	size_t from, to;   /* the tokens of its sentence; TO is not part of it */
	size_t read;       /* tokens before this one were read */
	size_t before;     /* how many of the speeches have their verbs before the quotation */
	size_t comma;      /* of the sentence before the quotation: one more than the last comma, or quotation that ends
			      in one; 0: there is none */
	bool was_done;     /* "it was agreed" is before the quotation in its sentence: nobody's words in particular */
	bool aside;        /* so is a bracket, or "I" */
};

/* Begins before the first of tokens T, whose speeches are S. */
void quote_nearby_begin(struct nearby *n, const struct speeches *s, const struct qtokens *t);
/* Moves on to the quotation that is token I. */
void quote_nearby_move(struct nearby *n, size_t i);

/* The last speech of the sentence before the quotation, of those in no closed clause; where there is none, the first. */
const struct speech *quote_nearby_before(const struct nearby *n);
/* The speech right behind the quotation, perhaps behind a comma; or, unless ONLY_BESIDE, one that closes the sentence. */
const struct speech *quote_nearby_after(const struct nearby *n, bool only_beside);
/* The last that was said before token I, in this paragraph, among the first N speeches. */
const struct speech *quote_nearby_earlier(const struct speeches *s, const struct qtokens *t, size_t i, size_t n);

#endif
