/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum status
file_open(const char *path, int flags, int *fd, struct error *err)
{
	struct stat sb;

	/* O_NONBLOCK is for FIFOs, which open(2) would wait at. */
	*fd = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
	if (*fd < 0 && errno != ELOOP && errno != ENXIO)
		return error_errno(err, errno, "%s", path);
	if (*fd >= 0 && fstat(*fd, &sb) == 0 && S_ISREG(sb.st_mode))
		return ST_OK;
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	return error_set(err, ST_CORRUPT, "%s: not a regular file", path);
}

enum status
file_get(int fd, const char *path, size_t max, struct buf *out, struct error *err)
{
	enum status st = ST_OK;
	size_t begin = out->len;

	for (;;) {
		char *room = buf_reserve(out, 4096);
		ssize_t n;

		if (room == NULL) {
			st = error_nomem(err);
			break;
		}
		n = read(fd, room, 4096);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			st = error_errno(err, errno, "%s", path);
			break;
		}
		if (n == 0)
			break;
		out->len += (size_t)n;
		out->data[out->len] = '\0';
		if (out->len - begin > max) {
			st = error_set(err, ST_TOO_LARGE, "%s: over %zu bytes", path, max);
			break;
		}
	}
	return st;
}

enum status
file_read(const char *path, size_t max, struct buf *out, struct error *err)
{
	int fd;
	enum status st = file_open(path, O_RDONLY, &fd, err);

	if (st == ST_OK)
		st = file_get(fd, path, max, out, err);
	if (fd >= 0)
		close(fd);
	return st;
}

enum status
file_put(int fd, const char *path, const void *data, size_t len, struct error *err)
{
	const char *at = data;

	while (len > 0) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, errno, "%s", path);
		at += n;
		len -= (size_t)n;
	}
	return fsync(fd) == 0 ? ST_OK : error_errno(err, errno, "%s", path);
}

enum status
file_write(const char *path, const void *data, size_t len, struct error *err)
{
	int fd;
	enum status st = file_open(path, O_WRONLY | O_CREAT | O_TRUNC, &fd, err);

	if (st != ST_OK)
		return st;
	st = file_put(fd, path, data, len, err);
	if (close(fd) != 0 && st == ST_OK)
		st = error_errno(err, errno, "%s", path);
	return st;
}

enum status
file_replace(const char *path, const void *data, size_t len, struct error *err)
{
	char *temp = malloc(strlen(path) + sizeof(".new"));
	enum status st;

	if (temp == NULL)
		return error_nomem(err);
	strcpy(temp, path);
	strcat(temp, ".new");
	(void)unlink(temp);     /* of a process that died, or whatever it is */
	st = file_write(temp, data, len, err);
	if (st == ST_OK && rename(temp, path) != 0)
		st = error_errno(err, errno, "%s", path);
	if (st != ST_OK)
		unlink(temp);
	free(temp);
	return st;
}

enum status
file_overwrite(const char *path, const void *data, size_t len, struct error *err)
{
	struct buf all = BUF_INIT;
	struct stat sb;
	enum status st;
	int fd;

	st = file_open(path, O_WRONLY, &fd, err);
	if (st != ST_OK)
		return st;
	buf_add(&all, data, len);
	if (fstat(fd, &sb) == 0)
		while (all.len < (size_t)sb.st_size && !all.failed)
			buf_addc(&all, '\n');
	st = buf_status(&all) != ST_OK ? error_nomem(err) : file_put(fd, path, all.data, all.len, err);
	buf_fini(&all);
	close(fd);
	return st;
}

enum status
file_folder_bytes(const char *path, uint64_t *bytes, struct error *err)
{
	enum status st = ST_OK;
	struct dirent *entry;
	struct stat sb;
	DIR *dir = opendir(path);

	*bytes = 0;
	if (dir == NULL)
		return error_errno(err, errno, "%s", path);
	while (errno = 0, (entry = readdir(dir)) != NULL) {
		/* One that is gone by now was a temporary one. */
		if (fstatat(dirfd(dir), entry->d_name, &sb, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(sb.st_mode))
			*bytes += (uint64_t)sb.st_size;
	}
	if (errno != 0)
		st = error_errno(err, errno, "%s", path);
	closedir(dir);
	return st;
}

enum status
file_sync(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum status st = ST_OK;

	if (fd < 0)
		return error_errno(err, errno, "%s", path);
	if (fsync(fd) != 0)
		st = error_errno(err, errno, "%s", path);
	close(fd);
	return st;
}

enum status
file_check_owner(const char *path, struct error *err)
{
	struct stat sb;

	if (geteuid() != 0 || stat(path, &sb) != 0 || sb.st_uid == 0)
		return ST_OK;
	return error_set(err, ST_UNSUPPORTED, "%s: belongs to user %u, and root does not use what others own: run as that user, "
			 "or with --allow-root", path, (unsigned)sb.st_uid);
}

char *
file_join(const char *dir, const char *name)
{
	char *path = malloc(strlen(dir) + strlen(name) + 2);

	if (path != NULL)
		sprintf(path, "%s/%s", dir, name);
	return path;
}
