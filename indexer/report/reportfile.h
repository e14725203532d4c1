/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The report that a command which changes the index leaves at its end, for the
 * daemon and its monitoring (engine/store/report.h describes it):
 *
 *	struct reportfile f;
 *
 *	reportfile_begin(&f, index, "update");      when the command line is understood
 *	reportfile_error(&f, "%s:%u: %s", ...);     for each error told on stderr
 *	f.report.added = ...;                       the counts, as far as they are known
 *	return reportfile_end(&f, code, done);      last of all, also after a failure
 *
 * A command that ends by a signal leaves no report, and the age of the last good
 * report goes on growing. Nor does a command leave one in a folder that is no index. Owns nothing; INDEX is borrowed.
 */
#ifndef INDEXER_REPORT_REPORTFILE_H
#define INDEXER_REPORT_REPORTFILE_H

#include <stdbool.h>

#include "engine/store/report.h"

struct reportfile {
	const char *index;
	struct report report;
};

void reportfile_begin(struct reportfile *f, const char *index, const char *command);
/* Counts an error; the report has the text of the first. */
void reportfile_error(struct reportfile *f, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Writes the report of a command that exits with CODE, syncs it, and returns
 * the code to exit with: CODE, or, where CODE is success and the report cannot be
 * written, the code of that failure, which is told on stderr. DONE: the work was
 * carried through, even if bad articles (exit 65) were passed over. */
int reportfile_end(struct reportfile *f, int code, bool done) MUST_CHECK;
/* For xap_last_words: tells ERR, which happened in FOLDER (the index, or a generation that is being made), writes the
 * report and ends the process. */
_Noreturn void reportfile_last_words(struct reportfile *f, const char *folder, const struct error *err);

#endif
