/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which ids came before. To keep it small only a hash of each is kept; the ids
 * whose hash came twice are written down, and the finished database then says
 * which of them truly are repeated. Owns its memory.
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
/* Whether ID came. */
bool seen_has(const struct seen *s, const char *id, size_t len);
/* Walks the ids to look at: *AT starts at 0; NULL at the end. Some may come more than once. */
const char *seen_next(const struct seen *s, size_t *at);

#endif
