/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The end of a takeover: the changes from the old contents to the new, and the switch.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "engine/store/schema.h"
#include "engine/store/state.h"
#include "indexer/generation/diff.h"
#include "indexer/generation/sumfile.h"
#include "indexer/generation/takeover.h"
#include "indexer/system/lock.h"
#include "indexer/system/tree.h"

#define ROUNDS_MAX 10    /* rounds before the lock is taken, however fast commits come */
#define ROUND_FEW 20     /* articles: a round of so few may wait until the lock is held */
#define RUIN_LEAP 1000000000   /* revisions: more than six years of five commits a second */

/* ---- changes from the old contents to the new ---- */

static enum status
note_change(void *arg, enum change_kind kind, const char *id, size_t len, uint32_t docid, struct error *err)
{
	struct takeover *t = arg;
	enum status st = ST_OK;

	if (t->too_many || ids_has(&t->touched, id, len))
		return ST_OK;
	t->too_many = journal_entry_count(t->entry) == JOURNAL_ENTRIES_MAX;
	if (t->too_many || kind == CHANGE_ADDED)
		return t->too_many ? ST_OK : journal_entry_add(t->entry, kind, id, len, NULL, err);
	st = takeover_article(t, docid, id, len, err);
	if (st == ST_CORRUPT) {
		/* The former version is lost, but the article was there, and that is told. */
		article_clear(&t->article);
		buf_add(&t->article.field[ART_ID], id, len);
		st = article_status(&t->article) == ST_OK ? ST_OK : error_nomem(err);
	}
	return st == ST_OK ? journal_entry_add(t->entry, kind, id, len, &t->article, err) : st;
}

/* Collects the changes; none where there was no generation before, or none of this format to compare with. */
static enum status
find_changes(struct takeover *t, struct writer *w, struct error *err)
{
	enum status st;

	if (t->store == NULL || t->store->manifest.format != SCHEMA_FORMAT)
		return ST_OK;
	st = journal_entry_new(&t->entry, err);
	if (st == ST_OK)
		st = diff_walk(t->store, w->view, note_change, t, err);
	if (st == ST_OK && t->too_many) {
		journal_entry_free(t->entry);
		t->entry = NULL;
	}
	return st;
}

static bool
was_touched(void *arg, const char *id, size_t len)
{
	const struct takeover *t = arg;

	return ids_has(&t->touched, id, len);
}

/* ---- before the lock ---- */

static enum status
open_writer(struct writer **out, const struct target *n, bool safe, struct error *err)
{
	const struct writer_options opt = { n->dir, n->dict->data, n->dict->len, n->m, n->origins, false, safe };

	return writer_open(out, &opt, err);
}

static enum status
prepare(struct takeover *t, const struct target *n, struct error *err)
{
	struct writer *w = NULL;
	uint64_t count = 0;
	int i;
	enum status st = open_writer(&w, n, false, err);

	for (i = 0; st == ST_OK && i < ROUNDS_MAX && (i == 0 || count > ROUND_FEW); i++)
		st = takeover_round(t, n, w, &count, err);
	if (st == ST_OK)
		st = writer_commit(w, err);
	if (st == ST_OK)
		st = find_changes(t, w, err);
	/* find_changes may have taken long: follow the commits once more. */
	if (st == ST_OK)
		st = takeover_round(t, n, w, &count, err);
	if (st == ST_OK)
		st = writer_commit(w, err);
	if (st == ST_OK)
		*n->m = w->state;
	writer_free(w);
	return st == ST_OK ? tree_sync(n->dir, err) : st;
}

/* ---- with the lock held ---- */

/* A revision for the case that the generation in use cannot tell its own: a number that it cannot have reached, since
 * no revision may come twice. */
static uint64_t
revision_of_ruin(const char *index)
{
	struct manifest m = { .rev = 0 };
	char name[STORE_GEN_NAME_MAX], *dir;
	uint32_t gen;

	if (store_current(index, &gen, NULL) != ST_OK)
		return 0;
	store_gen_name(gen, name);
	dir = file_join(index, name);
	if (dir == NULL || manifest_read(dir, &m, NULL) != ST_OK)
		m.rev = 0;
	free(dir);
	return m.rev > 0 ? m.rev + RUIN_LEAP : 0;
}

