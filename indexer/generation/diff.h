/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What differs between the contents of two generations, by id and by the hash
 * of each article: both lists of ids are walked side by side. The old one may
 * be committed to meanwhile; what a commit changes is seen as it was before
 * or after it.
 */
#ifndef INDEXER_GENERATION_DIFF_H
#define INDEXER_GENERATION_DIFF_H

#include <stddef.h>
#include <stdint.h>

#include "engine/store/journal.h"
#include "engine/store/store.h"

/* One difference, from the old to the new; DOCID is that of the old (0 for CHANGE_ADDED). ST_STALE has
 * it called again once the old is at its newest commit. */
typedef enum status diff_fn(void *arg, enum change_kind kind, const char *id, size_t len, uint32_t docid, struct error *err);

/* Calls FN for each, in the order of the ids. OLD, of the same format, is moved to its newest commit where it
 * has to be. */
enum status diff_walk(struct store *old, struct xap_db *new, diff_fn *fn, void *arg, struct error *err) MUST_CHECK;

#endif
