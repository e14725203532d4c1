/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How a worker makes a shard: the articles of a batch become a small database.
 * A maker is for one thread; it owns its builder.
 */
#ifndef INDEXER_BUILD_SHARD_H
#define INDEXER_BUILD_SHARD_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/document/document.h"
#include "indexer/build/batch.h"

struct shard_maker {
	struct document_builder *builder;
	const atomic_bool *stop;
	uint64_t packed_bytes;      /* of the records of all its documents */
};

/* DICT: see document_builder_new. Once *STOP is true, shard_make ends with ST_CANCELLED. Both borrowed. */
enum status shard_maker_init(struct shard_maker *m, const void *dict, size_t dict_len, const atomic_bool *stop,
			     struct error *err) MUST_CHECK;
void shard_maker_fini(struct shard_maker *m);
/* Makes the segment B->segment in DIR (segments_path) of B's articles. */
enum status shard_make(struct shard_maker *m, const char *dir, const struct batch *b, struct error *err) MUST_CHECK;

#endif
