/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The proof of a whole index: every article is read, hashed and analysed
 * again, and the results are compared with everything that the database holds:
 * lists of terms, posting lists, positions, lengths, values and its own figures.
 * One thread for each processor.
 */
#ifndef INDEXER_PROOF_DEEP_H
#define INDEXER_PROOF_DEEP_H

#include "engine/store/store.h"
#include "indexer/proof/faults.h"

/* Proves the generation that S has open, CURRENT of INDEX, at S's revision. Adds each fault to FAULTS.
 * ST_STALE when a commit or a switch came, and the rest was not read. */
enum status deep_check(const char *index, struct store *s, struct faults *faults, struct error *err) MUST_CHECK;

#endif
