/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The verbs of the protocol: one constant table of their names, options and
 * functions. Owns nothing.
 */
#ifndef DAEMON_VERBS_H
#define DAEMON_VERBS_H

#include "base/wire.h"
#include "daemon/job.h"
#include "daemon/rows.h"
#include "engine/search.h"

struct verb {
	const char *name;
	const char *usage;
	unsigned options;      /* OPTION_ bits, without format, which all know */
	bool worker;           /* needs the index: runs in a worker; else in the loop */
	bool load;             /* tells of the daemon's state: job->load is filled in */
	enum wire_code code;   /* of its end line when all is well */
	/* Answers the request: rows and, when all is well, the end line into
	 * ROWS; otherwise what was written is dropped and ERR is told. S is
	 * NULL for a verb that runs in the loop. */
	enum status (*run)(struct job *job, struct searcher *s, struct rows *rows, struct error *err);
};

/* NULL when there is none of that name, in whatever case. */
const struct verb *verb_find(const char *name, size_t len);
/* The figures that say which state of the index answered: gen= and rev=. */
void verb_put_state(struct rows *rows, const struct searcher *s);
/* The Nth verb, NULL past the end; and the reverse. */
const struct verb *verb_at(size_t n);
size_t verb_number(const struct verb *v);

/* verb_search.c */
/* C and W rows. */
void verb_put_notes(struct job *job, struct rows *rows, const struct search_note *notes, size_t n);
/* The figures of what a query finds, and the end of the reply. */
void verb_put_end(struct job *job, struct searcher *s, struct rows *rows, uint64_t total, bool exact);
/* For who asks for one page after another: each must be of the state that the first was of. ST_GONE. */
enum status verb_check_revision(const struct request *req, const struct searcher *s, struct error *err) MUST_CHECK;
enum status verb_search(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
enum status verb_count(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
/* verb_versions.c */
enum status verb_versions(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
/* verb_quotes.c */
enum status verb_quotes(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
/* verb_read.c */
enum status verb_get(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
enum status verb_suggest(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
enum status verb_explain(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
/* verb_watch.c */
enum status verb_watch(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
enum status verb_unwatch(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
/* verb_info.c */
enum status verb_status(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
/* verb_metrics.c */
enum status verb_metrics(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
enum status verb_help(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
enum status verb_plain(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;

#endif
