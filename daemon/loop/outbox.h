/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The replies that wait for a peer to read them. A large one does not wait in
 * memory but in a file without a name, in TMPDIR or /var/tmp. Owns both.
 */
#ifndef DAEMON_LOOP_OUTBOX_H
#define DAEMON_LOOP_OUTBOX_H

#include <sys/types.h>

#include "base/buf.h"

struct outbox {
	struct buf text;     /* follows the file's */
	size_t sent;         /* bytes of the text */
	int file;            /* -1: none */
	off_t at, end;       /* the bytes of the file that wait */
};

void outbox_init(struct outbox *o);
void outbox_fini(struct outbox *o);
/* Appends MORE, and leaves a buffer to be freed. */
void outbox_add_take(struct outbox *o, struct buf *more);
/* Bytes that wait. */
size_t outbox_waiting(const struct outbox *o);
/* Whether a part of a reply is lacking, for want of memory. */
bool outbox_failed(const struct outbox *o);
/* Sends as much as socket FD takes; *MOVED when that was anything. False: the connection is gone. */
bool outbox_send(struct outbox *o, int fd, bool *moved);

#endif
