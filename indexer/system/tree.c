/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/system/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "engine/store/files.h"

static enum status
remove_folder(int at, const char *name, const char *last, struct error *err)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	enum status st = ST_OK;
	struct dirent *e;

	if (dir == NULL) {
		st = errno == ENOENT ? ST_OK : error_errno(err, errno, "%s", name);
		if (fd >= 0)
			close(fd);
		return st;
	}
	while (st == ST_OK && (errno = 0, e = readdir(dir)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
		    (last == NULL || strcmp(e->d_name, last) != 0))
			st = tree_remove_at(fd, e->d_name, NULL, err);
	if (st == ST_OK && errno != 0)
		st = error_errno(err, errno, "%s", name);
	if (st == ST_OK && last != NULL)
		st = tree_remove_at(fd, last, NULL, err);
	if (st == ST_OK && unlinkat(at, name, AT_REMOVEDIR) != 0 && errno != ENOENT)
		st = error_errno(err, errno, "%s", name);
	closedir(dir);
	return st;
}

enum status
tree_remove_at(int at, const char *name, const char *last, struct error *err)
{
	if (unlinkat(at, name, 0) == 0 || errno == ENOENT)
		return ST_OK;
	if (errno != EISDIR && errno != EPERM)
		return error_errno(err, errno, "%s", name);
	return remove_folder(at, name, last, err);
}

enum status
tree_remove(const char *path, const char *last, struct error *err)
{
	struct error why;
	enum status st = tree_remove_at(AT_FDCWD, path, last, &why);

	return st == ST_OK ? ST_OK : error_set(err, st, "%s: not removed: %s", path, why.text);
}

enum status
tree_sync(const char *path, struct error *err)
{
	DIR *dir = opendir(path);
	enum status st = ST_OK;
	struct dirent *e;
	struct stat sb;

	if (dir == NULL)
		return error_errno(err, errno, "%s", path);
	while (st == ST_OK && (errno = 0, e = readdir(dir)) != NULL) {
		char *entry;

		if (fstatat(dirfd(dir), e->d_name, &sb, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(sb.st_mode))
			continue;
		entry = file_join(path, e->d_name);
		st = entry == NULL ? error_nomem(err) : file_sync(entry, err);
		free(entry);
	}
	if (st == ST_OK && errno != 0)
		st = error_errno(err, errno, "%s", path);
	closedir(dir);
	return st == ST_OK ? file_sync(path, err) : st;
}

#define COPY_BYTES (1u << 20)

/* Where the file systems cannot do it by themselves. */
static enum status
copy_through(int from, int to, const char *path, struct error *err)
{
	char *data = malloc(COPY_BYTES);
	enum status st = ST_OK;

	if (data == NULL)
		return error_nomem(err);
	while (st == ST_OK) {
		ssize_t n = read(from, data, COPY_BYTES), done = 0, more;

		if (n == 0)
			break;
		for (; done < n; done += more) {
			more = write(to, data + done, (size_t)(n - done));
			if (more < 0)
				break;
		}
		if (n < 0 || done < n)
			st = error_errno(err, errno, "%s", path);
	}
	free(data);
	return st;
}

/* PATH is that of the copy. */
static enum status
copy_bytes(int from, int to, const char *path, struct error *err)
{
	ssize_t n;

	while ((n = copy_file_range(from, NULL, to, NULL, 1u << 30, 0)) > 0)
		;
	if (n == 0)
		return ST_OK;
	if (errno == EXDEV || errno == ENOSYS || errno == EINVAL || errno == EOPNOTSUPP)
		return copy_through(from, to, path, err);
	return error_errno(err, errno, "%s", path);
}

/* Copies the file NAME of the folder AT, a descriptor, if it is there, to PATH; FROM names the folder in errors. */
static enum status
copy_file(int at, const char *name, const char *from, const char *path, struct error *err)
{
	int in = openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), out = -1;
	enum status st = ST_OK;
	struct stat sb;

	if (in < 0 && errno == ENOENT)
		return ST_OK;
	if (in < 0 && errno != ELOOP && errno != ENXIO)
		return error_errno(err, errno, "%s/%s", from, name);
	if (in < 0 || fstat(in, &sb) != 0 || !S_ISREG(sb.st_mode))
		st = error_set(err, ST_CORRUPT, "%s/%s: not a regular file", from, name);
	if (st == ST_OK)
		out = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (st == ST_OK)
		st = out < 0 ? error_errno(err, errno, "%s", path) : copy_bytes(in, out, path, err);
	if (out >= 0 && close(out) != 0 && st == ST_OK)
		st = error_errno(err, errno, "%s", path);
	if (in >= 0)
		close(in);
	return st;
}

enum status
tree_copy_generation(const char *from, const char *to, struct error *err)
{
	int in = open(from, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	enum status st = in < 0 ? error_errno(err, errno, "%s", from) : ST_OK;
	const char *name;
	size_t i;

	if (st == ST_OK && mkdir(to, 0777) != 0)
		st = error_errno(err, errno, "%s", to);
	for (i = 0; st == ST_OK && (name = files_name(i)) != NULL; i++) {
		char *path = file_join(to, name);

		st = path == NULL ? error_nomem(err) : copy_file(in, name, from, path, err);
		free(path);
	}
	if (in >= 0)
		close(in);
	return st;
}

/* Makes one folder; its name lasts. */
static enum status
make_folder(const char *path, struct error *err)
{
	const char *slash = strrchr(path, '/');
	enum status st;
	char *above;

	if (mkdir(path, 0777) != 0)
		return errno == EEXIST ? ST_OK : error_errno(err, errno, "%s", path);
	above = slash == NULL ? strdup(".") : strndup(path, slash > path ? (size_t)(slash - path) : 1);
	if (above == NULL)
		return error_nomem(err);
	st = file_sync(above, err);
	free(above);
	return st;
}

enum status
tree_make(const char *path, struct error *err)
{
	char *copy = strdup(path), *at;
	enum status st = ST_OK;

	if (copy == NULL)
		return error_nomem(err);
	for (at = copy + 1; st == ST_OK && *copy != '\0'; at++) {
		char c = *at;

		if (c != '/' && c != '\0')
			continue;
		*at = '\0';
		st = make_folder(copy, err);
		*at = c;
		if (c == '\0')
			break;
	}
	free(copy);
	return st;
}
