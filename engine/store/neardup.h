/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Near-duplicates: articles that have nearly the same text ("copies" in the
 * protocol) form a group. Groups are kept as metadata beside the documents, since
 * they do not follow from one article alone. sketch_alike() decides whether two
 * articles are near-duplicates; an article joins the group of the article with
 * which it shares most when it is written, and leaves the group when it is replaced
 * or removed. This is the reading side; indexer/write/grouping makes the groups.
 *
 *   copy.DOCID    the number of the document's group; none where it is alone
 *   copies.GROUP  the documents of the group, two or more, ascending, with blanks between
 *
 * Numbers in keys have eight hexadecimal digits; both values are sealed (engine/store/sealed.h).
 */
#ifndef ENGINE_STORE_NEARDUP_H
#define ENGINE_STORE_NEARDUP_H

#include <stddef.h>
#include <stdint.h>

#include "engine/xapian/xap.h"

#define NEARDUP_KEY_MAX 16

void neardup_key(char key[NEARDUP_KEY_MAX], uint32_t docid);
void neardup_group_key(char key[NEARDUP_KEY_MAX], uint32_t group);

/* The group of DOCID; 0: it is alone. WORK is work memory. */
enum status neardup_group(struct xap_db *db, uint32_t docid, struct buf *work, uint32_t *group, struct error *err) MUST_CHECK;

struct neardups { uint32_t *docid; size_t n, cap; };

void neardup_fini(struct neardups *c);
/* The documents of GROUP, ascending; none where there is no such group. */
enum status neardup_members(struct xap_db *db, uint32_t group, struct buf *work, struct neardups *out, struct error *err) MUST_CHECK;

#endif
