/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The workers of a build: each takes a batch of articles, makes a small
 * database of it, and, when enough neighbours are there, merges them. The
 * order of documents is that of the batches.
 *
 * A batch belongs to the pool; shards_take lends an empty one to the reader,
 * shards_give gives it back full. shards_take, _give and _finish are for one
 * thread; shards_stop for any.
 */
#ifndef INDEXER_BUILD_SHARDS_H
#define INDEXER_BUILD_SHARDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "indexer/build/batch.h"

struct shards_options {
	const char *dir;            /* where the small databases go; borrowed */
	unsigned jobs;              /* workers; 0: one a core */
	const void *dict;           /* of the packed texts; borrowed */
	size_t dict_len;
};

struct shards;

enum status shards_new(struct shards **out, const struct shards_options *opt, struct error *err) MUST_CHECK;
/* Stops and joins whatever still runs. */
void shards_free(struct shards *s);
/* An empty batch, waiting for a free one. Any worker's failure comes out here. */
enum status shards_take(struct shards *s, struct batch **out, struct error *err) MUST_CHECK;
/* How many bytes the next batch should have, when about LEFT are still to come
 * (0: unknown): smaller ones towards the end, so that all workers end together. */
size_t shards_batch_bytes(const struct shards *s, uint64_t left);
/* Takes a batch from batch_new() as if it had been lent and given; consumed also on failure. */
enum status shards_adopt(struct shards *s, struct batch *b, struct error *err) MUST_CHECK;
enum status shards_give(struct shards *s, struct batch *b, struct error *err) MUST_CHECK;

struct shards_totals {
	uint64_t packed_bytes;
	struct buf languages;       /* "fr ru tr", in this order; the caller's to free */
};
/* Waits for all work, and merges all there is into the new database DEST. */
enum status shards_finish(struct shards *s, const char *dest, struct shards_totals *out, struct error *err) MUST_CHECK;

#endif
