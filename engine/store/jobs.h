/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The reports that commands which change an index leave behind for its
 * administrator: INDEX/job.json tells of the last command that ended,
 * INDEX/job-good.json of the last command that succeeded. This is the form and the
 * reading side; the indexer writes the files. Strings are held in place; nothing to
 * free.
 */
#ifndef ENGINE_STORE_JOBS_H
#define ENGINE_STORE_JOBS_H

#include <stdint.h>
#include <time.h>

#include "base/buf.h"

#define JOBS_LAST "job.json"
#define JOBS_GOOD "job-good.json"

struct jobs_report {
	char command[32];              /* "update" */
	time_t started, ended;
	int exit;                      /* exit code of the command */
	uint64_t added, replaced, unchanged, removed, skipped;   /* articles */
	uint64_t errors;               /* told on standard error */
	char first_error[240];         /* UTF-8, one line; "" when there was none */
};

/* Appends J as one JSON object. */
enum status jobs_json(const struct jobs_report *j, struct buf *out, struct error *err) MUST_CHECK;
/* Reads INDEX/NAME; NAME is JOBS_LAST or JOBS_GOOD. ST_NOTFOUND before the first report, ST_CORRUPT where the file
 * holds no report. */
enum status jobs_read(const char *index, const char *name, struct jobs_report *out, struct error *err) MUST_CHECK;

#endif
