/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/generation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "engine/schema.h"
#include "engine/state.h"
#include "engine/store.h"
#include "indexer/lock.h"
#include "indexer/sumfile.h"
#include "indexer/tree.h"

#define TEMP "tmp."
#define NEW "new"

/* Locks DIR's pin file against everybody. ST_LOCKED: in use. */
static enum status
pin_folder(const char *dir, int *fd, struct error *err)
{
	char *path = file_join(dir, STORE_PIN);
	enum status st = ST_OK;

	if (path == NULL)
		return error_set(err, ST_NOMEM, "no memory to lock %s", dir);
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (*fd < 0)
		st = error_errno(err, errno, "%s", path);
	else if (flock(*fd, LOCK_EX | LOCK_NB) != 0) {
		st = errno == EWOULDBLOCK ? error_set(err, ST_LOCKED, "%s: in use", dir) :
			error_errno(err, errno, "%s", path);
		close(*fd);
		*fd = -1;
	}
	free(path);
	return st;
}

/* Removes DIR where it is sure that nobody has it pinned; that it cannot be
 * removed now is left to the next build. */
static void
remove_unused(const char *dir)
{
	enum status st;
	int fd;

	if (pin_folder(dir, &fd, NULL) != ST_OK)
		return;
	st = tree_remove(dir, NULL);
	close(fd);
	(void)st;
}

/* Under the lock: removes dead builds and all generations but KEEP (0: none is
 * current), and finds the highest number in use. */
static enum status
sweep(const char *index, uint32_t keep, uint32_t *highest, struct error *err)
{
	DIR *dir = opendir(index);
	struct dirent *e;
	enum status st = ST_OK;
	uint32_t gen;

	*highest = keep;
	if (dir == NULL)
		return error_errno(err, errno, "%s", index);
	while (st == ST_OK && (e = readdir(dir)) != NULL) {
		bool is_gen = store_gen_parse(e->d_name, &gen);
		char *path;

		if (is_gen && gen > *highest)
			*highest = gen;
		if ((is_gen && gen == keep) || (!is_gen && strncmp(e->d_name, TEMP, strlen(TEMP)) != 0))
			continue;
		path = file_join(index, e->d_name);
		if (path == NULL)
			st = error_set(err, ST_NOMEM, "no memory to read %s", index);
		else
			remove_unused(path);
		free(path);
	}
	closedir(dir);
	return st;
}

/* The generation in use, 0 for none. A CURRENT that cannot be read is none, too: a
 * rebuild is its remedy. */
static enum status
current(const char *index, uint32_t *gen, struct error *err)
{
	enum status st = store_current(index, gen, err);

	if (st == ST_NOTFOUND || st == ST_CORRUPT) {
		*gen = 0;
		st = ST_OK;
	}
	return st;
}

static enum status
make_temp(struct generation *g, struct error *err)
{
	g->temp = file_join(g->index, TEMP "XXXXXX");
	if (g->temp == NULL)
		return error_set(err, ST_NOMEM, "no memory to build %s", g->index);
	if (mkdtemp(g->temp) == NULL) {
		enum status st = error_errno(err, errno, "%s", g->temp);

		free(g->temp);
		g->temp = NULL;
		return st;
	}
	g->db = file_join(g->temp, NEW);
	if (g->db == NULL)
		return error_set(err, ST_NOMEM, "no memory to build %s", g->index);
	return pin_folder(g->temp, &g->pin, err);
}

enum status
generation_begin(struct generation *g, const char *index, struct error *err)
{
	uint32_t gen, highest;
	enum status st;
	int lock = -1;

	memset(g, 0, sizeof(*g));
	g->pin = -1;
	g->index = strdup(index);
	if (g->index == NULL)
		return error_set(err, ST_NOMEM, "no memory to build %s", index);
	st = tree_make(index, err);
	if (st == ST_OK)
		st = lock_index(index, LOCK_PATIENCE_MS, &lock, err);
	if (st == ST_OK)
		st = current(index, &gen, err);
	if (st == ST_OK)
		st = sweep(index, gen, &highest, err);
	if (st == ST_OK)
		st = make_temp(g, err);
	if (lock >= 0)
		close(lock);
	return st;
}

