/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/system/home.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "engine/store/manifest.h"
#include "engine/store/report.h"
#include "engine/store/store.h"
#include "indexer/system/lock.h"
#include "indexer/system/tree.h"

#define ANY_END 6          /* that mkdtemp(3) makes up */
#define DATABASE "iamglass"

/* All files of an index's folder; those of generations are in folders of their own. */
static const char *const files[] = {
	STORE_CURRENT, STORE_CURRENT ".new", STORE_LOCK,
	REPORT_LAST, REPORT_LAST ".new", REPORT_GOOD, REPORT_GOOD ".new", REPORT_LOCK, LOCK_HAND,
};

bool
home_is_temp(const char *name)
{
	return strlen(name) == strlen(HOME_TEMP) && strncmp(name, HOME_TEMP, strlen(HOME_TEMP) - ANY_END) == 0;
}

static bool
is_regular(int dir, const char *name)
{
	struct stat sb;

	return fstatat(dir, name, &sb, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(sb.st_mode);
}

enum status
home_is_generation(const char *index, const char *name, bool *is, struct error *err)
{
	char *path = file_join(index, name);
	struct manifest m;
	struct stat sb;
	int dir = -1;

	*is = false;
	if (path == NULL)
		return error_nomem(err);
	if (lstat(path, &sb) == 0 && S_ISDIR(sb.st_mode)) {
		switch (manifest_read(path, &m, NULL)) {
		case ST_OK:
			*is = true;
			break;
		case ST_NOMEM:
			free(path);
			return error_nomem(err);
		default:
			/* One that lost its manifest is damaged, but ours. */
			dir = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			*is = dir >= 0 && is_regular(dir, DATABASE) && is_regular(dir, STORE_PIN);
		}
	}
	if (dir >= 0)
		close(dir);
	free(path);
	return ST_OK;
}

static bool
is_empty(int index, const char *name)
{
	int fd = openat(index, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	size_t n = 0;

	if (dir == NULL) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	while (n < 3 && readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n < 3;     /* . and .. */
}

/* Whether the entry NAME of INDEX is ours, and no generation. */
static bool
is_ours(int index, const char *name)
{
	struct stat sb;
	uint32_t gen;
	size_t i;

	if (fstatat(index, name, &sb, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;     /* it went meanwhile */
	if (S_ISDIR(sb.st_mode))
		return home_is_temp(name) || (store_gen_parse(name, &gen) && is_empty(index, name));
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(name, files[i]) == 0)
			return S_ISREG(sb.st_mode);
	return false;
}

enum status
home_look(const char *index, struct home *out, struct error *err)
{
	DIR *dir = opendir(index);
	const struct dirent *e;
	enum status st = ST_OK;
	uint32_t gen, newest = 0;
	struct stat sb;

	*out = (struct home){ .kind = HOME_NEW };
	if (dir == NULL)
		return errno == ENOENT ? ST_OK : error_errno(err, errno, "%s", index);
	while (st == ST_OK && (errno = 0, e = readdir(dir)) != NULL) {
		bool ours = false;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (store_gen_parse(e->d_name, &gen))
			st = home_is_generation(index, e->d_name, &ours, err);
		if (ours && gen > newest && fstatat(dirfd(dir), e->d_name, &sb, AT_SYMLINK_NOFOLLOW) == 0) {
			newest = gen;
			out->mode = sb.st_mode & 0777;
		}
		if (st == ST_OK && !ours && !is_ours(dirfd(dir), e->d_name))
			snprintf(out->stranger, sizeof(out->stranger), "%s", e->d_name);
	}
	if (st == ST_OK && errno != 0)
		st = error_errno(err, errno, "%s", index);
	if (newest > 0 && (*out->stranger == '\0' || fstatat(dirfd(dir), STORE_CURRENT, &sb, AT_SYMLINK_NOFOLLOW) == 0))
		out->kind = HOME_INDEX;
	else if (*out->stranger != '\0')
		out->kind = HOME_OTHER;
	closedir(dir);
	return st;
}

enum status
home_enter(const char *index, struct error *err)
{
	struct home home;
	struct stat sb;
	enum status st = home_look(index, &home, err);

	if (st == ST_OK && home.kind == HOME_OTHER)
		return error_set(err, ST_INVALID, "%s: no index, and not empty (\"%s\" is in it): an index is made in a folder "
				 "that is empty or not there yet", index, home.stranger);
	if (st == ST_OK && home.kind == HOME_INDEX)
		umask(~home.mode & 077);
	else if (st == ST_OK && stat(index, &sb) == 0)
		umask(umask(077) | (~sb.st_mode & 077));
	return st == ST_OK ? tree_make(index, err) : st;
}
