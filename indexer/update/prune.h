/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Removes the articles that the paths of an update once held and no longer hold.
 * Owns nothing.
 */
#ifndef INDEXER_UPDATE_PRUNE_H
#define INDEXER_UPDATE_PRUNE_H

#include <stdint.h>

#include "indexer/ids/origins.h"
#include "indexer/ids/seen.h"
#include "indexer/update/session.h"

/* Removes the articles whose id is not in CAME and whose origin lies under UNDER, but not under CUT: CUT has the files
 * and folders that could not be read to their end; "" in it stands for all. *REMOVED counts committed removals. */
enum status prune_run(struct session *s, const struct origins_under *under, const struct origins_under *cut,
		      const struct seen *came, uint64_t *removed, struct error *err) MUST_CHECK;

#endif
