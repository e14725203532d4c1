/* SPDX-License-Identifier: MIT
 *
 * UTF-8: validation, decoding, and the one legacy encoding that is accepted,
 * Windows-1252. Nothing here allocates except through a struct buf.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* The offset of the first byte that is not part of well-formed UTF-8 (Unicode
 * 15, table 3-7: no overlong forms, no surrogates, at most U+10FFFF), or LEN
 * when all of it is well-formed. */
size_t utf8_valid(const char *text, size_t len);

/* Reads the character at TEXT (LEN > 0 bytes, well-formed) into *CP and returns its
 * length in bytes, 1 to 4. On ill-formed text *CP is U+FFFD and the length 1. */
size_t utf8_next(const char *text, size_t len, uint32_t *cp);

/* The character that begins at byte I (below LEN) of TEXT; U+FFFD where it is ill-formed. */
uint32_t utf8_at(const char *text, size_t len, size_t i);

/* Where the character right before byte I (over 0) of valid TEXT begins. */
size_t utf8_before(const char *text, size_t i);

/* Writes CP (a scalar value) to OUT, which has room for 4 bytes; returns the length. */
size_t utf8_put(char *out, uint32_t cp);

/* How many characters TEXT has. */
size_t utf8_count(const char *text, size_t len);

/* Converts Windows-1252 to UTF-8, appending to OUT. False, with nothing
 * appended, where a byte has no meaning in it (81 8D 8F 90 9D) or is a control
 * character other than TAB, LF, FF and CR. */
bool utf8_from_cp1252(const char *text, size_t len, struct buf *out);

#endif
