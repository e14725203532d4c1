/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/system/home.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/store/manifest.h"
#include "engine/store/report.h"
#include "engine/store/store.h"
#include "indexer/system/tree.h"

#define ANY_END 6          /* that mkdtemp(3) makes up */
#define DATABASE "iamglass"

/* All files of an index's folder; those of generations are in folders of their own. */
static const char *const files[] = {
	STORE_CURRENT, STORE_CURRENT ".new", STORE_LOCK,
	REPORT_LAST, REPORT_LAST ".new", REPORT_GOOD, REPORT_GOOD ".new", REPORT_LOCK,
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

/* The database counts, too: a generation that lost its manifest is damaged, but ours. */
bool
home_is_generation(int index, const char *name)
{
	char manifest[NAME_MAX + sizeof("/" MANIFEST_NAME)], database[NAME_MAX + sizeof("/" DATABASE)];
	struct stat sb;

	if (fstatat(index, name, &sb, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(sb.st_mode))
		return false;
	snprintf(manifest, sizeof(manifest), "%s/" MANIFEST_NAME, name);
	snprintf(database, sizeof(database), "%s/" DATABASE, name);
	return is_regular(index, manifest) || is_regular(index, database);
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
	while (errno = 0, (e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (store_gen_parse(e->d_name, &gen) && home_is_generation(dirfd(dir), e->d_name)) {
			if (gen > newest && fstatat(dirfd(dir), e->d_name, &sb, AT_SYMLINK_NOFOLLOW) == 0) {
				newest = gen;
				out->mode = sb.st_mode & 0777;
			}
		} else if (!is_ours(dirfd(dir), e->d_name)) {
			snprintf(out->stranger, sizeof(out->stranger), "%s", e->d_name);
		}
	}
	if (errno != 0)
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
