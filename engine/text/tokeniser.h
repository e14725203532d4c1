/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Cutting text into pieces: where a word, number, designator, acronym or
 * ideograph begins and ends, which ending behind an apostrophe is not part of
 * it, and whether a hyphen ties it to the next. The lower half of analysis:
 * it looks at bytes and changes none.
 *
 * Everything is borrowed, nothing is allocated; safe for any bytes (what is
 * not UTF-8 separates words).
 */
#ifndef ENGINE_TEXT_TOKENISER_H
#define ENGINE_TEXT_TOKENISER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum piece_kind { PIECE_WORD, PIECE_NUMBER, PIECE_ACRONYM, PIECE_DESIGNATOR, PIECE_GRAM };

struct piece {
	enum piece_kind kind;
	size_t start, end;    /* bytes of the text; an ending that is not part of the word left out */
	size_t base_end;      /* where the word ends if what follows an apostrophe is a Turkish ending
				 after all; 0 where there is no such doubt */
	size_t next;          /* where to go on: behind the ending, and behind the hyphen if linked */
	bool linked;          /* the next piece, at NEXT, belongs to the same compound */
};

/* The first byte at or behind AT where a piece begins; LEN when none does. */
size_t tokeniser_skip(const char *text, size_t len, size_t at);

/* The piece at AT, which tokeniser_skip or a linked piece's NEXT gave. FIRST: it is no later part of a
 * compound. */
void tokeniser_piece(const char *text, size_t len, size_t at, bool first, struct piece *p);

#endif
