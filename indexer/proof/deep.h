/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The proof of a whole index: every article is read, hashed and analysed
 * again, and what that gives is compared with all that the database holds:
 * lists of terms, posting lists, positions, lengths, values and the figures
 * that it keeps of itself. One thread for each processor.
 */
#ifndef INDEXER_PROOF_DEEP_H
#define INDEXER_PROOF_DEEP_H

#include "engine/store/store.h"
#include "indexer/proof/faults.h"

/* Proves the generation that S has open, CURRENT of INDEX, at S's revision. What is wrong goes to FAULTS;
 * ST_STALE when a commit or a switch came that leaves the rest unread. */
enum status deep_check(const char *index, struct store *s, struct faults *faults, struct error *err) MUST_CHECK;

#endif
