/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/generation/compact.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/log.h"
#include "engine/store/store.h"
#include "indexer/generation/copy.h"
#include "indexer/system/lock.h"
#include "indexer/system/tree.h"

#define PAYS_BYTES (32u << 20)   /* more than there should be */
#define PAYS_PERCENT 50
#define GROWN 8                  /* times as many articles: what it was says nothing any more */
#define OLD "old"

enum status
compact_pays(const char *index, bool *pays, struct error *err)
{
	struct store *store = NULL;
	struct manifest made, now;
	uint64_t bytes, due;
	enum status st = store_open_quick(&store, index, err);

	*pays = false;
	if (st == ST_OK) {
		now = store->manifest;
		st = manifest_read(store->dir, &made, err);
	}
	if (st == ST_OK)
		st = file_folder_bytes(store->dir, &bytes, err);
	store_free(store);
	if (st != ST_OK)
		return st;
	due = made.articles <= now.articles / GROWN ? 0 :
		(uint64_t)((double)made.index_bytes / (double)made.articles * (double)now.articles);
	*pays = bytes >= due + PAYS_BYTES && bytes >= due + due / 100 * PAYS_PERCENT;
	return ST_OK;
}

/* All but the tables, which are merged. */
static enum status
copy_dictionary(struct compact *c, const char *from, struct error *err)
{
	const char *db = c->maker.generation.db;
	char *path = file_join(db, STORE_DICTIONARY);
	enum status st = copy_open(from, &c->dict, &c->origins, err);

	if (st == ST_OK && path == NULL)
		st = error_nomem(err);
	if (st == ST_OK)
		st = file_write(path, buf_str(&c->dict), c->dict.len, err);
	free(path);
	return st;
}

static enum status
merge(struct compact *c, char *old, struct error *err)
{
	const char *const paths[] = { old };
	enum status st = copy_current(c->index, old, c->wait_ms, &c->manifest, err);

	if (st == ST_OK) {
		takeover_from_copy(&c->takeover, &c->manifest);
		st = file_folder_bytes(old, &c->before, err);
	}
	progress_phase(&c->maker.progress, "merging");
	if (st == ST_OK)
		st = store_unshared(xap_compact(paths, 1, c->maker.generation.db, XAP_COMPACT_FULL, err), err);
	if (st == ST_OK)
		st = copy_dictionary(c, old, err);
	return st == ST_OK ? tree_remove(old, NULL, err) : st;
}

static enum status
run_steps(struct compact *c, struct error *err)
{
	struct target target = { .dict = &c->dict, .origins = &c->origins, .m = &c->manifest, .same = true };
	struct store *store = NULL;
	struct error why;
	char *old = NULL;
	enum status st = store_open(&store, c->index, err);   /* before anything is made */

	store_free(store);
	if (st == ST_OK)
		st = maker_begin(&c->maker, NULL, c->wait_ms, err);
	if (st == ST_OK)
		st = takeover_begin(&c->takeover, &c->maker, &why, err);
	if (st == ST_OK) {
		old = file_join(c->maker.generation.temp, OLD);
		st = old == NULL ? error_nomem(err) : merge(c, old, err);
	}
	free(old);
	target.dir = c->maker.generation.db;
	return st == ST_OK ? takeover_switch(&c->takeover, &target, err) : st;
}

enum status
compact_run(struct compact *c, const char *index, bool quiet, struct error *err)
{
	enum status st;

	c->index = index;
	maker_init(&c->maker, index, "compact", quiet);
	origins_init(&c->origins);
	st = run_steps(c, err);
	takeover_fini(&c->takeover);
	origins_fini(&c->origins);
	buf_fini(&c->dict);
	maker_fini(&c->maker);
	return st;
}

void
compact_summary(const struct compact *c, char line[COMPACT_SUMMARY_MAX])
{
	char name[STORE_GEN_NAME_MAX];

	store_gen_name(c->manifest.generation, name);
	snprintf(line, COMPACT_SUMMARY_MAX, "compacted %" PRIu64 " articles from %.1f MB to %.1f MB in %.1f s, revision %" PRIu64
		 ", generation %s", c->manifest.articles, (double)c->before / 1e6,
		 (double)c->manifest.index_bytes / 1e6, progress_seconds(&c->maker.progress), c->manifest.rev, name);
}

enum status
compact_if_it_pays(const char *index, bool quiet, struct error *err)
{
	struct compact c = { .wait_ms = LOCK_PATIENCE_MS };
	char line[COMPACT_SUMMARY_MAX];
	bool pays;
	enum status st = compact_pays(index, &pays, err);

	if (st != ST_OK || !pays)
		return st;
	st = compact_run(&c, index, quiet, err);
	if (st != ST_OK)
		return st;
	compact_summary(&c, line);
	if (!quiet)
		log_line(LOG_LEVEL_NOTICE, "%s", line);
	return ST_OK;
}
