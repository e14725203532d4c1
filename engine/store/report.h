/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The reports that commands which change an index leave behind for its
 * administrator: INDEX/job.json tells of the last command that ended,
 * INDEX/job-good.json of the last command that succeeded. This is the form and the
 * reading side; the indexer writes the files. Strings are held in place; nothing to
 * free.
 */
#ifndef ENGINE_STORE_REPORT_H
#define ENGINE_STORE_REPORT_H

#include <stdint.h>
#include <time.h>

#include "base/buf.h"

#define REPORT_LAST "job.json"
#define REPORT_GOOD "job-good.json"
#define REPORT_LOCK "job.lock"     /* who writes the two holds it */

struct report {
	char command[32];              /* "update" */
	time_t started, ended;
	int exit;                      /* exit code of the command */
	uint64_t added, replaced, unchanged, removed, skipped;   /* articles */
	uint64_t errors;               /* told on standard error */
	char first_error[240];         /* UTF-8, one line; "" when there was none */
};

/* Appends J as one JSON object. */
enum status report_json(const struct report *j, struct buf *out, struct error *err) MUST_CHECK;
/* Reads INDEX/NAME; NAME is REPORT_LAST or REPORT_GOOD. ST_NOTFOUND before the first report, ST_CORRUPT where the file
 * holds no report. */
enum status report_read(const char *index, const char *name, struct report *out, struct error *err) MUST_CHECK;

#endif
