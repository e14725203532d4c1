/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether the groups of copies agree with one another and with the articles
 * that there are. Owns nothing.
 */
#ifndef INDEXER_GROUPING_CHECK_H
#define INDEXER_GROUPING_CHECK_H

#include "engine/xap.h"
#include "indexer/faults.h"

void grouping_check(struct xap_db *db, struct faults *faults);

#endif
