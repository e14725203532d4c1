/* SPDX-License-Identifier: MIT
 *
 * Characters that a terminal obeys instead of showing them: control characters;
 * bidi controls, which reorder the text around them; U+FEFF and tag characters, which are not
 * seen; the private characters U+E000 and U+E001, between which the client shows what matches. Texts
 * keep them; here is what is written in their place. Owns nothing.
 */
#ifndef BASE_VISIBLE_H
#define BASE_VISIBLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define VISIBLE_MAX 16   /* bytes that stand for one character, and a NUL */

/* Writes to OUT what a terminal is given for CP, and returns its length: a blank for
 * a TAB and for what ends a line, "<U+202E>" for another of those above, else CP itself. */
size_t visible_put(char out[VISIBLE_MAX], uint32_t cp);

/* Writes to OUT the escape that stands for CP in a string of JSON, and returns its length: for those above
 * \uXXXX (two of them beyond U+FFFF), for a quote and a backslash one behind another. 0 where CP stands as it is. */
size_t visible_escape(char out[VISIBLE_MAX], uint32_t cp);

/* Appends TEXT as it stands between the quotes of a string of JSON, from which it reads back the same. */
void visible_json(struct buf *out, const char *text, size_t len);

#endif
