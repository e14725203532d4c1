/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From a request to its whole reply: runs the verb, tries again when the index
 * changed below it, and turns a status into the protocol's end line (the only
 * place that does). Fills in the job's answer, which the job owns.
 */
#ifndef DAEMON_VERBS_ANSWER_H
#define DAEMON_VERBS_ANSWER_H

#include "daemon/job/job.h"

/* Runs the job's verb. S is the calling worker's, or NULL in the loop. Never
 * fails: an error is the reply (and, where it is ours, in the log). */
void answer_run(struct job *job, struct searcher *s, const struct xap_deadline *deadline);

/* An error as the whole reply; COL is taken from ERR. */
void answer_error(struct job *job, int code, const struct error *err);

/* A code for everything that can go wrong within a verb. */
int answer_code(enum status status);

#endif
