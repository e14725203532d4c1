/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/update/first.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/zstream.h"
#include "engine/store/schema.h"
#include "engine/store/state.h"
#include "engine/store/store.h"
#include "engine/text/analyse.h"
#include "indexer/build/sample.h"
#include "indexer/generation/generation.h"
#include "indexer/system/lock.h"
#include "indexer/system/tree.h"

static enum status
make_database(const struct generation *g, const struct buf *dict, struct error *err)
{
	char *path = file_join(g->db, STORE_DICTIONARY);
	struct xap_wdb *w = NULL;
	enum status st = path == NULL ? error_nomem(err) :
		xap_wdb_open(&w, g->db, XAP_CREATE, false, err);

	if (st == ST_OK)
		st = xap_wdb_commit(w, err);
	xap_wdb_free(w);
	if (st == ST_OK)
		st = file_write(path, buf_str(dict), dict->len, err);
	free(path);
	return st;
}

static enum status
write_state(const struct generation *g, const struct manifest *m, struct error *err)
{
	struct xap_wdb *w = NULL;
	enum status st = xap_wdb_open(&w, g->db, XAP_OPEN, true, err);

	if (st == ST_OK)
		st = state_save(w, m, err);
	if (st == ST_OK)
		st = xap_wdb_commit(w, err);
	xap_wdb_free(w);
	return st;
}

/* Puts G in place, unless somebody was faster. */
static enum status
switch_over(const struct generation *g, struct manifest *m, struct error *err)
{
	uint32_t gen;
	int lock;
	enum status st = lock_index(g->index, LOCK_PATIENCE_MS, &lock, err);

	if (st != ST_OK)
		return st;
	st = store_current(g->index, &gen, err);
	if (st == ST_NOTFOUND) {
		st = generation_number(g, &m->generation, err);
		manifest_time(time(NULL), m->built);
		manifest_time(time(NULL), m->committed);
		m->journal_floor = m->rev = 1;
		if (st == ST_OK)
			st = file_folder_bytes(g->db, &m->index_bytes, err);
		if (st == ST_OK)
			st = write_state(g, m, err);
		if (st == ST_OK)
			st = tree_sync(g->db, err);
		if (st == ST_OK)
			st = generation_finish(g, m, err);
		if (st == ST_OK)
			st = generation_place(g, m->generation, err);
	}
	close(lock);
	return st;
}

enum status
first_generation(const char *index, const struct lexicons *lexicons, const char *const *paths, size_t n, struct error *err)
{
	struct generation g = { .marker = -1 };
	struct manifest m = { .format = SCHEMA_FORMAT };
	struct buf dict = BUF_INIT, lexicon = BUF_INIT;
	uint32_t gen;
	enum status st = store_current(index, &gen, err);

	if (st != ST_NOTFOUND)
		return st;
	st = lexicons_compile(lexicons, &lexicon, err);
	if (st == ST_OK)
		st = sample_paths(paths, n, &dict, err);
	if (st == ST_OK)
		st = lexicons_join(&lexicon, &dict, err);
	if (st == ST_OK)
		st = generation_begin(&g, index, LOCK_PATIENCE_MS, NULL, err);
	if (st == ST_OK)
		st = make_database(&g, &dict, err);
	m.dictionary_crc32 = zstream_sum(buf_str(&dict), dict.len);
	analyse_fingerprint(m.fingerprint);
	if (st == ST_OK)
		st = switch_over(&g, &m, err);
	generation_end(&g);
	buf_fini(&dict);
	buf_fini(&lexicon);
	return st;
}
