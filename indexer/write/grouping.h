/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Makes the groups of copies (engine/store/copies.h) while articles are written. The
 * candidates for an article are those that have hashes of its sketch, which are
 * terms, in common with it: two that few articles have, or else most of all.
 * Their texts are compared. An article that is a copy of members of
 * several groups joins the one with which it shares most; groups are not joined
 * until the articles are written anew.
 *
 * Borrows the database; owns its work memory.
 */
#ifndef INDEXER_WRITE_GROUPING_H
#define INDEXER_WRITE_GROUPING_H

#include "base/zstream.h"
#include "engine/xapian/xap.h"

struct grouping;

/* DB with VIEW, its reading view, and TEXTS for its dictionary. */
enum status grouping_new(struct grouping **out, struct xap_wdb *db, struct xap_db *view, struct zstream_unpacker *texts,
			 struct error *err) MUST_CHECK;
void grouping_free(struct grouping *g);
/* DOCID, which was just written, joins the group that it belongs to, if any. */
enum status grouping_join(struct grouping *g, uint32_t docid, struct error *err) MUST_CHECK;
/* DOCID, which is about to be replaced or deleted, leaves its group. */
enum status grouping_leave(struct grouping *g, uint32_t docid, struct error *err) MUST_CHECK;
/* Groups all articles of a database that has no groups yet, in the order of their numbers, and commits. */
enum status grouping_all(const char *dir, const struct buf *dict, struct error *err) MUST_CHECK;

#endif
