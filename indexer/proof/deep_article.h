/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The proof of one article: its text is compared with its hash; its row, values,
 * length and list of terms with the document that its text makes when it is
 * analysed again. One for each thread; it borrows the store and owns the rest.
 */
#ifndef INDEXER_PROOF_DEEP_ARTICLE_H
#define INDEXER_PROOF_DEEP_ARTICLE_H

#include "engine/store/digest.h"
#include "engine/store/store.h"

struct deep_article;

enum status deep_article_new(struct deep_article **out, struct store *s, struct error *err) MUST_CHECK;
void deep_article_free(struct deep_article *d);
/* Proves document DOCID; DIGEST is the digest of its text. A fault is ST_CORRUPT, or the status of a
 * failed reading, and ERR tells which. */
enum status deep_article(struct deep_article *d, uint32_t docid, struct digest *digest, struct error *err) MUST_CHECK;
/* The name of document DOCID for messages: article "ID", or its number where the id cannot be read. OUT is cleared
 * first. */
void deep_article_name(struct store *s, uint32_t docid, struct buf *out);

#endif
