/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/report/reportfile.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "indexer/report/exit.h"
#include "indexer/system/home.h"
#include "indexer/system/lock.h"

/* What libxapian wants to write next may be that large. */
#define DISK_FULL_BYTES (1024 * 1024)
#define TURN_MS 10000

void
reportfile_begin(struct reportfile *f, const char *index, const char *command)
{
	memset(f, 0, sizeof(*f));
	f->index = index;
	f->report.started = time(NULL);
	snprintf(f->report.command, sizeof(f->report.command), "%s", command);
}

void
reportfile_error(struct reportfile *f, const char *fmt, ...)
{
	va_list ap;

	if (f->report.errors++ > 0)
		return;
	va_start(ap, fmt);
	vsnprintf(f->report.first_error, sizeof(f->report.first_error), fmt, ap);
	va_end(ap);
}

static enum status
write_one(const struct reportfile *f, const char *name, const struct buf *json, struct error *err)
{
	char *path = file_join(f->index, name);
	enum status st;

	if (path == NULL)
		return error_nomem(err);
	st = file_replace(path, json->data, json->len, err);
	/* What alarms look at is not to stay good because the disk is full. */
	if (st == ST_NOSPACE)
		st = file_overwrite(path, json->data, json->len, err);
	free(path);
	return st;
}

static enum status
write_report(struct reportfile *f, bool done, struct error *err)
{
	struct buf json = BUF_INIT;
	int fd = -1;
	/* Commands may end at the same moment, and share the temporary names: they take turns, whatever is going on in
	 * the index. */
	enum status st = lock_report(f->index, TURN_MS, &fd, err);

	f->report.ended = time(NULL);
	if (st == ST_OK)
		st = report_json(&f->report, &json, err);
	/* job-good.json first: a reader that notices a new job.json finds both new. */
	if (st == ST_OK && done)
		st = write_one(f, REPORT_GOOD, &json, err);
	if (st == ST_OK)
		st = write_one(f, REPORT_LAST, &json, err);
	if (st == ST_OK)
		st = file_sync(f->index, err);
	if (fd >= 0)
		close(fd);
	buf_fini(&json);
	return st;
}

/* Only a snapshot can succeed without the right to write to the index: it is made, and reported nowhere. */
static bool
only_read(const char *index)
{
	return access(index, W_OK) != 0 && (errno == EACCES || errno == EROFS);
}

int
reportfile_end(struct reportfile *f, int code, bool done)
{
	struct error err;
	struct home home;
	enum status st;

	f->report.exit = code;
	if (home_look(f->index, &home, NULL) == ST_OK && home.kind == HOME_OTHER)
		return code;
	/* The command may have written to a snapshot, which is as open as it is. */
	if (home.kind == HOME_INDEX)
		umask(~home.mode & 077);
	st = write_report(f, done, &err);
	/* A command that failed has told why, and its report cannot be written for the same reason. */
	if (st == ST_OK || !done || only_read(f->index))
		return code;
	exit_fail(&err);
	return code == EX_OK ? exit_code(st) : code;
}

static bool
disk_full(const char *path)
{
	struct statvfs v;

	return statvfs(path, &v) == 0 && (uint64_t)v.f_bavail * v.f_frsize < DISK_FULL_BYTES;
}

/* libxapian dies in a commit that the disk has no room for, and does not
 * always say so. */
void
reportfile_last_words(struct reportfile *f, const char *folder, const struct error *err)
{
	enum status status = err->status;
	const char *why;

	if (status == ST_INTERNAL && disk_full(folder))
		status = ST_NOSPACE;
	why = status == err->status ? err->text : strerror(ENOSPC);
	log_line(LOG_LEVEL_NOTICE, "%s: %s", folder, why);
	reportfile_error(f, "%s", why);
	_exit(reportfile_end(f, exit_code(status), false));
}
