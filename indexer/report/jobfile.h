/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The report that a command which changes the index leaves at its end, for the
 * daemon and those who watch it (engine/store/jobs.h says what is in it):
 *
 *	struct jobfile job;
 *
 *	jobfile_begin(&job, index, "update");      when the command line is understood
 *	jobfile_error(&job, "%s:%u: %s", ...);     for each error told on stderr
 *	job.report.added = ...;                    the counts, as far as they are known
 *	return jobfile_end(&job, code, done);      last of all, also after a failure
 *
 * A job that ends by a signal leaves none, and the age of the last good one
 * goes on growing. Owns nothing; INDEX is borrowed.
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
/* Counts an error; the text of the first is kept. */
void jobfile_error(struct jobfile *f, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Writes the report of a command that exits with CODE, syncs it, and returns
 * the code to exit with: CODE, but where all was well and the report could not
 * be written, that of this failure, which is told. DONE: the work was carried
 * through, even if bad articles (exit 65) were passed over. */
int jobfile_end(struct jobfile *f, int code, bool done) MUST_CHECK;
/* For xap_last_words: tells ERR, which befell the folder of F's index or of what is being made, writes the report and
 * ends the process. */
_Noreturn void jobfile_last_words(struct jobfile *f, const char *folder, const struct error *err);

#endif
