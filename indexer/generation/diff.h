/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The differences between the contents of two generations, by the id and the hash
 * of each article: both lists of ids are walked side by side. Commits may go on in
 * the old generation meanwhile; an article that a commit changes is compared as it
 * was before the commit or after it.
 */
#ifndef INDEXER_GENERATION_DIFF_H
#define INDEXER_GENERATION_DIFF_H

#include <stddef.h>
#include <stdint.h>

#include "engine/store/journal.h"
#include "engine/store/store.h"

/* Takes one difference from the old generation to the new; DOCID is the old document (0 for CHANGE_ADDED). When it
 * returns ST_STALE, the old generation is moved to its newest commit and FN is called again. */
typedef enum status diff_fn(void *arg, enum change_kind kind, const char *id, size_t len, uint32_t docid, struct error *err);

/* Calls FN for each difference, in the order of the ids. OLD has the same format as NEW, and is moved to its newest
 * commit where a commit overtakes the walk. */
enum status diff_walk(struct store *old, struct xap_db *new, diff_fn *fn, void *arg, struct error *err) MUST_CHECK;

#endif
