/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "engine/store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/store/store.h"
#include "engine/store/sums.h"

/* libxapian writes it in a commit, and renames it to iamglass: it is there where a commit was cut short. */
#define COMMITTING "v.tmp"

static const char *const names[] = {
	STORE_DICTIONARY, MANIFEST_NAME, STORE_PIN, SUMS_NAME,
	/* libxapian's */
	"iamglass", "flintlock", "docdata.glass", "position.glass", "postlist.glass", "spelling.glass",
	"synonym.glass", "termlist.glass",
};

const char *
files_name(size_t i)
{
	return i < sizeof(names) / sizeof(names[0]) ? names[i] : NULL;
}

bool
files_known(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static enum status
check_file(int fd, const char *dir, const char *name, struct error *err)
{
	struct stat sb;

	return fstatat(fd, name, &sb, AT_SYMLINK_NOFOLLOW) != 0 || S_ISREG(sb.st_mode) ? ST_OK :
		error_set(err, ST_CORRUPT, "%s/%s: not a regular file", dir, name);
}

enum status
files_check(const char *dir, struct error *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	enum status st;
	size_t i;

	if (fd < 0)
		return errno == ENOTDIR || errno == ELOOP ? error_set(err, ST_CORRUPT, "%s: not a folder", dir) :
			error_errno(err, errno, "%s", dir);
	st = check_file(fd, dir, COMMITTING, err);
	for (i = 0; i < sizeof(names) / sizeof(names[0]) && st == ST_OK; i++)
		st = check_file(fd, dir, names[i], err);
	close(fd);
	return st;
}
