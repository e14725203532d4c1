/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The functions of the protocol's verbs: verb_NAME of verb_NAME.c for each row
 * of PROTOCOL_VERBS, and the parts that several of them share. Owns nothing.
 */
#ifndef DAEMON_VERBS_VERBS_H
#define DAEMON_VERBS_VERBS_H

#include "base/protocol.h"
#include "base/wire.h"
#include "daemon/job/job.h"
#include "daemon/job/rows.h"
#include "engine/search/search.h"

/* Each answers a request: rows and, when all is well, the end line into ROWS;
 * otherwise ROWS are dropped and ERR is told. S is NULL for a verb
 * that asks nothing of the index. A verb without its function does not link, a
 * function without its row does not compile. */
#define VERB(id, function, ...) \
	enum status verb_##function(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;
PROTOCOL_VERBS(VERB)
#undef VERB

/* Runs the verb of JOB's request. */
enum status verbs_run(struct job *job, struct searcher *s, struct rows *rows, struct error *err) MUST_CHECK;

/* The figures that say which state of the index answered: gen= and rev=. */
void verbs_put_state(struct rows *rows, const struct manifest *m);
/* C and W rows. */
void verbs_put_notes(struct job *job, struct rows *rows, const struct search_note *notes, size_t n);
/* The figures of a query's hits, and the end of the reply. */
void verbs_put_end(struct job *job, struct searcher *s, struct rows *rows, uint64_t total, bool exact);
/* For a client that asks for one page after another: each must be of the state that the first was of. ST_GONE. */
enum status verbs_check_revision(const struct request *req, const struct searcher *s, struct error *err) MUST_CHECK;

#endif
