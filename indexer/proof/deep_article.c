/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/proof/deep_article.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/document/document.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"
#include "engine/store/sealed.h"

#define ALL_SLOTS (1u << SLOT_OLDEST | 1u << SLOT_NEWEST | 1u << SLOT_ROW | 1u << SLOT_CONTENT)
#define SLOTS 4

/* The bounds of all values of a slot, as the database has them. */
struct bounds { struct buf low, high; };

struct deep_article {
	struct store *store;
	struct document_builder *builder;
	struct xap_positions pos;
	struct article article;
	struct xap_doc *made;
	struct buf got, want;
	struct bounds bounds[SLOTS];
	struct xap_totals totals;
	uint32_t origin;               /* the last one whose path was looked at */
};

static enum status
load_bounds(struct deep_article *d, struct error *err)
{
	uint32_t count = 0, freq = 0;
	unsigned i;
	enum status st = xap_db_totals(d->store->db, &d->totals, err);

	if (st == ST_OK)
		st = xap_db_count(d->store->db, &count, err);
	for (i = 0; i < SLOTS && st == ST_OK; i++) {
		st = xap_db_slot(d->store->db, i, &freq, &d->bounds[i].low, &d->bounds[i].high, err);
		if (st == ST_OK && freq != count)
			st = error_set(err, ST_CORRUPT, "%u values in slot %u, where there are %u articles",
				       (unsigned)freq, i, (unsigned)count);
	}
	return st;
}

enum status
deep_article_new(struct deep_article **out, struct store *s, struct error *err)
{
	struct deep_article *d = calloc(1, sizeof(*d));
	enum status st;

	*out = NULL;
	if (d == NULL)
		return error_nomem(err);
	d->store = s;
	article_init(&d->article);
	st = document_builder_new(&d->builder, s->dict.data, s->dict.len, err);
	if (st == ST_OK)
		st = xap_doc_new(&d->made, err);
	if (st == ST_OK)
		st = load_bounds(d, err);
	if (st == ST_OK)
		*out = d;
	else
		deep_article_free(d);
	return st;
}

void
deep_article_free(struct deep_article *d)
{
	unsigned i;

	if (d == NULL)
		return;
	for (i = 0; i < SLOTS; i++) {
		buf_fini(&d->bounds[i].low);
		buf_fini(&d->bounds[i].high);
	}
	document_builder_free(d->builder);
	free(d->pos.v);
	xap_doc_free(d->made);
	article_fini(&d->article);
	buf_fini(&d->got);
	buf_fini(&d->want);
	free(d);
}

static bool
less(const struct buf *a, const struct buf *b)
{
	int d = memcmp(buf_str(a), buf_str(b), a->len < b->len ? a->len : b->len);

	return d != 0 ? d < 0 : a->len < b->len;
}

/* Puts the value that DOC has in SLOT into d->got, and the value that it should have into d->want. */
static enum status
load_value(struct deep_article *d, struct xap_doc *doc, unsigned slot, struct error *err)
{
	enum status st;

	buf_clear(&d->got);
	buf_clear(&d->want);
	st = xap_doc_value(doc, slot, &d->got, err);
	if (st == ST_OK)
		st = xap_doc_value(d->made, slot, &d->want, err);
	if (st == ST_OK && (less(&d->got, &d->bounds[slot].low) || less(&d->bounds[slot].high, &d->got)))
		st = error_set(err, ST_CORRUPT, "its value in slot %u is outside the bounds of that slot", slot);
	return st;
}

static enum status
check_dates(struct deep_article *d, struct xap_doc *doc, struct error *err)
{
	enum status st = ST_OK;
	unsigned slot;

	for (slot = SLOT_OLDEST; slot <= SLOT_NEWEST && st == ST_OK; slot++) {
		st = load_value(d, doc, slot, err);
		if (st == ST_OK && (d->got.len != d->want.len ||
				    memcmp(buf_str(&d->got), buf_str(&d->want), d->got.len) != 0))
			st = error_set(err, ST_CORRUPT, "its place in the order by date is not that of its date");
	}
	return st;
}

static bool
same(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && memcmp(a, b, a_len) == 0;
}

static enum status
check_row(struct deep_article *d, struct xap_doc *doc, struct error *err)
{
	struct row got, want;
	enum status st = load_value(d, doc, SLOT_ROW, err);

	if (st != ST_OK)
		return st;
	if (row_unpack(buf_str(&d->got), d->got.len, &got) != ST_OK ||
	    row_unpack(buf_str(&d->want), d->want.len, &want) != ST_OK)
		return error_set(err, ST_CORRUPT, "its row of results is damaged");
	if (!same(got.id, got.id_len, want.id, want.id_len) ||
	    !same(got.date, got.date_len, want.date, want.date_len) ||
	    !same(got.source, got.source_len, want.source, want.source_len) ||
	    !same(got.title, got.title_len, want.title, want.title_len))
		return error_set(err, ST_CORRUPT, "its row of results is not its own");
	buf_clear(&d->want);
	st = xap_doc_data(doc, &d->want, err);
	if (st == ST_OK && row_sum(buf_str(&d->want), d->want.len) != got.record)
		st = error_set(err, ST_CORRUPT, "its row of results does not know its stored text");
	return st;
}

