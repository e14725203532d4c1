/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/takeover.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "engine/state.h"
#include "indexer/lock.h"
#include "indexer/sumfile.h"
#include "indexer/tree.h"

enum status
takeover_begin(struct takeover *t, const char *index, struct error *why, struct error *err)
{
	enum status st;

	memset(t, 0, sizeof(*t));
	memset(why, 0, sizeof(*why));
	t->index = index;
	st = store_open_texts(&t->store, index, why);
	if (st == ST_OK)
		t->rev = t->store->manifest.rev;
	if (st == ST_NOTFOUND)
		why->status = ST_OK;
	if (st == ST_OK || st == ST_NOTFOUND || st == ST_CORRUPT || st == ST_VERSION)
		return ST_OK;
	return error_set(err, st, "%s", why->text);
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

/* With the lock held. */
static enum status
switch_locked(struct takeover *t, struct generation *g, struct manifest *m, struct error *err)
{
	enum status st = generation_number(g, &m->generation, err);

	if (t->store != NULL && t->store->manifest.rev > m->rev)
		m->rev = t->store->manifest.rev;
	m->journal_floor = ++m->rev;
	m->journal_entries = 0;
	manifest_time(time(NULL), m->built);
	manifest_time(time(NULL), m->committed);
	if (st == ST_OK)
		st = file_folder_bytes(g->db, &m->index_bytes, err);
	if (st == ST_OK)
		st = write_state(g, m, err);
	if (st == ST_OK)
		st = generation_finish(g, m, err);
	if (st == ST_OK)
		st = generation_place(g, m->generation, err);
	takeover_fini(t);
	/* What a reader still holds goes with the next one. */
	return st == ST_OK ? generation_sweep(g->index, m->generation, err) : st;
}

/* The generation is in use and sound without them, too. */
static void
write_sums(const struct generation *g, const struct manifest *m)
{
	struct error err;

	if (sumfile_write(g->index, m->generation, m->rev, &err) != ST_OK)
		log_line(LOG_LEVEL_NOTICE, "no sums of the new files: %s", err.text);
}

enum status
takeover_switch(struct takeover *t, struct generation *g, struct manifest *m, struct error *err)
{
	enum status st;
	int lock = -1;

	/* The long part of it before the lock. */
	st = tree_sync(g->db, err);
	if (st == ST_OK)
		st = lock_index(g->index, LOCK_PATIENCE_MS, &lock, err);
	if (st == ST_OK)
		st = switch_locked(t, g, m, err);
	if (lock >= 0)
		close(lock);
	if (st == ST_OK)
		write_sums(g, m);
	return st;
}

void
takeover_fini(struct takeover *t)
{
	store_free(t->store);
	t->store = NULL;
}
