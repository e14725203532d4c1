/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finds the stretches of a text between quotation marks of any kind. The array
 * grows and stays the caller's.
 */
#ifndef ENGINE_QUOTES_MARKS_H
#define ENGINE_QUOTES_MARKS_H

#include "engine/quotes/quotes.h"

struct quote_list { struct quote *at; size_t n, cap; };

/* Replaces the contents of LIST by A's quotations, start and end only. CLOCK (NULL: none) is looked at along the way.
 * ST_NOMEM, or as CLOCK does. */
enum status quote_marks_find(const struct article *a, const struct quotes_clock *clock, struct quote_list *list,
			     struct error *err) MUST_CHECK;

/* Appends to OUT the words of Q, a quotation of BODY, without the marks that open it again in its later paragraphs.
 * buf_status tells of a lack of memory. */
void quote_marks_words(const char *body, const struct quote *q, struct buf *out);

#endif
