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
	int col;            /* the number of the character there, from 1 */
};

enum lex_op { LEX_NONE, LEX_AND, LEX_OR, LEX_NOT, LEX_NEAR, LEX_ADJ, LEX_SAME };

void lex_init(struct lex *lx, const char *text, size_t len);
bool lex_end(const struct lex *lx);
/* The next character; 0 at the end. */
uint32_t lex_peek(const struct lex *lx);
/* Moves on to byte END, which begins a character or ends the text. */
void lex_to(struct lex *lx, size_t end);
void lex_skip_blanks(struct lex *lx);

bool lex_is_blank(uint32_t cp);
bool lex_is_quote(uint32_t cp);
/* The end of a quote that the character OPEN began: *AT is the offset of the closing
 * character, lx->at or later, *WIDTH its length. False: the quote is never closed. */
bool lex_find_close(const struct lex *lx, uint32_t open, size_t *at, size_t *width);
/* The end of the next word: a blank, a quote or a parenthesis ends it. */
size_t lex_word_end(const struct lex *lx);
/* The operator that the next word is: NEAR and ADJ with or without their number, SAME only with a slash. */
enum lex_op lex_op(const struct lex *lx);
/* "AND" ..., "" for LEX_NONE. */
const char *lex_op_name(enum lex_op op);
/* The length of the field name that comes next, without its colon. 0: none does, since there are no
 * letters before a colon, or the text behind it makes both a word ("http://", "text: more"). */
size_t lex_field_name(const struct lex *lx);
/* The end of the two words that come next where they are one designator ("F 35"); else 0. */
size_t lex_spaced_designator(const struct lex *lx);

#endif
