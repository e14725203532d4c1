/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The fast way through ASCII text: where a plain word ends, and its lower
 * case, eight bytes at a time. Nearly all words of English text go this way.
 * Used by analysis only, and inline, since a call for each word would cost a
 * third of its speed; nothing is owned.
 */
#ifndef ENGINE_TEXT_SCAN_H
#define ENGINE_TEXT_SCAN_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "engine/text/chars.h"

/* Whether the quotation mark, long dash or ellipsis at S (LEN bytes left) ends a word
 * without more ado: the common ones of the block E2 80. */
static inline bool
scan_ends_plainly(const unsigned char *s, size_t len)
{
	return len >= 3 && s[0] == 0xE2 && s[1] == 0x80 &&
	       (s[2] == 0x9C || s[2] == 0x9D || s[2] == 0x94 || s[2] == 0xA6);
}

/* Whether the run of N ASCII letters (or digits: NUMBER) that ends at END is a word by
 * itself: what follows cannot make it longer, a compound, or a designator. */
static inline bool
scan_plain(const char *text, size_t len, size_t end, size_t n, bool number)
{
	const unsigned char *s = (const unsigned char *)text;
	unsigned char next;

	if (end == len)
		return true;
	next = end + 1 < len ? s[end + 1] : ' ';
	switch ((enum char_class)chars_ascii[s[end]]) {
	case CHAR_SEPARATOR:
		if (number ? s[end] == ',' || s[end] == '.' : n == 1 && (s[end] == '.' || s[end] == ' '))
			return chars_ascii[next] == CHAR_SEPARATOR ||
			       (!number && s[end] == ' ' && chars_ascii[next] == CHAR_LETTER);
		return true;
	case CHAR_APOSTROPHE:
	case CHAR_HYPHEN:
		return chars_ascii[next] == CHAR_SEPARATOR;
	case CHAR_OTHER:
		return scan_ends_plainly(s + end, len - end);
	case CHAR_LETTER:
	case CHAR_DIGIT:
	case CHAR_GRAM:
	case CHAR_MARK:
	case CHAR_VANISH:
	case CHAR_DASH:
		break;
	}
	return false;
}

/* Lower-cases the N ASCII letters or digits at FROM, behind which AVAILABLE bytes can be
 * read; TO has room for N rounded up to eights. True if all are capitals, two at least. */
static inline bool
scan_lower(char *to, const char *from, size_t n, size_t available)
{
	const uint64_t spaces = UINT64_C(0x2020202020202020);
	uint64_t eight, small = 0;
	size_t i;

	for (i = 0; i < n; i += 8) {
		if (available - i >= 8) {
			memcpy(&eight, from + i, 8);
		} else {
			eight = 0;
			memcpy(&eight, from + i, n - i);
		}
		small |= n - i >= 8 ? eight : eight & htole64((UINT64_C(1) << 8 * (n - i)) - 1);
		eight |= spaces;                /* digits have the bit already */
		memcpy(to + i, &eight, 8);
	}
	return n > 1 && !(small & spaces);
}

/* Past the ASCII letters at AT. Most words end within the first eight bytes, so that no branch
 * depends on their length. */
static inline size_t
scan_letters(const char *text, size_t len, size_t at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = 0x80 * ones;
	uint64_t eight, low, stop;

	while (len - at >= 8) {
		memcpy(&eight, text + at, 8);
		low = (eight | 0x20 * ones) & ~high;
		/* The high bit of each byte that is below a, above z, or not ASCII. */
		stop = (~(low + (0x80 - 'a') * ones) | (low + (0x7F - 'z') * ones) | eight) & high;
		if (stop != 0)
			return at + (size_t)__builtin_ctzll(le64toh(stop)) / 8;
		at += 8;
	}
	while (at < len && chars_ascii[(unsigned char)text[at]] == CHAR_LETTER)
		at++;
	return at;
}

#endif
