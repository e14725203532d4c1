/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/loop/reportlog.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "engine/store/report.h"

/* Whether there is another report than before. */
static bool
report_changed(struct reportlog *j)
{
	struct stat sb;
	int64_t mtime_ns;

	if (stat(j->path, &sb) != 0)
		return false;
	mtime_ns = (int64_t)sb.st_mtim.tv_sec * 1000000000 + sb.st_mtim.tv_nsec;
	if (sb.st_ino == j->inode && mtime_ns == j->mtime_ns)
		return false;
	j->inode = sb.st_ino;
	j->mtime_ns = mtime_ns;
	return true;
}

enum status
reportlog_init(struct reportlog *j, const char *index, struct error *err)
{
	j->index = index;
	j->inode = 0;
	j->mtime_ns = 0;
	j->path = file_join(index, REPORT_LAST);
	if (j->path == NULL)
		return error_nomem(err);
	(void)report_changed(j);
	return ST_OK;
}

void
reportlog_fini(struct reportlog *j)
{
	free(j->path);
	j->path = NULL;
}

void
reportlog_look(struct reportlog *j)
{
	struct report r;
	struct error err;
	char errors[300] = "";
	enum status status;

	if (!report_changed(j))
		return;
	status = report_read(j->index, REPORT_LAST, &r, &err);
	if (status == ST_NOTFOUND)
		return;
	if (status != ST_OK) {
		log_line(LOG_LEVEL_WARN, "%s", err.text);
		return;
	}
	if (r.errors > 0)
		snprintf(errors, sizeof(errors), ", %" PRIu64 " errors, the first: %s", r.errors, r.first_error);
	log_line(LOG_LEVEL_NOTICE, "job %s ended: exit %d, %" PRIu64 " added, %" PRIu64 " replaced, %" PRIu64
		 " unchanged, %" PRIu64 " removed, %" PRIu64 " skipped%s", r.command, r.exit, r.added, r.replaced,
		 r.unchanged, r.removed, r.skipped, errors);
}
