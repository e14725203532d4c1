/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/build/assemble.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/zstream.h"
#include "engine/store/schema.h"
#include "engine/store/store.h"
#include "engine/text/analyse.h"
#include "indexer/write/grouping.h"
#include "indexer/write/replaced.h"

enum status
assemble_start(struct assemble *a, struct error *err)
{
	struct shards_options opt = { a->generation->temp, a->jobs, a->dict.data, a->dict.len };

	return shards_new(&a->shards, &opt, err);
}

enum status
assemble_read(struct assemble *a, const struct source *s, struct batch *b, size_t size, bool *end, struct error *err)
{
	enum status st = ST_OK;
	bool got = true;

	while (st == ST_OK && b->bytes < size) {
		struct article *slot = batch_slot(b);

		if (slot == NULL)
			return error_nomem(err);
		st = s->next(s->arg, slot, &got, err);
		if (st != ST_OK || !got)
			break;
		batch_add(b);
		if (seen_add(&a->seen, buf_str(&slot->field[ART_ID]), slot->field[ART_ID].len) != ST_OK)
			st = error_nomem(err);
	}
	*end = !got;
	a->manifest.text_bytes += b->text_bytes;
	return st;
}

enum status
assemble_adopt(struct assemble *a, struct batch *b, struct error *err)
{
	return shards_adopt(a->shards, b, err);
}

enum status
assemble_feed(struct assemble *a, const struct source *s, struct error *err)
{
	struct batch *b;
	bool end = false;
	enum status st = ST_OK;

	while (st == ST_OK && !end) {
		st = shards_take(a->shards, &b, err);
		if (st != ST_OK)
			break;
		st = assemble_read(a, s, b, shards_batch_bytes(a->shards, s->left(s->arg)), &end, err);
		if (st == ST_OK)
			st = shards_give(a->shards, b, err);
		else
			batch_free(b);
	}
	return st;
}

static enum status
write_dictionary(struct assemble *a, struct error *err)
{
	char *path = file_join(a->generation->db, STORE_DICTIONARY);
	enum status st;

	a->manifest.dictionary_crc32 = zstream_sum(buf_str(&a->dict), a->dict.len);
	st = path == NULL ? error_nomem(err) :
		file_write(path, buf_str(&a->dict), a->dict.len, err);
	free(path);
	return st;
}

static enum status
write_origins(struct assemble *a, struct error *err)
{
	struct xap_wdb *w = NULL;
	enum status st;

	if (a->origins.saved == a->origins.n)
		return ST_OK;
	st = xap_wdb_open(&w, a->generation->db, XAP_OPEN, false, err);
	if (st == ST_OK)
		st = origins_save(&a->origins, w, err);
	if (st == ST_OK)
		st = xap_wdb_commit(w, err);
	xap_wdb_free(w);
	return st;
}

enum status
assemble_finish(struct assemble *a, struct error *err)
{
	struct shards_totals totals = { 0 };
	struct manifest *m = &a->manifest;
	const char *db = a->generation->db;
	enum status st = shards_finish(a->shards, db, &totals, err);

	if (st == ST_OK) {
		m->format = SCHEMA_FORMAT;
		analyse_fingerprint(m->fingerprint);
		m->packed_bytes = totals.packed_bytes;
		snprintf(m->languages, sizeof(m->languages), "%s", buf_str(&totals.languages));
		st = write_dictionary(a, err);
	}
	if (st == ST_OK)
		st = replaced_remove(db, &a->dict, &a->seen, m, &a->replaced, err);
	if (st == ST_OK)
		st = replaced_count(db, m, err);
	if (st == ST_OK)
		st = grouping_all(db, &a->dict, err);
	if (st == ST_OK)
		st = write_origins(a, err);
	buf_fini(&totals.languages);
	return st;
}

void
assemble_fini(struct assemble *a)
{
	shards_free(a->shards);
	seen_fini(&a->seen);
	origins_fini(&a->origins);
	buf_fini(&a->dict);
}