/* The hash was proved with the text. */
static enum status
check_origin(struct deep_article *d, struct xap_doc *doc, struct error *err)
{
	struct content content;
	char key[32];
	enum status st = load_value(d, doc, SLOT_CONTENT, err);

	if (st == ST_OK && row_unpack_content(buf_str(&d->got), d->got.len, &content) != ST_OK)
		st = error_set(err, ST_CORRUPT, "its hash is damaged");
	if (st != ST_OK || content.origin == 0 || content.origin == d->origin)
		return st;
	snprintf(key, sizeof(key), "origin.%" PRIu32, content.origin);
	st = sealed_get(d->store->db, key, &d->want, err);
	if (st == ST_OK && (d->want.len == 0 || d->want.data[0] != '/'))
		st = error_set(err, ST_CORRUPT, "the file that it came from (%s) is not known", key);
	d->origin = content.origin;
	return st;
}

static enum status
check_terms(struct deep_article *d, uint32_t docid, const struct digest *want, struct error *err)
{
	struct digest listed;
	uint32_t length = 0;
	enum status st = digest_listed(d->store->db, docid, &listed, err);

	if (st == ST_OK)
		st = xap_db_length(d->store->db, docid, &length, err);
	if (st != ST_OK)
		return st;
	if (listed.terms != want->terms)
		return error_set(err, ST_CORRUPT, "its list of terms is not that of its text");
	if (length != want->length)
		return error_set(err, ST_CORRUPT, "its length is not that of its text");
	/* An article without a word is not counted as the shortest. */
	if (length > 0 && (length < d->totals.shortest || length > d->totals.longest))
		return error_set(err, ST_CORRUPT, "its length is outside what the database knows");
	return ST_OK;
}

enum status
deep_article(struct deep_article *d, uint32_t docid, struct digest *digest, struct error *err)
{
	struct xap_doc *doc = NULL;
	uint32_t slots;
	enum status st = xap_db_document(d->store->db, docid, &doc, err);

	if (st == ST_OK)
		st = store_article(d->store, doc, NULL, &d->article, err);
	if (st == ST_OK)
		st = document_build(d->builder, &d->article, d->made, err);
	if (st == ST_OK)
		st = digest_made(&d->pos, d->made, digest, err);
	if (st == ST_OK)
		st = xap_doc_slots(doc, &slots, err);
	if (st == ST_OK && slots != ALL_SLOTS)
		st = error_set(err, ST_CORRUPT, "its values are not those of an article");
	if (st == ST_OK)
		st = check_dates(d, doc, err);
	if (st == ST_OK)
		st = check_row(d, doc, err);
	if (st == ST_OK)
		st = check_origin(d, doc, err);
	if (st == ST_OK)
		st = check_terms(d, docid, digest, err);
	xap_doc_free(doc);
	return st;
}

/* The id by the term for it, in the article's list of terms. */
static bool
name_by_term(struct store *s, uint32_t docid, struct buf *out)
{
	struct xap_terms *t = NULL;
	const char *term = NULL;
	uint32_t wdf;
	size_t len = 0;
	enum status st = xap_terms_open_doc(&t, s->db, docid, NULL);

	if (st == ST_OK)
		st = xap_terms_skip(t, PREFIX_ID, strlen(PREFIX_ID), NULL);
	if (st == ST_OK)
		st = xap_terms_next(t, &term, &len, &wdf, NULL);
	if (st == ST_OK && term != NULL && strncmp(term, PREFIX_ID, strlen(PREFIX_ID)) == 0)
		buf_addf(out, "article \"%.*s\"", (int)(len - strlen(PREFIX_ID)), term + strlen(PREFIX_ID));
	xap_terms_free(t);
	return out->len > 0;
}

void
deep_article_name(struct store *s, uint32_t docid, struct buf *out)
{
	struct buf value = BUF_INIT;
	struct row row;

	buf_clear(out);
	if (xap_db_value(s->db, docid, SLOT_ROW, &value, NULL) == ST_OK &&
	    row_unpack(buf_str(&value), value.len, &row) == ST_OK)
		buf_addf(out, "article \"%.*s\"", (int)row.id_len, row.id);
	else if (!name_by_term(s, docid, out))
		buf_addf(out, "the article of document %u", (unsigned)docid);
	buf_fini(&value);
}
