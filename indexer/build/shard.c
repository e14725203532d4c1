/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/build/shard.h"

#include <malloc.h>

#include "engine/document/limits.h"
#include "engine/xapian/xap.h"
#include "indexer/build/segments.h"
#include "indexer/write/writer.h"

/* A commit folds what Xapian's in-memory inverter holds into the shard. Often,
 * since the inverter walks a deep map for every posting. */
#define COMMIT_BYTES 500000

enum status
shard_maker_init(struct shard_maker *m, const void *dict, size_t dict_len, const atomic_bool *stop, pthread_mutex_t *turn,
		 struct error *err)
{
	*m = (struct shard_maker){ .dict = dict, .dict_len = dict_len, .stop = stop, .turn = turn };
	return document_builder_new(&m->builder, dict, dict_len, err);
}

void
shard_maker_fini(struct shard_maker *m)
{
	document_builder_free(m->builder);
	m->builder = NULL;
	buf_fini(&m->languages);
}

enum status
shard_languages(struct shard_maker *m)
{
	if (m->languages.len > 0)
		buf_addc(&m->languages, ' ');
	return document_languages(m->builder, &m->languages);
}

/* Adds A to DB. */
static enum status
add(struct shard_maker *m, const struct article *a, struct xap_wdb *db, struct xap_doc *doc, struct error *err)
{
	enum status st = writer_document(m->builder, a, doc, err);

	if (st == ST_OK)
		st = xap_wdb_add(db, doc, NULL, err);
	m->packed_bytes += document_packed(m->builder);
	return st;
}

/* Adds A, which is large, to DB, commits, and gives back the memory that it took. */
static enum status
add_large(struct shard_maker *m, const struct article *a, struct xap_wdb *db, struct xap_doc *doc, struct error *err)
{
	enum status st;

	pthread_mutex_lock(m->turn);
	st = add(m, a, db, doc, err);
	if (st == ST_OK)
		st = xap_wdb_commit(db, err);
	if (st == ST_OK)
		st = xap_doc_clear(doc, err);
	if (st == ST_OK && shard_languages(m) != ST_OK)
		st = error_nomem(err);
	document_builder_free(m->builder);
	m->builder = NULL;
	if (st == ST_OK)
		st = document_builder_new(&m->builder, m->dict, m->dict_len, err);
	(void)malloc_trim(0);   /* a heap of a thread keeps its pages otherwise */
	pthread_mutex_unlock(m->turn);
	return st;
}

static enum status
fill(struct shard_maker *m, const struct batch *b, struct xap_wdb *db, struct xap_doc *doc, struct error *err)
{
	enum status st = ST_OK;
	size_t i, bytes = 0;

	for (i = 0; i < b->n && st == ST_OK; i++) {
		const struct article *a = &b->article[i];

		if (atomic_load_explicit(m->stop, memory_order_relaxed))
			return error_set(err, ST_CANCELLED, "stopped");
		if (limits_large(a)) {
			st = add_large(m, a, db, doc, err);
			bytes = 0;
			continue;
		}
		st = add(m, a, db, doc, err);
		bytes += a->field[ART_TITLE].len + a->body.len;
		if (st == ST_OK && (bytes >= COMMIT_BYTES || i + 1 == b->n)) {
			st = xap_wdb_commit(db, err);
			bytes = 0;
		}
	}
	return st;
}

enum status
shard_make(struct shard_maker *m, const char *dir, const struct batch *b, struct error *err)
{
	struct buf path = BUF_INIT;
	struct xap_wdb *db = NULL;
	struct xap_doc *doc = NULL;
	enum status st;

	segments_path(dir, b->segment, &path);
	st = buf_status(&path);
	if (st != ST_OK) {
		buf_fini(&path);
		return error_nomem(err);
	}
	st = xap_wdb_open(&db, path.data, XAP_CREATE, false, err);
	if (st == ST_OK)
		st = xap_doc_new(&doc, err);
	if (st == ST_OK)
		st = fill(m, b, db, doc, err);
	if (st != ST_OK)
		st = segments_about(path.data, st, err);
	xap_doc_free(doc);
	xap_wdb_free(db);
	buf_fini(&path);
	return st;
}
