/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One id, one article: removes from a finished database the articles that a later
 * article of the same id replaces. Owns nothing.
 */
#ifndef INDEXER_WRITE_REPLACED_H
#define INDEXER_WRITE_REPLACED_H

#include "base/buf.h"
#include "engine/store/manifest.h"
#include "indexer/ids/seen.h"

/* Deletes from the database in DIR all but the last article of each id in SEEN; *COUNT is their number. Their bytes are
 * taken off M's text_bytes and packed_bytes. */
enum status replaced_remove(const char *dir, const struct buf *dict, const struct seen *seen,
			    struct manifest *m, uint64_t *count, struct error *err) MUST_CHECK;
/* Fills in M's articles and newest from the database in DIR. */
enum status replaced_count(const char *dir, struct manifest *m, struct error *err) MUST_CHECK;

#endif
