/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The progress line of a command: articles, MB/s, share done. On a terminal only.
 * Holds no memory.
 */
#ifndef INDEXER_REPORT_PROGRESS_H
#define INDEXER_REPORT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/reader.h"
#include "indexer/report/reportfile.h"

struct progress {
	bool on, drawn;
	double begin, last;    /* seconds of a clock that never goes back */
};

/* QUIET: never show anything. */
void progress_init(struct progress *p, bool quiet);
/* Seconds since progress_init. */
double progress_seconds(const struct progress *p);
/* Draws the line anew, when some time has passed, for a command that reads R. */
void progress_reading(struct progress *p, const struct reader *r);
/* Draws the line anew, when some time has passed, for N of ALL articles with BYTES of text. */
void progress_share(struct progress *p, uint64_t n, uint64_t bytes, uint64_t all);
void progress_phase(struct progress *p, const char *what);
/* Tells of an article above the line; a bad article is told in REPORTFILE's report, too (REPORTFILE NULL: it is only odd). */
void progress_tell(struct progress *p, const struct reader_bad *bad, struct reportfile *reportfile);
/* Removes the line, so that other lines can be written. */
void progress_clear(struct progress *p);

#endif