static enum status
write_journal(struct takeover *t, struct writer *w, struct manifest *m, time_t now, struct error *err)
{
	enum status st;

	m->journal_floor = t->floor;
	m->journal_entries = t->entries;
	if (t->entry != NULL) {
		st = journal_entry_drop(t->entry, was_touched, t, err);
		return st == ST_OK ? journal_write(t->entry, w->db, m, now, err) : st;
	}
	m->journal_floor = m->rev;
	m->journal_entries = 0;
	return journal_clear(w->db, err);
}

/* Writes state and journal, in one commit with the articles of the last round. */
static enum status
write_state(struct takeover *t, const struct target *n, struct writer *w, struct error *err)
{
	struct manifest *m = n->m;
	uint32_t number = m->generation;
	char built[sizeof(m->built)];
	uint64_t rev = t->store != NULL ? t->store->manifest.rev : revision_of_ruin(t->maker->index);
	time_t now = time(NULL);
	enum status st = writer_figures(w, err);

	memcpy(built, m->built, sizeof(built));
	*m = w->state;
	m->generation = number;
	memcpy(m->built, built, sizeof(built));
	m->rev = (rev > m->rev ? rev : m->rev) + 1;
	manifest_time(now, m->committed);
	if (st == ST_OK)
		st = write_journal(t, w, m, now, err);
	if (st == ST_OK)
		st = origins_save(n->origins, w->db, err);
	if (st == ST_OK)
		st = state_save(w->db, m, err);
	return st == ST_OK ? xap_wdb_commit(w->db, err) : st;
}

static enum status
take_last(struct takeover *t, const struct target *n, struct error *err)
{
	struct writer *w = NULL;
	uint64_t count;
	enum status st = open_writer(&w, n, true, err);

	if (st == ST_OK)
		st = takeover_round(t, n, w, &count, err);
	if (st == ST_OK)
		st = write_state(t, n, w, err);
	writer_free(w);
	return st;
}

static enum status
switch_locked(struct takeover *t, const struct target *n, struct error *err)
{
	const struct generation *g = &t->maker->generation;
	struct manifest *m = n->m;
	enum status st = ST_OK;

	if (n->number == 0) {
		st = generation_number(g, &m->generation, err);
		manifest_time(time(NULL), m->built);
	}
	if (st == ST_OK)
		st = take_last(t, n, err);
	if (n->number != 0) {
		if (st == ST_OK)
			st = file_sync(n->dir, err);
		if (st == ST_OK)
			st = generation_use(t->maker->index, n->number, err);
	} else {
		if (st == ST_OK)
			st = file_folder_bytes(n->dir, &m->index_bytes, err);
		if (st == ST_OK)
			st = generation_finish(g, m, err);
		if (st == ST_OK)
			st = maker_place(t->maker, m->generation, err);
	}
	/* The old one is ours no more, and goes now, or, while a reader holds it, later. */
	takeover_fini(t);
	return st == ST_OK ? generation_sweep(t->maker->index, m->generation, err) : st;
}

/* The generation is in use and sound without them, too. */
static void
write_sums(const char *index, const struct manifest *m)
{
	struct error err;

	if (sumfile_write(index, m->generation, m->rev, &err) != ST_OK)
		log_line(LOG_LEVEL_NOTICE, "no sums of the new files: %s", err.text);
}

enum status
takeover_switch(struct takeover *t, const struct target *n, struct error *err)
{
	enum status st;
	int lock = -1;

	progress_phase(&t->maker->progress, "switching");
	st = prepare(t, n, err);
	if (st == ST_OK)
		st = lock_index(t->maker->index, LOCK_PATIENCE_MS, &lock, err);
	if (st == ST_OK)
		st = switch_locked(t, n, err);
	if (lock >= 0)
		close(lock);
	if (st == ST_OK)
		write_sums(t->maker->index, n->m);
	return st;
}
