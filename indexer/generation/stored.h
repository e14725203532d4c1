/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The stored articles of a generation, one after the other, while commits go
 * on: what a commit changes meanwhile is read before or after it, and who
 * must know takes it over at the end (indexer/generation/takeover.h). Every text is
 * compared with its hash, so that damage is told and not copied.
 *
 * Borrows the store and moves it to its newest commit where it has to.
 */
#ifndef INDEXER_GENERATION_STORED_H
#define INDEXER_GENERATION_STORED_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/store/row.h"
#include "engine/store/store.h"

/* What is known of an article before its text is read. */
struct stored_head {
	struct row row;            /* its strings are gone with the call */
	struct content content;    /* zero in format 1 */
};

struct stored {
	struct store *store;
	/* Whether an article is wanted; NULL: all are. */
	bool (*want)(void *arg, const struct stored_head *h);
	/* Told of an article that is damaged and passed over. */
	void (*bad)(void *arg, const char *name, const char *why);
	void *arg;
	uint32_t docid;            /* the last one looked at; 0 to begin with */
	uint64_t articles, bytes;  /* handed out; bytes of text */
	struct buf row, work;
};

/* *GOT = false behind the last. A's origin is the number that the store has for it. */
enum status stored_next(struct stored *s, struct article *a, bool *got, struct error *err) MUST_CHECK;
void stored_fini(struct stored *s);
/* The article of document DOCID of STORE, compared with its hash. WORK is memory to be used. */
enum status stored_article(struct store *store, uint32_t docid, struct buf *work, struct article *a, struct error *err) MUST_CHECK;

#endif
