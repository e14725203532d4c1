/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The segments of a build (small databases) on disk: their paths, and how several
 * are merged into one. merge.h decides which, shards.h when. Owns nothing; a caller
 * owns each path that it is given.
 */
#ifndef INDEXER_BUILD_SEGMENTS_H
#define INDEXER_BUILD_SEGMENTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "engine/xapian/xap.h"

/* Adds the path of the segment NAME in the folder DIR to OUT. */
void segments_path(const char *dir, uint32_t name, struct buf *out);
/* Merges the segments NAME[0..N) of DIR, in this order, into the new database DEST, and removes them. */
enum status segments_merge(const char *dir, const uint32_t *name, size_t n, const char *dest, enum xap_compact level,
			   struct error *err) MUST_CHECK;
/* Makes DEST, a database without documents, for a build without articles. */
enum status segments_none(const char *dest, struct error *err) MUST_CHECK;
/* Puts PATH before ERR's text; returns ST. */
enum status segments_about(const char *path, enum status st, struct error *err) MUST_CHECK;

#endif
