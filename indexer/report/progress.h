/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The line that shows how far a command is: articles, MB/s, share done. On a
 * terminal only. Holds no memory.
 */
#ifndef INDEXER_REPORT_PROGRESS_H
#define INDEXER_REPORT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/reader.h"
#include "indexer/report/jobfile.h"

struct progress {
	bool on, drawn;
	double begin, last;    /* seconds of a clock that never goes back */
};

/* QUIET: never show anything. */
void progress_init(struct progress *p, bool quiet);
/* Seconds since progress_init. */
double progress_seconds(const struct progress *p);
/* Shows it anew when some time has passed. */
void progress_reading(struct progress *p, const struct reader *r);
/* The same for N articles of ALL that were read, with so many bytes of text. */
void progress_share(struct progress *p, uint64_t n, uint64_t bytes, uint64_t all);
void progress_phase(struct progress *p, const char *what);
/* Tells of an article above the line; one that is bad, in the report of JOB, too (NULL: it is odd only). */
void progress_tell(struct progress *p, const struct reader_bad *bad, struct jobfile *job);
/* Takes the line away, so that other lines can be written. */
void progress_clear(struct progress *p);

#endif
