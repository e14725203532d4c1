/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/grow.h"
#include "config.h"

#include "indexer/write/replaced.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "engine/store/dictionary.h"
#include "engine/store/record.h"
#include "engine/store/schema.h"
#include "engine/xapian/xap.h"
#include "indexer/write/newest.h"

#define COMMIT_EVERY 1000   /* deletions held in memory */

struct removal {
	struct xap_db *db;
	struct zstream_unpacker *texts;
	struct article article;
	struct buf work;
	uint32_t *docid;        /* to be deleted */
	size_t n, cap;
};

static enum status
note(struct removal *r, uint32_t docid, struct manifest *m, struct error *err)
{
	uint32_t *p = grow(r->docid, &r->cap, r->n, sizeof(*p));
	enum status st;

	if (p == NULL)
		return error_nomem(err);
	r->docid = p;
	r->docid[r->n++] = docid;
	buf_clear(&r->work);
	st = xap_db_data(r->db, docid, &r->work, err);
	if (st == ST_OK)
		st = record_unpack(r->texts, buf_str(&r->work), r->work.len, &r->article, err);
	if (st == ST_OK) {
		m->text_bytes -= r->article.field[ART_TITLE].len + r->article.body.len;
		m->packed_bytes -= r->work.len;
	}
	return st;
}

/* Notes all articles of ID but the last. */
static enum status
look_up(struct removal *r, const char *id, struct manifest *m, struct error *err)
{
	struct buf term = BUF_INIT;
	uint32_t docid = 0, next = 0;
	enum status st;

	schema_term(&term, PREFIX_ID, id, strlen(id));
	st = buf_status(&term) == ST_OK ? ST_OK : error_nomem(err);
	if (st == ST_OK)
		st = xap_db_posting(r->db, term.data, term.len, 0, &docid, err);
	while (st == ST_OK) {
		st = xap_db_posting(r->db, term.data, term.len, docid, &next, err);
		if (st == ST_OK)
			st = note(r, docid, m, err);
		docid = next;
	}
	buf_fini(&term);
	return st == ST_NOTFOUND ? ST_OK : st;
}

static int
by_docid(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static enum status
delete_all(const char *dir, struct removal *r, struct error *err)
{
	struct xap_wdb *w = NULL;
	enum status st;
	size_t i;

	sort(r->docid, r->n, sizeof(*r->docid), by_docid);
	st = xap_wdb_open(&w, dir, XAP_OPEN, false, err);
	for (i = 0; i < r->n && st == ST_OK; i++) {
		st = xap_wdb_delete(w, r->docid[i], err);
		if (st == ST_OK && i % COMMIT_EVERY == COMMIT_EVERY - 1)
			st = xap_wdb_commit(w, err);
	}
	if (st == ST_OK)
		st = xap_wdb_commit(w, err);
	xap_wdb_free(w);
	return st;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* An id that came three times is in SEEN twice. */
static enum status
each_once(const struct seen *seen, const char ***ids, size_t *n, struct error *err)
{
	size_t at = 0, i, kept = 0;
	const char *id;

	*n = 0;
	while (seen_next(seen, &at) != NULL)
		++*n;
	*ids = calloc(*n + 1, sizeof(**ids));
	if (*ids == NULL)
		return error_nomem(err);
	for (at = i = 0; (id = seen_next(seen, &at)) != NULL; i++)
		(*ids)[i] = id;
	sort(*ids, *n, sizeof(**ids), by_name);
	for (i = 0; i < *n; i++)
		if (i == 0 || strcmp((*ids)[i], (*ids)[kept - 1]) != 0)
			(*ids)[kept++] = (*ids)[i];
	*n = kept;
	return ST_OK;
}

enum status
replaced_remove(const char *dir, const struct buf *dict, const struct seen *seen,
		struct manifest *m, uint64_t *count, struct error *err)
{
	const char *const paths[] = { dir };
	struct removal r = { 0 };
	const char **ids = NULL;
	size_t n, i;
	enum status st;

	*count = 0;
	if (seen->again.len == 0)
		return ST_OK;
	article_init(&r.article);
	st = each_once(seen, &ids, &n, err);
	if (st == ST_OK)
		st = xap_db_open(&r.db, paths, 1, err);
	if (st == ST_OK) {
		st = dictionary_unpacker(&r.texts, dict->data, dict->len);
		if (st != ST_OK)
			error_set(err, st, "no unpacker for the texts");
	}
	for (i = 0; st == ST_OK && i < n; i++)
		st = look_up(&r, ids[i], m, err);
	xap_db_free(r.db);
	if (st == ST_OK && r.n > 0)
		st = delete_all(dir, &r, err);
	if (st == ST_OK)
		*count = r.n;
	zstream_unpacker_free(r.texts);
	article_fini(&r.article);
	buf_fini(&r.work);
	free(r.docid);
	free(ids);
	return st;
}

enum status
replaced_count(const char *dir, struct manifest *m, struct error *err)
{
	const char *const paths[] = { dir };
	struct xap_db *db;
	uint32_t count = 0;
	enum status st;

	st = xap_db_open(&db, paths, 1, err);
	if (st != ST_OK)
		return st;
	st = xap_db_count(db, &count, err);
	if (st == ST_OK)
		st = newest_find(db, m->newest, err);
	m->articles = count;
	xap_db_free(db);
	return st;
}
