/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/build/segments.h"

#include <stdlib.h>

#include "indexer/system/tree.h"

void
segments_path(const char *dir, uint32_t name, struct buf *out)
{
	buf_addf(out, "%s/s%u", dir, (unsigned)name);
}

enum status
segments_about(const char *path, enum status st, struct error *err)
{
	const struct error before = *err;

	return error_set(err, st, "%s: %s", path, before.text);
}

enum status
segments_merge(const char *dir, const uint32_t *name, size_t n, const char *dest, enum xap_compact level,
	       struct error *err)
{
	struct buf text = BUF_INIT;
	const char **path = calloc(n, sizeof(*path));
	size_t *at = calloc(n, sizeof(*at));
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < n && at != NULL; i++) {
		at[i] = text.len;
		segments_path(dir, name[i], &text);
		buf_addc(&text, '\0');
	}
	if (path == NULL || at == NULL || buf_status(&text) != ST_OK)
		st = error_nomem(err);
	for (i = 0; i < n && st == ST_OK; i++)
		path[i] = text.data + at[i];
	if (st == ST_OK)
		st = xap_compact(path, n, dest, level, err);
	if (st != ST_OK)
		st = segments_about(dest, st, err);
	for (i = 0; i < n && st == ST_OK; i++)
		st = tree_remove(path[i], NULL, err);
	free(path);
	free(at);
	buf_fini(&text);
	return st;
}

/* An index without articles is one, too. */
enum status
segments_none(const char *dest, struct error *err)
{
	struct xap_wdb *db;
	enum status st = xap_wdb_open(&db, dest, XAP_CREATE, false, err);

	if (st != ST_OK)
		return st;
	st = xap_wdb_commit(db, err);
	xap_wdb_free(db);
	return st;
}
