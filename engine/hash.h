/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The hash of engine's tables of words: FNV-1a, mixed for tables of a power of
 * two. Not for anything that is stored.
 */
#ifndef ENGINE_HASH_H
#define ENGINE_HASH_H

#include <stddef.h>
#include <stdint.h>

static inline uint32_t
hash_bytes(const char *s, size_t len)
{
	uint32_t h = 2166136261u;
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h ^ h >> 15;
}

#endif
