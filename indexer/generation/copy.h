/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The generation in use, copied file by file while INDEX/LOCK is held, so that
 * the copy is of one commit. Owns nothing.
 */
#ifndef INDEXER_GENERATION_COPY_H
#define INDEXER_GENERATION_COPY_H

#include "engine/store/manifest.h"
#include "indexer/ids/origins.h"

/* Copies it into the new folder TO; M is its state. Waits WAIT_MS for the lock, which one who
 * may only read the index can hold as well. Nothing is synced. */
enum status copy_current(const char *index, char *to, unsigned wait_ms, struct manifest *m, struct error *err) MUST_CHECK;

/* What is needed to write to such a copy in DIR, beside its state. */
enum status copy_open(const char *dir, struct buf *dict, struct origins *origins, struct error *err) MUST_CHECK;

#endif
