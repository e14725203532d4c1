/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Copies the generation in use file by file. INDEX/LOCK is held meanwhile, so that
 * all files are of one commit. Owns nothing.
 */
#ifndef INDEXER_GENERATION_COPY_H
#define INDEXER_GENERATION_COPY_H

#include "engine/store/manifest.h"
#include "indexer/ids/origins.h"

/* Copies the generation in use into the new folder TO; M is its state. Waits WAIT_MS for the lock, which a
 * user who may only read the index can hold as well. Syncs nothing. */
enum status copy_current(const char *index, char *to, unsigned wait_ms, struct manifest *m, struct error *err) MUST_CHECK;

/* Reads the dictionary and the origins of the copy in DIR, which a writer to it needs. */
enum status copy_open(const char *dir, struct buf *dict, struct origins *origins, struct error *err) MUST_CHECK;

#endif
