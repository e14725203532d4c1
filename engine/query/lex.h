/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The characters of a query: blanks, quotes, words, operators, and the column
 * that each stands in. Borrows the text, owns nothing.
 */
#ifndef ENGINE_QUERY_LEX_H
#define ENGINE_QUERY_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lex {
	const char *text;   /* well-formed UTF-8 */
	size_t len;
	size_t at;          /* the next byte */
	int col;            /* its character, from 1 */
};

enum lex_op { LEX_NONE, LEX_AND, LEX_OR, LEX_NOT, LEX_NEAR, LEX_ADJ, LEX_SAME };

void lex_init(struct lex *lx, const char *text, size_t len);
bool lex_end(const struct lex *lx);
/* The character at hand; 0 at the end. */
uint32_t lex_peek(const struct lex *lx);
/* Moves on to byte END, which begins a character or ends the text. */
void lex_to(struct lex *lx, size_t end);
void lex_skip_blanks(struct lex *lx);

bool lex_is_blank(uint32_t cp);
bool lex_is_quote(uint32_t cp);
/* Where the quote that OPEN began ends: the offset of the closing character at
 * or after lx->at and its length; false when there is none. */
bool lex_find_close(const struct lex *lx, uint32_t open, size_t *at, size_t *width);
/* Where the run of characters at hand ends, which blanks, quotes and parentheses do. */
size_t lex_word_end(const struct lex *lx);
/* The operator at hand, if the word at hand is one; NEAR and ADJ with or without their number,
 * SAME only with a slash: it is a word else. */
enum lex_op lex_op(const struct lex *lx);
/* "AND" ..., "" for LEX_NONE. */
const char *lex_op_name(enum lex_op op);
/* The length of the field name at hand, colon not counted; 0 when none is: no
 * letters before a colon, or what follows makes it a word ("http://", "text: more"). */
size_t lex_field_name(const struct lex *lx);
/* The end of a designator typed as two words at hand ("F 35"), or 0. */
size_t lex_spaced_designator(const struct lex *lx);

#endif
