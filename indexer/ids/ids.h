/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A set of article ids, in the order in which they were added. Where a hash of
 * each would do, there is indexer/ids/seen.h. Owns its memory; to be zeroed first.
 */
#ifndef INDEXER_IDS_IDS_H
#define INDEXER_IDS_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct ids {
	struct buf text;      /* each with a NUL byte */
	size_t *slot;         /* 1 + where each begins in text; 0: free */
	size_t nslots, n;
};

void ids_fini(struct ids *s);
/* Adds it unless it is there. */
enum status ids_add(struct ids *s, const char *id, size_t len) MUST_CHECK;
bool ids_has(const struct ids *s, const char *id, size_t len);
/* Walks them: *AT starts at 0; NULL at the end. */
const char *ids_next(const struct ids *s, size_t *at);

#endif
