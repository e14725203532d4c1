/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The articles that an update has analysed and not yet written. They are analysed
 * before the lock is taken, so that it is held for the writing alone. One id, one
 * article: a later article replaces an earlier one.
 *
 * Owns its drafts. They are packed against the dictionary of the generation that
 * was in use; when another generation has come into use meanwhile, they are packed
 * anew.
 */
#ifndef INDEXER_UPDATE_PENDING_H
#define INDEXER_UPDATE_PENDING_H

#include "base/map.h"
#include "indexer/write/writer.h"

struct pending {
	struct draft *draft;        /* N of them; a dropped one has no id */
	size_t n, cap;
	size_t live;                /* the number of drafts that are not dropped */
	struct map by_id;           /* indexes of the drafts; that of a dropped one stays */
	uint64_t text_bytes;        /* bytes of their texts; their documents take many times as much memory */
	bool large;                 /* an article among them is large (limits_large) */
	struct document_builder *builder;   /* NULL: there was a large one, the next article needs a new builder */
	struct zstream_unpacker *texts;
	struct buf dict;            /* the dictionary of builder and texts */
};

void pending_init(struct pending *p);
void pending_fini(struct pending *p);
/* Sets the dictionary. Call once before the first article that is not MOVED. */
enum status pending_dictionary(struct pending *p, const struct buf *dict, struct error *err) MUST_CHECK;
/* The draft of ID, or NULL. */
struct draft *pending_find(struct pending *p, const char *id);
/* Adds A, and drops an earlier draft of its id; with MOVED only its new origin is added. */
enum status pending_put(struct pending *p, const struct article *a, const char *origin, bool moved, struct error *err) MUST_CHECK;
void pending_drop(struct pending *p, struct draft *d);
/* Puts the drafts from *AT on (0 at first) into W, MAX at most; *AT moves on. COUNT counts the results. Notes their
 * languages. */
enum status pending_write(struct pending *p, struct writer *w, size_t *at, size_t max, uint64_t count[WRITER_RESULTS],
			  struct error *err) MUST_CHECK;
/* Drops all drafts, and gives back the memory that a large article took. */
void pending_clear(struct pending *p);

#endif