/* The revision goes on from where the generation in use is. One that cannot be
 * read has none to go on from: a rebuild is its remedy, too. */
static enum status
next_revision(const struct generation *g, struct manifest *m, struct error *err)
{
	struct store *now = NULL;
	enum status st = store_open_texts(&now, g->index, err);

	m->rev = 1;
	if (st == ST_OK)
		m->rev = now->manifest.rev + 1;
	store_free(now);
	m->journal_floor = m->rev;
	m->journal_entries = 0;
	return st == ST_NOMEM ? st : ST_OK;
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

static enum status
finish_folder(const struct generation *g, struct manifest *m, struct error *err)
{
	char *pin = file_join(g->db, STORE_PIN);
	enum status st;

	st = pin == NULL ? error_set(err, ST_NOMEM, "no memory to switch %s", g->index) :
		file_write(pin, "", 0, err);
	free(pin);
	manifest_time(time(NULL), m->built);
	manifest_time(time(NULL), m->committed);
	if (st == ST_OK)
		st = tree_bytes(g->db, &m->index_bytes, err);
	if (st == ST_OK)
		st = write_state(g, m, err);
	if (st == ST_OK)
		st = manifest_write(g->db, m, err);
	return st == ST_OK ? file_sync(g->db, err) : st;
}

static enum status
put_in_place(const struct generation *g, uint32_t gen, struct error *err)
{
	char name[STORE_GEN_NAME_MAX], line[STORE_GEN_NAME_MAX + 1];
	char *dir, *cur;
	enum status st = ST_OK;

	store_gen_name(gen, name);
	snprintf(line, sizeof(line), "%s\n", name);
	dir = file_join(g->index, name);
	cur = file_join(g->index, STORE_CURRENT);
	if (dir == NULL || cur == NULL)
		st = error_set(err, ST_NOMEM, "no memory to switch %s", g->index);
	if (st == ST_OK && rename(g->db, dir) != 0)
		st = error_errno(err, errno, "%s", dir);
	/* The new folder's name lasts before anything says to use it. */
	if (st == ST_OK)
		st = file_sync(g->index, err);
	if (st == ST_OK)
		st = file_replace(cur, line, strlen(line), err);
	if (st == ST_OK)
		st = file_sync(g->index, err);
	free(dir);
	free(cur);
	return st;
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
generation_switch(struct generation *g, struct manifest *m, struct error *err)
{
	uint32_t gen, highest;
	enum status st;
	int lock = -1;

	/* The long part of it before the lock. */
	st = tree_sync(g->db, err);
	if (st == ST_OK)
		st = lock_index(g->index, LOCK_PATIENCE_MS, &lock, err);
	if (st == ST_OK)
		st = current(g->index, &gen, err);
	if (st == ST_OK)
		st = sweep(g->index, gen, &highest, err);
	if (st == ST_OK) {
		m->generation = highest + 1;
		st = next_revision(g, m, err);
	}
	if (st == ST_OK)
		st = finish_folder(g, m, err);
	if (st == ST_OK)
		st = put_in_place(g, m->generation, err);
	/* What a reader still holds goes with the next build. */
	if (st == ST_OK)
		st = sweep(g->index, m->generation, &highest, err);
	if (lock >= 0)
		close(lock);
	if (st == ST_OK)
		write_sums(g, m);
	return st;
}

void
generation_end(struct generation *g)
{
	if (g->temp != NULL && tree_remove(g->temp, NULL) != ST_OK)
		rmdir(g->temp);
	if (g->pin >= 0)
		close(g->pin);
	free(g->index);
	free(g->temp);
	free(g->db);
	memset(g, 0, sizeof(*g));
	g->pin = -1;
}
