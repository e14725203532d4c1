/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/tree.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* Calls FN for each entry of PATH but . and .. */
static enum status
each(const char *path, enum status (*fn)(const char *entry, void *arg, struct error *err),
     void *arg, struct error *err)
{
	DIR *dir = opendir(path);
	enum status st = ST_OK;
	struct dirent *e;

	if (dir == NULL)
		return error_errno(err, errno, "%s", path);
	while (st == ST_OK && (errno = 0, e = readdir(dir)) != NULL) {
		char *entry;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		entry = file_join(path, e->d_name);
		st = entry == NULL ? error_set(err, ST_NOMEM, "no memory to read %s", path) : fn(entry, arg, err);
		free(entry);
	}
	if (st == ST_OK && errno != 0)
		st = error_errno(err, errno, "%s", path);
	closedir(dir);
	return st;
}

static enum status
remove_entry(const char *entry, void *arg, struct error *err)
{
	(void)arg;
	return tree_remove(entry, err);
}

enum status
tree_remove(const char *path, struct error *err)
{
	enum status st;

	if (unlink(path) == 0 || errno == ENOENT)
		return ST_OK;
	if (errno != EISDIR && errno != EPERM)
		return error_errno(err, errno, "%s", path);
	st = each(path, remove_entry, NULL, err);
	if (st == ST_NOTFOUND)
		return ST_OK;
	if (st == ST_OK && rmdir(path) != 0 && errno != ENOENT)
		st = error_errno(err, errno, "%s", path);
	return st;
}

static enum status
sync_entry(const char *entry, void *arg, struct error *err)
{
	(void)arg;
	return file_sync(entry, err);
}

enum status
tree_sync(const char *path, struct error *err)
{
	enum status st = each(path, sync_entry, NULL, err);

	return st == ST_OK ? file_sync(path, err) : st;
}

static enum status
count_entry(const char *entry, void *arg, struct error *err)
{
	uint64_t *bytes = arg;
	struct stat sb;

	if (lstat(entry, &sb) != 0)
		return error_errno(err, errno, "%s", entry);
	if (S_ISREG(sb.st_mode))
		*bytes += (uint64_t)sb.st_size;
	return ST_OK;
}

enum status
tree_bytes(const char *path, uint64_t *bytes, struct error *err)
{
	*bytes = 0;
	return each(path, count_entry, bytes, err);
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
		return error_set(err, ST_NOMEM, "no memory to make %s", path);
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
		return error_set(err, ST_NOMEM, "no memory to make %s", path);
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
