/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/generation/copy.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "engine/store/store.h"
#include "indexer/system/lock.h"
#include "indexer/system/tree.h"

enum status
copy_current(const char *index, char *to, unsigned wait_ms, struct manifest *m, struct error *err)
{
	struct store *store = NULL;
	int lock = -1;
	enum status st = lock_index_to_read(index, wait_ms, &lock, err);

	if (st == ST_OK)
		st = store_open_texts(&store, index, err);
	if (st == ST_OK) {
		*m = store->manifest;
		st = tree_copy_generation(store->dir, to, err);
	}
	store_free(store);
	if (lock >= 0)
		close(lock);
	return st;
}

enum status
copy_open(const char *dir, struct buf *dict, struct origins *origins, struct error *err)
{
	const char *const paths[] = { dir };
	char *path = file_join(dir, STORE_DICTIONARY);
	struct xap_db *db = NULL;
	enum status st = path == NULL ? error_nomem(err) :
		file_read(path, DICTIONARY_MAX, dict, err);

	if (st == ST_OK)
		st = xap_db_open(&db, paths, 1, err);
	if (st == ST_OK)
		st = origins_load(origins, db, err);
	xap_db_free(db);
	free(path);
	return st;
}
