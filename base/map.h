/* SPDX-License-Identifier: MIT
 *
 * A hash table: numbers, found by keys that are the caller's. What a key is and
 * where it lies the caller alone knows (mostly in an array, where the number is
 * the index); so it gives the hash and says whether a number's key is the one.
 * Owns its slots. To be zeroed first.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define MAP_NONE UINT32_MAX

/* A key that is bytes. */
struct map_text { const char *text; size_t len; };

struct map_slot { uint32_t hash, at; };    /* at: the number + 1; 0: free */

struct map {
	struct map_slot *slot;
	size_t nslots, n;     /* nslots: a power of two, or 0 */
};

void map_fini(struct map *m);
/* Empty; the slots stay. */
void map_clear(struct map *m);
/* Adds NUMBER (below MAP_NONE), whose key has HASH and is not there yet. ST_NOMEM. */
enum status map_add(struct map *m, uint32_t hash, uint32_t number) MUST_CHECK;

/* The number of KEY, which has HASH; MAP_NONE where there is none. IS_KEY tells whether KEY is that of a number of OF. */
static inline uint32_t
map_find(const struct map *m, uint32_t hash, bool (*is_key)(const void *of, uint32_t number, const void *key),
	 const void *of, const void *key)
{
	size_t i;

	if (m->nslots == 0)
		return MAP_NONE;
	for (i = hash & (m->nslots - 1); m->slot[i].at != 0; i = (i + 1) & (m->nslots - 1))
		if (m->slot[i].hash == hash && is_key(of, m->slot[i].at - 1, key))
			return m->slot[i].at - 1;
	return MAP_NONE;
}

#endif
