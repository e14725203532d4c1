/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Makes the groups of near-duplicates (engine/store/neardup.h) while articles are
 * written. The hashes of an article's sketch are terms; candidates are the articles
 * that share two rare hashes with it, or else most of all its hashes. Their texts are
 * compared with its text. An article that is a near-duplicate of members of several
 * groups joins the group with which it shares most; groups are not joined until their
 * articles are written anew.
 *
 * Borrows the database; owns its work memory.
 */
#ifndef INDEXER_WRITE_GROUPING_H
#define INDEXER_WRITE_GROUPING_H

#include "base/zstream.h"
#include "engine/xapian/xap.h"

struct grouping;

/* Groups the articles of DB; VIEW is its reading view, TEXTS unpacks its texts. */
enum status grouping_new(struct grouping **out, struct xap_wdb *db, struct xap_db *view, struct zstream_unpacker *texts,
			 struct error *err) MUST_CHECK;
void grouping_free(struct grouping *g);
/* Puts DOCID into the group of its near-duplicates, if it has any. Call when DOCID was just written. */
enum status grouping_join(struct grouping *g, uint32_t docid, struct error *err) MUST_CHECK;
/* Takes DOCID out of its group. Call before DOCID is replaced or deleted. */
enum status grouping_leave(struct grouping *g, uint32_t docid, struct error *err) MUST_CHECK;
/* Groups all articles of a database that has no groups yet, in the order of their numbers, and commits. */
enum status grouping_all(const char *dir, const struct buf *dict, struct error *err) MUST_CHECK;

#endif
