/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The ids that an input had so far. Only a hash of each id is kept, to save memory;
 * an id whose hash came before is kept whole, and the finished database then tells
 * whether the id was truly repeated. Owns its memory.
 */
#ifndef INDEXER_IDS_SEEN_H
#define INDEXER_IDS_SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct seen {
	uint64_t *slot;       /* hashes; 0: free */
	size_t nslots, n;
	struct buf again;     /* ids, each followed by one NUL byte */
};

void seen_init(struct seen *s);
void seen_fini(struct seen *s);
enum status seen_add(struct seen *s, const char *id, size_t len) MUST_CHECK;
/* Whether ID, or an id with the same hash, was added. */
bool seen_has(const struct seen *s, const char *id, size_t len);
/* The next id that may be repeated: *AT starts at 0; NULL at the end. An id may come more than once. */
const char *seen_next(const struct seen *s, size_t *at);

#endif
