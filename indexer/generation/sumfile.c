/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/generation/sumfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "engine/store/store.h"
#include "engine/store/sums.h"
#include "indexer/system/lock.h"

/* Makes DIR/sums.new, empty. As long as that is there, nobody wrote to the generation. */
static enum status
begin_sums(const char *index, const char *path, uint32_t gen, int *fd, struct error *err)
{
	uint32_t now;
	int lock = -1;
	enum status st = lock_index(index, LOCK_PATIENCE_MS, &lock, err);

	if (st == ST_OK)
		st = store_current(index, &now, err);
	if (st == ST_OK && now == gen) {
		(void)unlink(path);   /* of one that died */
		*fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (*fd < 0)
			st = error_errno(err, errno, "%s", path);
	}
	if (lock >= 0)
		close(lock);
	return st;
}

static enum status
end_sums(const char *index, const char *dir, const char *from, const char *to, int fd, struct error *err)
{
	struct stat sb;
	int lock = -1;
	enum status st = lock_index(index, LOCK_PATIENCE_MS, &lock, err);

	if (st == ST_OK && fstat(fd, &sb) != 0)
		st = error_errno(err, errno, "%s", from);
	if (st == ST_OK && sb.st_nlink > 0) {
		if (rename(from, to) != 0)
			st = error_errno(err, errno, "%s", to);
		if (st == ST_OK)
			st = file_sync(dir, err);
	}
	if (lock >= 0)
		close(lock);
	return st;
}

enum status
sumfile_write(const char *index, uint32_t gen, uint64_t rev, struct error *err)
{
	char name[STORE_GEN_NAME_MAX], *dir, *from = NULL, *to = NULL;
	struct buf text = BUF_INIT;
	enum status st = ST_OK;
	int fd = -1;

	store_gen_name(gen, name);
	dir = file_join(index, name);
	if (dir != NULL) {
		from = file_join(dir, SUMS_NEW);
		to = file_join(dir, SUMS_NAME);
	}
	if (from == NULL || to == NULL)
		st = error_nomem(err);
	if (st == ST_OK)
		st = begin_sums(index, from, gen, &fd, err);
	if (st == ST_OK && fd >= 0) {
		st = sums_take(dir, rev, &text, err);
		if (st == ST_OK)
			st = file_put(fd, from, text.data, text.len, err);
		if (st == ST_OK)
			st = end_sums(index, dir, from, to, fd, err);
		if (st != ST_OK)
			(void)unlink(from);   /* or the next writer does */
	}
	if (fd >= 0)
		close(fd);
	buf_fini(&text);
	free(from);
	free(to);
	free(dir);
	return st;
}
