/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * INDEX/LOCK: a writer holds it for one commit or one switch at a time, so that
 * several writers can be at work. The caller owns the descriptor; to close it is to
 * unlock.
 *
 * Whoever can open a file can lock it. So files that are locked are open to their
 * owner and his group alone, however open the index is.
 */
#ifndef INDEXER_SYSTEM_LOCK_H
#define INDEXER_SYSTEM_LOCK_H

#include "base/error.h"

/* How long a writer that is at work waits: a well-behaved process holds the lock for moments only. */
#define LOCK_PATIENCE_MS 60000

/* Locks INDEX; tries for WAIT_MS (0: once). ST_LOCKED when another process held it all the while. */
enum status lock_index(const char *index, unsigned wait_ms, int *fd, struct error *err) MUST_CHECK;
/* As lock_index, for a caller that does not write, and perhaps may not. *FD is -1 where the file LOCK does not exist
 * and the caller may not make it. */
enum status lock_index_to_read(const char *index, unsigned wait_ms, int *fd, struct error *err) MUST_CHECK;

/* Locks the file INDEX/LOCK_HAND, which tells the large article that an update has in hand. */
#define LOCK_HAND "hand"
enum status lock_hand(const char *index, unsigned wait_ms, int *fd, struct error *err) MUST_CHECK;
/* Locks INDEX/job.lock, which is held while the reports of a command are written. */
enum status lock_report(const char *index, unsigned wait_ms, int *fd, struct error *err) MUST_CHECK;
/* Takes from all but the owner and his group the right to open the file FD, which is to be locked. */
void lock_close_to_others(int fd);

#endif
