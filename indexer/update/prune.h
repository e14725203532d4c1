/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Takes out of the index what the paths once held and no longer do. Owns
 * nothing.
 */
#ifndef INDEXER_UPDATE_PRUNE_H
#define INDEXER_UPDATE_PRUNE_H

#include <stdint.h>

#include "indexer/ids/origins.h"
#include "indexer/ids/seen.h"
#include "indexer/update/session.h"

/* Removes the articles whose origin lies under UNDER, but not under CUT (the files and folders that could not be read to
 * their end; one that has no name, "", stands for all), and whose id is not in CAME. *REMOVED
 * counts those whose removal is committed. */
enum status prune_run(struct session *s, const struct origins_under *under, const struct origins_under *cut,
		      const struct seen *came, uint64_t *removed, struct error *err) MUST_CHECK;

#endif
