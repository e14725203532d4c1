/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which articles are copies of one text: groups of documents, kept as metadata
 * beside them, since they do not follow from an article alone. Two articles
 * are copies by sketch_alike(); an article joins the group of the one that it
 * shares most with when it is written, and leaves it when it is replaced or
 * removed. This is the reading side; indexer/grouping makes the groups.
 *
 *   copy.DOCID    the number of the document's group; none where it is alone
 *   copies.GROUP  the documents of the group, two or more, ascending, with blanks between
 *
 * Numbers in keys have eight hexadecimal digits; both values carry a sum (engine/sealed).
 */
#ifndef ENGINE_STORE_NEARDUP_H
#define ENGINE_STORE_NEARDUP_H

#include <stddef.h>
#include <stdint.h>

#include "engine/xapian/xap.h"

#define NEARDUP_KEY_MAX 16

void neardup_key(char key[NEARDUP_KEY_MAX], uint32_t docid);
void neardup_group_key(char key[NEARDUP_KEY_MAX], uint32_t group);

/* The group of DOCID, 0 where it is alone. WORK is memory to be used. */
enum status neardup_group(struct xap_db *db, uint32_t docid, struct buf *work, uint32_t *group, struct error *err) MUST_CHECK;

struct neardups { uint32_t *docid; size_t n, cap; };

void neardup_fini(struct neardups *c);
/* Its documents, ascending; none where there is no such group. */
enum status neardup_members(struct xap_db *db, uint32_t group, struct buf *work, struct neardups *out, struct error *err) MUST_CHECK;

#endif
