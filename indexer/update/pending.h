/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The articles that an update has analysed and not yet written, so that the
 * lock is held for the writing alone. One id, one article: the later one takes
 * the place of the earlier.
 *
 * Owns its drafts. They are packed against the dictionary of the generation
 * that was in use; where another has taken its place meanwhile they are made
 * anew from what they hold.
 */
#ifndef INDEXER_UPDATE_PENDING_H
#define INDEXER_UPDATE_PENDING_H

#include "indexer/write/writer.h"

struct pending {
	struct draft *draft;        /* N of them; a dropped one has no id */
	size_t n, cap;
	size_t live;                /* those not dropped */
	size_t *slot;               /* by the hash of the id: place + 1, 0: free */
	size_t nslots;
	uint64_t text_bytes;        /* in memory they are many times that */
	struct document_builder *builder;
	struct zstream_unpacker *texts;
	struct buf dict;            /* of both */
};

void pending_init(struct pending *p);
void pending_fini(struct pending *p);
/* Sets the dictionary: to be called once before the first article, but where all are MOVED. */
enum status pending_dictionary(struct pending *p, const struct buf *dict, struct error *err) MUST_CHECK;
/* The draft of ID, or NULL. */
struct draft *pending_find(struct pending *p, const char *id);
/* Adds A, in the place of that of its id if there is one; with MOVED only its new origin. */
enum status pending_put(struct pending *p, const struct article *a, const char *origin, bool moved, struct error *err) MUST_CHECK;
void pending_drop(struct pending *p, struct draft *d);
/* Puts those from *AT on (0: all) into W, at most MAX, counting by result, and notes their languages; *AT moves on. */
enum status pending_write(struct pending *p, struct writer *w, size_t *at, size_t max, uint64_t count[WRITER_RESULTS],
			  struct error *err) MUST_CHECK;
/* Empty again. */
void pending_clear(struct pending *p);

#endif
