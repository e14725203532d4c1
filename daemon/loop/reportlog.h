/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Tells in the log of each job on the index that ended, by the report that it
 * leaves. Owns the path.
 */
#ifndef DAEMON_LOOP_REPORTLOG_H
#define DAEMON_LOOP_REPORTLOG_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct reportlog {
	const char *index;    /* borrowed */
	char *path;           /* of the last job's report */
	ino_t inode;          /* of the one seen last, 0 for none */
	int64_t mtime_ns;
};

/* Jobs that ended before are not told. */
enum status reportlog_init(struct reportlog *j, const char *index, struct error *err) MUST_CHECK;
void reportlog_fini(struct reportlog *j);
/* Cheap when nothing changed. */
void reportlog_look(struct reportlog *j);

#endif
