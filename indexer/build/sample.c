/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/build/sample.h"

#include <string.h>

#include "base/zdict.h"
#include "base/zstream.h"
#include "corpus/reader.h"
#include "indexer/generation/stored.h"

/* A path's part of the samples: enough to know its manner by. */
#define PATH_BYTES_MIN 65536

static bool
is_stdin(const char *path)
{
	return strcmp(path, "-") == 0;
}

bool
sample_only_stdin(const char *const *paths, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!is_stdin(paths[i]))
			return false;
	return true;
}

/* The beginning of PATH, about SHARE bytes of text. */
static enum status
sample_path(struct zdict *z, const char *path, size_t share, struct article *a, struct error *err)
{
	const struct reader_options opt = { NULL, NULL, NULL, NULL, NULL };
	struct reader *r = NULL;
	enum status st = reader_new(&r, &path, 1, &opt, NULL);
	size_t taken = 0;
	bool got = true;

	while (st == ST_OK && taken < share && !zdict_full(z)) {
		st = reader_next(r, a, &got, NULL);
		if (st != ST_OK || !got)
			break;
		if (zdict_sample(z, buf_str(&a->body), a->body.len) != ST_OK)
			st = ST_NOMEM;
		taken += a->body.len;
	}
	reader_free(r);
	return st == ST_NOMEM ? error_nomem(err) : ST_OK;
}

static enum status
finish(struct zdict *z, struct buf *dict, struct error *err)
{
	enum status st = zdict_finish(z, dict);

	return st == ST_OK ? ST_OK : error_set(err, st, "no dictionary could be chosen");
}

enum status
sample_paths(const char *const *paths, size_t n, struct buf *dict, struct error *err)
{
	size_t share = ZDICT_SAMPLES_MAX / n, i;
	struct zdict *z;
	struct article a;
	enum status st;

	if (zdict_new(&z, ZSTREAM_DICT_MAX) != ST_OK)
		return error_nomem(err);
	article_init(&a);
	if (share < PATH_BYTES_MIN)
		share = PATH_BYTES_MIN;
	for (i = 0, st = ST_OK; st == ST_OK && i < n; i++)
		if (!is_stdin(paths[i]))
			st = sample_path(z, paths[i], share, &a, err);
	if (st == ST_OK)
		st = finish(z, dict, err);
	article_fini(&a);
	zdict_free(z);
	return st;
}

enum status
sample_articles(const struct article *a, size_t n, struct buf *dict, struct error *err)
{
	struct zdict *z;
	enum status st;
	size_t i;

	if (zdict_new(&z, ZSTREAM_DICT_MAX) != ST_OK)
		return error_nomem(err);
	for (i = 0, st = ST_OK; st == ST_OK && i < n; i++)
		if (zdict_sample(z, buf_str(&a[i].body), a[i].body.len) != ST_OK)
			st = error_nomem(err);
	if (st == ST_OK)
		st = finish(z, dict, err);
	zdict_free(z);
	return st;
}

struct every { uint64_t n, step; };

static bool
want_some(void *arg, const struct stored_head *h)
{
	struct every *e = arg;

	(void)h;
	return e->n++ % e->step == 0;
}

/* Says nothing of a damaged article: the rebuild that reads all articles tells of it. */
static void
pass_over(void *arg, const char *name, const char *why)
{
	(void)arg;
	(void)name;
	(void)why;
}

enum status
sample_store(struct store *store, struct buf *dict, struct error *err)
{
	struct every every = { 0, store->manifest.text_bytes / ZDICT_SAMPLES_MAX + 1 };
	struct stored from = { .store = store, .want = want_some, .bad = pass_over, .arg = &every };
	struct zdict *z;
	struct article a;
	bool got = true;
	enum status st;

	if (zdict_new(&z, ZSTREAM_DICT_MAX) != ST_OK)
		return error_nomem(err);
	article_init(&a);
	for (st = ST_OK; st == ST_OK && !zdict_full(z);) {
		st = stored_next(&from, &a, &got, err);
		if (st != ST_OK || !got)
			break;
		if (zdict_sample(z, buf_str(&a.body), a.body.len) != ST_OK)
			st = error_nomem(err);
	}
	if (st == ST_OK)
		st = finish(z, dict, err);
	stored_fini(&from);
	article_fini(&a);
	zdict_free(z);
	return st;
}
