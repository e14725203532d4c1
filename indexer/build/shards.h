/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The workers of a build: each takes a batch of articles, makes a small
 * database of it (a shard), and merges neighbouring shards when there are enough.
 * Documents stand in the order of the batches.
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
	const char *dir;            /* the folder of the shards; borrowed */
	unsigned jobs;              /* workers; 0: one a core */
	const void *dict;           /* the generation's dictionary; borrowed */
	size_t dict_len;
};

struct shards;

enum status shards_new(struct shards **out, const struct shards_options *opt, struct error *err) MUST_CHECK;
/* Stops and joins all workers. */
void shards_free(struct shards *s);
/* An empty batch; waits until one is free. Fails where any worker has failed. */
enum status shards_take(struct shards *s, struct batch **out, struct error *err) MUST_CHECK;
/* How many bytes the next batch should have when about LEFT bytes are still to come
 * (0: unknown). Batches are smaller towards the end, so that all workers end together. */
size_t shards_batch_bytes(const struct shards *s, uint64_t left);
/* Hands over a batch from batch_new(), as shards_give does; consumed also on failure. */
enum status shards_adopt(struct shards *s, struct batch *b, struct error *err) MUST_CHECK;
enum status shards_give(struct shards *s, struct batch *b, struct error *err) MUST_CHECK;

struct shards_totals {
	uint64_t packed_bytes;
	struct buf languages;       /* "fr ru tr", in this order; the caller's to free */
};
/* Waits for all work, and merges all shards into the new database DEST. */
enum status shards_finish(struct shards *s, const char *dest, struct shards_totals *out, struct error *err) MUST_CHECK;

#endif
