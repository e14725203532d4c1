/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Delta: a small index in memory that holds some articles, and of them only the
 * terms and values that given queries can ask for. Plans made by plan_new_delta run
 * on it as on a store. Owns its database.
 *
 * Call delta_complete once after the last article was added, and before the first
 * plan is made.
 */
#ifndef ENGINE_STANDING_DELTA_H
#define ENGINE_STANDING_DELTA_H

#include "engine/document/document.h"
#include "engine/store/store.h"
#include "engine/store/wanted.h"

struct delta {
	const struct wanted *wanted;   /* borrowed */
	struct xap_wdb *wdb;
	struct xap_doc *doc;
	struct xap_enquire *enquire;   /* once complete */
	struct store store;            /* db once complete, manifest and lexicon: no more */
	uint32_t articles;
	struct buf value;              /* work memory */
	struct xap_positions pos;      /* the same */
};

/* Queries are read by the languages and the lexicon (borrowed) of the store LIKE. */
enum status delta_init(struct delta *p, const struct wanted *wanted, const struct store *like, struct error *err) MUST_CHECK;
void delta_fini(struct delta *p);
/* Adds the article A, analysed by B; document numbers ascend from 1. */
enum status delta_add_article(struct delta *p, struct document_builder *b, const struct article *a, uint32_t *docid,
			     struct error *err) MUST_CHECK;
/* Adds document FROM of DB, copied term by term. */
enum status delta_add_document(struct delta *p, struct xap_db *db, uint32_t from, uint32_t *docid, struct error *err) MUST_CHECK;
/* Makes what was added visible to plans. */
enum status delta_complete(struct delta *p, struct error *err) MUST_CHECK;

#endif
