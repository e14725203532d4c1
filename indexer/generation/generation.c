/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/generation/generation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "engine/store/store.h"
#include "indexer/system/home.h"
#include "indexer/system/lock.h"
#include "indexer/system/tree.h"

#define NEW "new"

/* Makes the marker of the folder TEMP, and locks it for as long as *FD is open. */
static enum status
mark(const char *temp, int *fd, struct error *err)
{
	char *path = file_join(temp, HOME_MARKER);
	enum status st = ST_OK;

	if (path == NULL)
		return error_nomem(err);
	*fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (*fd < 0 || flock(*fd, LOCK_EX | LOCK_NB) != 0)
		st = error_errno(err, errno, "%s", path);
	free(path);
	return st;
}

/* Whether nobody holds the file NAME of the folder DIR locked; *FD locks it from then on, or is -1 where there is no
 * such file. */
static bool
unheld(int dir, const char *name, int *fd)
{
	*fd = openat(dir, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (*fd < 0)
		return errno == ENOENT;
	return flock(*fd, LOCK_EX | LOCK_NB) == 0;
}

/* Removes the folder NAME of INDEX, a descriptor on PATH, where it is ours and nobody uses it: a generation that nobody has
 * pinned, a temporary folder whose maker is dead. A process may have died before its folder had a marker, or
 * after all in it was gone: then the folder is empty. What cannot be removed now is left to the next sweep. */
static void
remove_unused(int index, const char *path, const char *name)
{
	const bool temp = home_is_temp(name);
	bool ours = false;
	const char *held = temp ? HOME_MARKER : STORE_PIN, *last = temp ? HOME_MARKER : MANIFEST_NAME;
	int fd = -1, dir = openat(index, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (dir < 0)
		return;
	if (unheld(dir, held, &fd)) {
		if (temp ? fd >= 0 : home_is_generation(path, name, &ours, NULL) == ST_OK && ours)
			(void)!tree_remove_at(index, name, last, NULL);
		else
			(void)unlinkat(index, name, AT_REMOVEDIR);
	}
	if (fd >= 0)
		close(fd);
	close(dir);
}

/* Leaves the locks of the generation NAME of the folder AT, a descriptor, to the owner and his group; MAKE: makes
 * those that are missing. */
static enum status
close_locks(int at, const char *name, bool make, struct error *err)
{
	static const char *const locks[] = { STORE_PIN, "flintlock" };     /* readers lock the one, libxapian the other */
	int fd, dir = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	enum status st = dir < 0 ? error_errno(err, errno, "%s", name) : ST_OK;
	size_t i;

	for (i = 0; i < sizeof(locks) / sizeof(locks[0]) && st == ST_OK; i++) {
		fd = openat(dir, locks[i], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (make ? O_CREAT : 0), 0666);
		if (fd < 0) {
			st = error_errno(err, errno, "%s/%s", name, locks[i]);
		} else {
			lock_close_to_others(fd);
			close(fd);
		}
	}
	if (dir >= 0)
		close(dir);
	return st;
}

/* Under the lock: removes dead builds and all generations but KEEP, whose locks may have been opened to others, and
 * finds the highest number in use. Where none is known to be in use (KEEP 0), all of them stay: one of
 * them may be what a damaged CURRENT meant. */
static enum status
sweep(const char *index, uint32_t keep, uint32_t *highest, struct error *err)
{
	DIR *dir = opendir(index);
	struct dirent *e;
	uint32_t gen;

	*highest = keep;
	if (dir == NULL)
		return error_errno(err, errno, "%s", index);
	while ((e = readdir(dir)) != NULL) {
		bool is_gen = store_gen_parse(e->d_name, &gen);

		if (is_gen && gen > *highest)
			*highest = gen;
		if (is_gen ? keep != 0 && gen != keep : home_is_temp(e->d_name))
			remove_unused(dirfd(dir), index, e->d_name);
		else if (is_gen && gen == keep)
			(void)!close_locks(dirfd(dir), e->d_name, false, NULL);
	}
	closedir(dir);
	return ST_OK;
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
make_temp(struct generation *g, struct interrupt *in, struct error *err)
{
	enum status st = ST_OK;

	g->temp = file_join(g->index, HOME_TEMP);
	if (g->temp == NULL)
		return error_nomem(err);
	if (in != NULL)
		st = interrupt_mkdtemp(in, g->temp, err);
	else if (mkdtemp(g->temp) == NULL)
		st = error_errno(err, errno, "%s", g->temp);
	if (st != ST_OK) {
		free(g->temp);
		g->temp = NULL;
		return st;
	}
	g->db = file_join(g->temp, NEW);
	if (g->db == NULL)
		return error_nomem(err);
	return mark(g->temp, &g->marker, err);
}

enum status
generation_begin(struct generation *g, const char *index, unsigned wait_ms, struct interrupt *in, struct error *err)
{
	uint32_t gen, highest;
	enum status st;
	int lock = -1;

	memset(g, 0, sizeof(*g));
	g->marker = -1;
	g->index = strdup(index);
	if (g->index == NULL)
		return error_nomem(err);
	st = home_enter(index, err);
	if (st == ST_OK)
		st = lock_index(index, wait_ms, &lock, err);
	if (st == ST_OK)
		st = current(index, &gen, err);
	if (st == ST_OK)
		st = sweep(index, gen, &highest, err);
	if (st == ST_OK)
		st = make_temp(g, in, err);
	if (lock >= 0)
		close(lock);
	return st;
}

enum status
generation_number(const struct generation *g, uint32_t *gen, struct error *err)
{
	uint32_t keep, highest;
	enum status st = current(g->index, &keep, err);

	if (st == ST_OK)
		st = sweep(g->index, keep, &highest, err);
	if (st == ST_OK)
		*gen = highest + 1;
	return st;
}

enum status
generation_finish(const struct generation *g, const struct manifest *m, struct error *err)
{
	char *pin = file_join(g->db, STORE_PIN);
	enum status st;

	st = pin == NULL ? error_nomem(err) :
		file_write(pin, "", 0, err);
	free(pin);
	if (st == ST_OK)
		st = manifest_write(g->db, m, err);
	return st == ST_OK ? file_sync(g->db, err) : st;
}

enum status
generation_use(const char *index, uint32_t gen, struct error *err)
{
	char name[STORE_GEN_NAME_MAX], line[STORE_GEN_NAME_MAX + 1];
	char *cur = file_join(index, STORE_CURRENT);
	enum status st;

	store_gen_name(gen, name);
	snprintf(line, sizeof(line), "%s\n", name);
	st = cur == NULL ? error_nomem(err) :
		file_replace(cur, line, strlen(line), err);
	if (st == ST_OK)
		st = file_sync(index, err);
	free(cur);
	return st;
}

enum status
generation_place(const struct generation *g, uint32_t gen, struct error *err)
{
	char name[STORE_GEN_NAME_MAX], *dir;
	enum status st;

	store_gen_name(gen, name);
	dir = file_join(g->index, name);
	if (dir == NULL)
		return error_nomem(err);
	st = close_locks(AT_FDCWD, g->db, true, err);
	if (st == ST_OK && rename(g->db, dir) != 0)
		st = error_errno(err, errno, "%s", dir);
	/* The new folder's name lasts before anything says to use it. */
	if (st == ST_OK)
		st = file_sync(g->index, err);
	if (st == ST_OK)
		st = generation_use(g->index, gen, err);
	free(dir);
	return st;
}

enum status
generation_sweep(const char *index, uint32_t keep, struct error *err)
{
	uint32_t highest;

	return sweep(index, keep, &highest, err);
}

void
generation_end(struct generation *g)
{
	if (g->temp != NULL && tree_remove(g->temp, HOME_MARKER, NULL) != ST_OK)
		rmdir(g->temp);
	if (g->marker >= 0)
		close(g->marker);
	free(g->index);
	free(g->temp);
	free(g->db);
	memset(g, 0, sizeof(*g));
	g->marker = -1;
}
