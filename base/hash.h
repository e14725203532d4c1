/* SPDX-License-Identifier: MIT
 *
 * Hashes of the keys of tables. Not for anything that is stored, or that two
 * processes compare.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <xxhash.h>

/* It lies where the system loaded the program: at another place in each process. */
extern const char hash_anchor;

/* For words, ids and whatever else strangers choose: with another key in each process, so that nobody can choose
 * thousands that clash. */
static inline uint64_t
hash_bytes_wide(const char *s, size_t len)
{
	return XXH3_64bits_withSeed(s, len, (uintptr_t)&hash_anchor);
}

static inline uint32_t
hash_bytes(const char *s, size_t len)
{
	return (uint32_t)hash_bytes_wide(s, len);
}

/* For tables of words of ours that are made when the program is built: FNV-1a, mixed for tables of a power of two. */
static inline uint32_t
hash_fixed(const char *s, size_t len)
{
	uint32_t h = 2166136261u;
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h ^ h >> 15;
}

#endif
