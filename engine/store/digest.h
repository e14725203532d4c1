/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Digests: sums of everything that a document puts into the index. The order of
 * adding does not change a sum, so the posting lists, read term by term, can be
 * compared with the articles, analysed one by one. Owns nothing.
 */
#ifndef ENGINE_STORE_DIGEST_H
#define ENGINE_STORE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "engine/xapian/xap.h"

struct digest {
	uint64_t terms;    /* sum of a hash for each term with its wdf */
	uint64_t positions;   /* sum of a hash for each term with its positions */
	uint64_t length;   /* sum of the wdfs */
};

uint64_t digest_term(const char *term, size_t len);
/* What the term whose digest_term is TERM adds to .terms and to .positions. */
uint64_t digest_wdf(uint64_t term, uint32_t wdf);
uint64_t digest_positions(uint64_t term, const uint32_t *pos, size_t n);

/* The digest of DOC, a document that is yet to be written, with its positions. POS is work memory, the caller's. */
enum status digest_made(struct xap_positions *pos, struct xap_doc *doc, struct digest *out, struct error *err) MUST_CHECK;
/* The digest of the term list that DB keeps for document DOCID; .positions is 0. */
enum status digest_listed(struct xap_db *db, uint32_t docid, struct digest *out, struct error *err) MUST_CHECK;

#endif
