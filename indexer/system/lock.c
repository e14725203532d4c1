/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/system/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "engine/store/report.h"
#include "engine/store/store.h"

#define STEP_MS 20

#define MODE 0660

void
lock_close_to_others(int fd)
{
	struct stat sb;

	/* Who is not the owner may leave it to him. */
	if (fstat(fd, &sb) == 0 && (sb.st_mode & 0777) != MODE)
		(void)!fchmod(fd, MODE);
}

static enum status
lock(const char *index, const char *name, bool reading, unsigned wait_ms, int *fd, struct error *err)
{
	const struct timespec step = { 0, STEP_MS * 1000000L };
	char *path = file_join(index, name);
	enum status st;
	unsigned waited;

	if (path == NULL)
		return error_nomem(err);
	st = file_open(path, O_RDWR | O_CREAT, fd, err);
	if (st == ST_IO && reading && access(path, W_OK) != 0)
		st = file_open(path, O_RDONLY, fd, err);
	/* Not what a rebuild cures. */
	if (st == ST_CORRUPT)
		st = error_set(err, ST_IO, "%s: not a regular file", path);
	if (st == ST_OK && !reading)
		lock_close_to_others(*fd);
	/* Try again and again, so as not to wait for ever for a process that never unlocks. */
	for (waited = 0; st == ST_OK && flock(*fd, LOCK_EX | LOCK_NB) != 0; waited += STEP_MS) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			st = error_errno(err, errno, "%s", path);
		else if (waited >= wait_ms)
			st = error_set(err, ST_LOCKED, "%s: locked by another process", path);
		else
			nanosleep(&step, NULL);
	}
	if (st != ST_OK && *fd >= 0) {
		close(*fd);
		*fd = -1;
	}
	free(path);
	return st;
}

enum status
lock_index(const char *index, unsigned wait_ms, int *fd, struct error *err)
{
	return lock(index, STORE_LOCK, false, wait_ms, fd, err);
}

enum status
lock_hand(const char *index, unsigned wait_ms, int *fd, struct error *err)
{
	return lock(index, LOCK_HAND, false, wait_ms, fd, err);
}

enum status
lock_report(const char *index, unsigned wait_ms, int *fd, struct error *err)
{
	return lock(index, REPORT_LOCK, false, wait_ms, fd, err);
}

enum status
lock_index_to_read(const char *index, unsigned wait_ms, int *fd, struct error *err)
{
	enum status st = lock(index, STORE_LOCK, true, wait_ms, fd, err);

	return st == ST_NOTFOUND ? ST_OK : st;
}
