/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/digest.h"

#include <stdlib.h>

#include <xxhash.h>

uint64_t
digest_term(const char *term, size_t len)
{
	return XXH3_64bits(term, len);
}

uint64_t
digest_wdf(uint64_t term, uint32_t wdf)
{
	return XXH3_64bits_withSeed(&wdf, sizeof(wdf), term);
}

uint64_t
digest_positions(uint64_t term, const uint32_t *pos, size_t n)
{
	return n > 0 ? XXH3_64bits_withSeed(pos, n * sizeof(*pos), term) : 0;
}

/* All that T comes by; without POS no positions. */
static enum status
add_terms(struct xap_positions *pos, struct xap_terms *t, struct digest *out, struct error *err)
{
	const char *term;
	uint32_t wdf;
	size_t len;
	enum status st;

	*out = (struct digest){ 0, 0, 0 };
	while ((st = xap_terms_next(t, &term, &len, &wdf, err)) == ST_OK && term != NULL) {
		uint64_t hash = digest_term(term, len);

		out->terms += digest_wdf(hash, wdf);
		out->length += wdf;
		if (pos == NULL)
			continue;
		st = xap_terms_positions(t, pos, err);
		if (st != ST_OK)
			break;
		out->positions += digest_positions(hash, pos->v, pos->n);
	}
	return st;
}

enum status
digest_made(struct xap_positions *pos, struct xap_doc *doc, struct digest *out, struct error *err)
{
	struct xap_terms *t = NULL;
	enum status st = xap_terms_open_held(&t, doc, err);

	if (st == ST_OK)
		st = add_terms(pos, t, out, err);
	xap_terms_free(t);
	return st;
}

enum status
digest_listed(struct xap_db *db, uint32_t docid, struct digest *out, struct error *err)
{
	struct xap_terms *t = NULL;
	enum status st = xap_terms_open_doc(&t, db, docid, err);

	if (st == ST_OK)
		st = add_terms(NULL, t, out, err);
	xap_terms_free(t);
	return st;
}
