/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/generation/stored.h"

#include <stdio.h>

#include "engine/store/record.h"
#include "engine/store/schema.h"

/* Of reading one document: commits come a few times a second. */
#define STALE_TRIES 1000

/* Format 1 has no such value. */
static enum status
read_content(struct store *store, uint32_t docid, struct buf *work, struct content *c, struct error *err)
{
	enum status st;

	*c = (struct content){ 0, 0 };
	if (store->manifest.format < SCHEMA_FORMAT_CONTENT)
		return ST_OK;
	buf_clear(work);
	st = xap_db_value(store->db, docid, SLOT_CONTENT, work, err);
	if (st == ST_OK && row_unpack_content(buf_str(work), work->len, c) != ST_OK)
		st = error_set(err, ST_CORRUPT, "its hash is damaged");
	return st;
}

static enum status
read_text(struct store *store, uint32_t docid, const struct content *c, struct buf *work, struct article *a,
	  struct error *err)
{
	bool old = store->manifest.format < SCHEMA_FORMAT_NUMBERS;
	uint64_t hash;
	enum status st;

	buf_clear(work);
	st = xap_db_data(store->db, docid, work, err);
	if (st == ST_OK)
		st = (old ? record_unpack_3 : record_unpack)(store->texts, buf_str(work), work->len, a, err);
	if (st != ST_OK)
		return st;
	a->origin = c->origin;
	if (store->manifest.format < SCHEMA_FORMAT_CONTENT)
		return ST_OK;
	if ((old ? record_hash_3 : record_hash)(a, &hash) != ST_OK)
		return error_nomem(err);
	return hash == c->hash ? ST_OK : error_set(err, ST_CORRUPT, "its text is not what its hash says");
}

enum status
stored_article(struct store *store, uint32_t docid, struct buf *work, struct article *a, struct error *err)
{
	struct content c;
	enum status st = read_content(store, docid, work, &c, err);

	return st == ST_OK ? read_text(store, docid, &c, work, a, err) : st;
}

static enum status
unpack_row(const struct stored *s, struct row *row)
{
	return s->store->manifest.format < SCHEMA_FORMAT_CONTENT ? row_unpack_1(buf_str(&s->row), s->row.len, row) :
		row_unpack(buf_str(&s->row), s->row.len, row);
}

static enum status
read_one(struct stored *s, uint32_t docid, struct article *a, bool *wanted, struct error *err)
{
	struct stored_head h;
	enum status st;

	buf_clear(&s->row);
	st = xap_db_value(s->store->db, docid, SLOT_ROW, &s->row, err);
	if (st == ST_OK && unpack_row(s, &h.row) != ST_OK) {
		buf_clear(&s->row);
		st = error_set(err, ST_CORRUPT, "its row of results is damaged");
	}
	if (st == ST_OK)
		st = read_content(s->store, docid, &s->work, &h.content, err);
	if (st != ST_OK)
		return st;
	*wanted = s->want == NULL || s->want(s->arg, &h);
	return *wanted ? read_text(s->store, docid, &h.content, &s->work, a, err) : ST_OK;
}

static void
tell_bad(struct stored *s, uint32_t docid, const struct error *why)
{
	char name[300];
	struct row row;

	if (s->row.len > 0 && unpack_row(s, &row) == ST_OK)
		snprintf(name, sizeof(name), "article %.*s", (int)row.id_len, row.id);
	else
		snprintf(name, sizeof(name), "document %u", (unsigned)docid);
	s->bad(s->arg, name, why->text);
}

enum status
stored_next(struct stored *s, struct article *a, bool *got, struct error *err)
{
	unsigned still = 0;
	int tries = 0;

	for (;;) {
		uint32_t docid = s->docid;
		uint64_t rev = s->store->manifest.rev;
		bool wanted = false;
		struct error why;
		enum status reloaded, st;

		st = xap_db_posting(s->store->db, "", 0, s->docid, &docid, &why);
		*got = st != ST_NOTFOUND;
		if (!*got)
			return ST_OK;
		if (st == ST_OK)
			st = read_one(s, docid, a, &wanted, &why);
		if (st == ST_STALE || st == ST_CORRUPT) {
			reloaded = store_reload(s->store, err);
			if (reloaded != ST_OK)
				return reloaded;
			if (st == ST_STALE)
				st = store_overtaken(s->store, rev, &still, &why);
			if (++tries < STALE_TRIES && (st == ST_STALE || s->store->manifest.rev != rev))
				continue;
		}
		if (st == ST_CORRUPT && docid != s->docid)
			tell_bad(s, docid, &why);
		else if (st != ST_OK)
			return error_set(err, st, "%s", why.text);
		tries = 0;
		still = 0;
		s->docid = docid;
		if (st != ST_OK || !wanted)
			continue;
		s->articles++;
		s->bytes += a->field[ART_TITLE].len + a->body.len;
		return ST_OK;
	}
}

void
stored_fini(struct stored *s)
{
	buf_fini(&s->row);
	buf_fini(&s->work);
}
