/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How a worker makes a shard: the articles of a batch become a small database.
 * A maker is for one thread; it owns its builder.
 *
 * Makers share a turn: who has an article in hand that is large (limits_large) holds it until the article is
 * written and its memory given back.
 */
#ifndef INDEXER_BUILD_SHARD_H
#define INDEXER_BUILD_SHARD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/document/document.h"
#include "indexer/build/batch.h"

struct shard_maker {
	struct document_builder *builder;
	const void *dict;           /* the builder's */
	size_t dict_len;
	struct buf languages;       /* "fr ru tr": see document_languages */
	const atomic_bool *stop;
	pthread_mutex_t *turn;
	uint64_t packed_bytes;      /* of the records of all its documents */
};

/* DICT: see document_builder_new. Once *STOP is true, shard_make ends with ST_CANCELLED. All borrowed. */
enum status shard_maker_init(struct shard_maker *m, const void *dict, size_t dict_len, const atomic_bool *stop,
			     pthread_mutex_t *turn, struct error *err) MUST_CHECK;
void shard_maker_fini(struct shard_maker *m);
/* Makes the segment B->segment in DIR (segments_path) of B's articles. */
enum status shard_make(struct shard_maker *m, const char *dir, const struct batch *b, struct error *err) MUST_CHECK;
/* Adds the languages of all articles so far to M->languages; some may come twice. */
enum status shard_languages(struct shard_maker *m) MUST_CHECK;

#endif
