/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reads the stored articles of a generation, one after the other, while commits go
 * on. An article that a commit changes meanwhile is read as it was before the commit
 * or after it; indexer/generation/takeover.h copies such articles in the end. Every
 * text is compared with its hash, so that damage is told and not copied.
 *
 * Borrows the store and moves it to its newest commit where it has to.
 */
#ifndef INDEXER_GENERATION_STORED_H
#define INDEXER_GENERATION_STORED_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/store/row.h"
#include "engine/store/store.h"

/* The values of an article that are read before its text. */
struct stored_head {
	struct row row;            /* its strings are valid during the call */
	struct content content;    /* zero in format 1 */
};

struct stored {
	struct store *store;
	/* Whether an article is wanted; NULL: all are. */
	bool (*want)(void *arg, const struct stored_head *h);
	/* Told of an article that is damaged and passed over. */
	void (*bad)(void *arg, const char *name, const char *why);
	void *arg;
	uint32_t docid;            /* the last document read; 0 at the beginning */
	uint64_t articles, bytes;  /* the number of articles handed out, and the bytes of their texts */
	struct buf row, work;
};

/* The next article; *GOT = false behind the last. A's origin is its number in the store. */
enum status stored_next(struct stored *s, struct article *a, bool *got, struct error *err) MUST_CHECK;
void stored_fini(struct stored *s);
/* The article of document DOCID of STORE, compared with its hash. WORK is memory to be used. */
enum status stored_article(struct store *store, uint32_t docid, struct buf *work, struct article *a, struct error *err) MUST_CHECK;

#endif
