/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the commands that change an index leave behind for those who look after
 * it: INDEX/job.json tells of the last that ended, INDEX/job-good.json of the
 * last that did its work. This is the form and the reading side; the indexer
 * writes them. Strings are held in place; nothing to free.
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

/* Appends it as one JSON object. */
enum status jobs_json(const struct jobs_report *j, struct buf *out, struct error *err) MUST_CHECK;
/* Reads INDEX/NAME, one of the two names above. ST_NOTFOUND before the first
 * job, ST_CORRUPT for what cannot be read. */
enum status jobs_read(const char *index, const char *name, struct jobs_report *out, struct error *err) MUST_CHECK;

#endif
