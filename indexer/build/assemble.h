/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Makes the database of a new generation from articles of any source: batches,
 * workers, the merge, one article to an id, and the figures of the manifest.
 *
 *	assemble_start, assemble_feed (once for each source), assemble_finish
 *
 * Zero a struct assemble before assemble_start. It owns its workers and their
 * batches; the folders are borrowed.
 */
#ifndef INDEXER_BUILD_ASSEMBLE_H
#define INDEXER_BUILD_ASSEMBLE_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/store/manifest.h"
#include "indexer/build/batch.h"
#include "indexer/build/shards.h"
#include "indexer/generation/generation.h"
#include "indexer/ids/origins.h"
#include "indexer/ids/seen.h"

/* Where articles come from. */
struct source {
	/* The next article into A; *GOT = false at the end. */
	enum status (*next)(void *arg, struct article *a, bool *got, struct error *err);
	/* About how many bytes of text are still to come; 0: unknown. */
	uint64_t (*left)(void *arg);
	void *arg;
};

struct assemble {
	const struct generation *generation;
	unsigned jobs;              /* workers; 0: one a core */
	struct buf dict;            /* the generation's dictionary; fill it before the workers start */
	struct shards *shards;
	struct seen seen;           /* the ids so far */
	struct origins origins;     /* the files of the articles' origins */
	struct manifest manifest;   /* figures: articles, bytes, languages, newest, dictionary */
	uint64_t replaced;          /* articles that a later article of the same id replaced */
};

enum status assemble_start(struct assemble *a, struct error *err) MUST_CHECK;
/* Fills B, from batch_new(), with about SIZE bytes of S, for a caller that looks at the first articles before
 * the workers start. *END at the end of S. */
enum status assemble_read(struct assemble *a, const struct source *s, struct batch *b, size_t size, bool *end, struct error *err) MUST_CHECK;
/* Hands B (consumed) to the workers. */
enum status assemble_adopt(struct assemble *a, struct batch *b, struct error *err) MUST_CHECK;
/* Reads all of S. */
enum status assemble_feed(struct assemble *a, const struct source *s, struct error *err) MUST_CHECK;
/* Waits for the workers and merges all into generation->db, with the dictionary beside it. */
enum status assemble_finish(struct assemble *a, struct error *err) MUST_CHECK;
void assemble_fini(struct assemble *a);

#endif
