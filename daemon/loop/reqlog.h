/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The request log, one line a request, on demand. A struct reqlog owns its
 * file; the name is borrowed.
 */
#ifndef DAEMON_LOOP_REQLOG_H
#define DAEMON_LOOP_REQLOG_H

#include "daemon/job/job.h"

struct reqlog;

/* Opens FILE to append to; "-" is standard error. */
enum status reqlog_new(struct reqlog **out, const char *file, struct error *err) MUST_CHECK;
void reqlog_free(struct reqlog *l);
/* For rotation: goes on in a new file of the same name. Keeps the old one when that fails. */
void reqlog_reopen(struct reqlog *l);
/* "TIME CONNECTION REQUEST VERB CODE rows=N us=N bytes=N peer=PEER watch=NAME ASKED": the watch that the request has set
 * up, if any, and all behind its verb. */
void reqlog_write(struct reqlog *l, const struct job *job, const char *peer);

#endif
