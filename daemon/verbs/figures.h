/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The figures that STATUS and METRICS tell of the index and of the jobs on it,
 * gathered at one moment. Nothing to free.
 */
#ifndef DAEMON_VERBS_FIGURES_H
#define DAEMON_VERBS_FIGURES_H

#include "daemon/job/job.h"
#include "engine/store/report.h"

struct figures {
	struct job_index state;
	uint64_t resident_bytes;      /* of the daemon, 0 where it cannot be told */
	/* Seconds since then; a date ahead of the clock is 0 s old. */
	bool has_newest, has_commit;
	uint64_t newest_age_s;        /* since the date of the newest article */
	uint64_t commit_age_s;
	/* The last job, and the last that did its work. */
	bool has_last, has_good;
	struct report last, good;
	uint64_t job_age_s, good_age_s;
};

/* Reads the state through S, or (S is NULL) takes the last one that LOAD knows; reads jobs from LOAD's index. */
enum status figures_gather(struct figures *f, const struct job_load *load, struct searcher *s,
			   struct error *err) MUST_CHECK;

#endif
