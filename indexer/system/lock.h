/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * INDEX/LOCK: held by a writer for one commit or one switch at a time, so that
 * several can be at work. Owns the descriptor that it hands out; closing it
 * lets go.
 */
#ifndef INDEXER_SYSTEM_LOCK_H
#define INDEXER_SYSTEM_LOCK_H

#include "base/status.h"

/* For a writer that is at work: who behaves holds it for moments only. */
#define LOCK_PATIENCE_MS 60000

/* Locks INDEX, trying for WAIT_MS (0: once). ST_LOCKED when another held it all the while. */
enum status lock_index(const char *index, unsigned wait_ms, int *fd, struct error *err) MUST_CHECK;
/* The same for who writes nothing and perhaps may not. *FD is -1 where there never was a writer nor may he make the lock. */
enum status lock_index_to_read(const char *index, unsigned wait_ms, int *fd, struct error *err) MUST_CHECK;

#endif
