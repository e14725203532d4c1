/* SPDX-License-Identifier: MIT
 *
 * Whole numbers in as few bytes as they need (LEB128): seven bits a byte, the
 * least significant first, the high bit set in all but the last. Owns nothing.
 */
#ifndef BASE_LEB128_H
#define BASE_LEB128_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

void leb128_put(struct buf *out, uint64_t n);
/* Reads the number at *AT, which moves on behind it; false where it does not end before END or has over 63 bits. */
bool leb128_get(const char **at, const char *end, uint64_t *n);

#endif
