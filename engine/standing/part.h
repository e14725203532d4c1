/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A small index in memory of some articles, with no more of them than some
 * queries can ask for; plans (plan_new_part) run on it as on a store. Owns all
 * of it.
 */
#ifndef ENGINE_STANDING_PART_H
#define ENGINE_STANDING_PART_H

#include "engine/document/document.h"
#include "engine/store/store.h"
#include "engine/store/wanted.h"

struct part {
	const struct wanted *wanted;   /* borrowed */
	struct xap_wdb *wdb;
	struct xap_doc *doc;
	struct xap_enquire *enquire;   /* once complete */
	struct store store;            /* db once complete, manifest and lexicon: no more */
	uint32_t articles;
	struct buf value;              /* work memory */
	struct xap_positions pos;      /* the same */
};

/* LIKE: whose languages and lexicon (borrowed) its queries are read by. */
enum status part_init(struct part *p, const struct wanted *wanted, const struct store *like, struct error *err) MUST_CHECK;
void part_fini(struct part *p);
/* Document numbers ascend from 1. */
enum status part_add_article(struct part *p, struct document_builder *b, const struct article *a, uint32_t *docid,
			     struct error *err) MUST_CHECK;
/* Document FROM of DB, which holds it whole. */
enum status part_add_document(struct part *p, struct xap_db *db, uint32_t from, uint32_t *docid, struct error *err) MUST_CHECK;
/* To be called after the last of these. */
enum status part_complete(struct part *p, struct error *err) MUST_CHECK;

#endif
