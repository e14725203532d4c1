/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A batch: the articles that become one shard, in memory that is used again
 * for the next batch. It owns its articles.
 */
#ifndef INDEXER_BUILD_BATCH_H
#define INDEXER_BUILD_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/article.h"

struct batch {
	struct article *article;    /* N in use; all CAP are initialised */
	size_t n, cap;
	size_t text_bytes;          /* bytes of titles and bodies */
	size_t bytes;               /* text_bytes, and an overhead for each article */
	uint32_t segment;
	struct batch *next;
};

/* NULL: no memory. */
struct batch *batch_new(void);
void batch_free(struct batch *b);
/* The first article that is not in use, empty (NULL: no memory); batch_add takes it into use. */
struct article *batch_slot(struct batch *b);
void batch_add(struct batch *b);

#endif
