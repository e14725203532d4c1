/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The report that a command which changes the index leaves at its end, for the
 * daemon and its monitoring (engine/store/jobs.h describes it):
 *
 *	struct jobfile job;
 *
 *	jobfile_begin(&job, index, "update");      when the command line is understood
 *	jobfile_error(&job, "%s:%u: %s", ...);     for each error told on stderr
 *	job.report.added = ...;                    the counts, as far as they are known
 *	return jobfile_end(&job, code, done);      last of all, also after a failure
 *
 * A command that ends by a signal leaves no report, and the age of the last good
 * report goes on growing. Owns nothing; INDEX is borrowed.
 */
#ifndef INDEXER_REPORT_JOBFILE_H
#define INDEXER_REPORT_JOBFILE_H

#include <stdbool.h>

#include "engine/store/jobs.h"

struct jobfile {
	const char *index;
	struct jobs_report report;
};

void jobfile_begin(struct jobfile *f, const char *index, const char *command);
/* Counts an error; the report has the text of the first. */
void jobfile_error(struct jobfile *f, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Writes the report of a command that exits with CODE, syncs it, and returns
 * the code to exit with: CODE, or, where CODE is success and the report cannot be
 * written, the code of that failure, which is told on stderr. DONE: the work was
 * carried through, even if bad articles (exit 65) were passed over. */
int jobfile_end(struct jobfile *f, int code, bool done) MUST_CHECK;
/* For xap_last_words: tells ERR, which happened in FOLDER (the index, or a generation that is being made), writes the
 * report and ends the process. */
_Noreturn void jobfile_last_words(struct jobfile *f, const char *folder, const struct error *err);

#endif
