/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/standing/delta.h"

#include <stdlib.h>
#include <string.h>

#include "engine/store/schema.h"

enum status
delta_init(struct delta *p, const struct wanted *wanted, const struct store *like, struct error *err)
{
	enum status st;

	*p = (struct delta){ .wanted = wanted, .store = { .manifest = like->manifest, .lexicon = like->lexicon } };
	st = xap_wdb_memory(&p->wdb, err);
	return st == ST_OK ? xap_doc_new(&p->doc, err) : st;
}

void
delta_fini(struct delta *p)
{
	xap_enquire_free(p->enquire);
	xap_db_free(p->store.db);
	xap_doc_free(p->doc);
	xap_wdb_free(p->wdb);
	buf_fini(&p->value);
	free(p->pos.v);
	*p = (struct delta){ 0 };
}

static enum status
add(struct delta *p, uint32_t *docid, struct error *err)
{
	enum status st = xap_wdb_add(p->wdb, p->doc, docid, err);

	p->articles += st == ST_OK;
	return st;
}

enum status
delta_add_article(struct delta *p, struct document_builder *b, const struct article *a, uint32_t *docid,
		 struct error *err)
{
	enum status st = document_build_wanted(b, a, p->wanted, p->doc, err);

	return st == ST_OK ? add(p, docid, err) : st;
}

/* Copies TERM of document FROM, with or without its positions, where it is wanted. */
static enum status
copy_term(struct delta *p, struct xap_db *db, uint32_t from, const char *term, size_t len, struct error *err)
{
	enum wanted_as as = wanted_find(p->wanted, term, len);
	enum status st = ST_OK;

	if (as == WANTED_NOT)
		return ST_OK;
	p->pos.n = 0;
	if (as == WANTED_POSITIONS)
		st = xap_db_positions(db, from, term, len, &p->pos, err);
	return st == ST_OK ? xap_doc_add(p->doc, term, len, p->pos.v, p->pos.n, 1, err) : st;
}

static enum status
copy_values(struct delta *p, struct xap_db *db, uint32_t from, struct error *err)
{
	static const unsigned slots[] = { SLOT_OLDEST, SLOT_NEWEST, SLOT_ROW };
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < sizeof(slots) / sizeof(slots[0]) && st == ST_OK; i++) {
		buf_clear(&p->value);
		st = xap_db_value(db, from, slots[i], &p->value, err);
		if (st == ST_OK)
			st = xap_doc_set_value(p->doc, slots[i], buf_str(&p->value), p->value.len, err);
	}
	return st;
}

enum status
delta_add_document(struct delta *p, struct xap_db *db, uint32_t from, uint32_t *docid, struct error *err)
{
	struct xap_terms *terms = NULL;
	const char *term;
	uint32_t freq;
	size_t len;
	enum status st = xap_doc_clear(p->doc, err);

	if (st == ST_OK)
		st = xap_terms_open_doc(&terms, db, from, err);
	while (st == ST_OK) {
		st = xap_terms_next(terms, &term, &len, &freq, err);
		if (st != ST_OK || term == NULL)
			break;
		st = copy_term(p, db, from, term, len, err);
	}
	xap_terms_free(terms);
	if (st == ST_OK)
		st = copy_values(p, db, from, err);
	return st == ST_OK ? add(p, docid, err) : st;
}

enum status
delta_complete(struct delta *p, struct error *err)
{
	enum status st = xap_wdb_reader(p->wdb, &p->store.db, err);

	if (st == ST_OK)
		st = xap_enquire_new(&p->enquire, p->store.db, err);
	return st == ST_OK ? xap_enquire_set_boolean(p->enquire, err) : st;
}
