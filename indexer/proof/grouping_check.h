/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether the groups of near-duplicates agree with one another and with the articles
 * that there are. Owns nothing.
 */
#ifndef INDEXER_PROOF_GROUPING_CHECK_H
#define INDEXER_PROOF_GROUPING_CHECK_H

#include "engine/xapian/xap.h"
#include "indexer/proof/faults.h"

void grouping_check(struct xap_db *db, struct faults *faults);

#endif
