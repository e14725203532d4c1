/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/leb128.h"
#include "base/zstream.h"
#include "engine/store/record.h"

#define PREFIX "journal."
#define KEY_LEN (sizeof(PREFIX) - 1 + 16 + 1 + 4)
#define SUM_LEN 4
#define CHUNK_BYTES 500000u   /* a chunk ends behind the change that makes it larger */
#define CHUNKS_MAX 0x10000u
#define PACK_LEVEL 6

static void
make_key(char key[KEY_LEN + 1], uint64_t rev, unsigned chunk)
{
	snprintf(key, KEY_LEN + 1, PREFIX "%016" PRIx64 ".%04x", rev, chunk);
}

static bool
parse_key(const char *key, size_t len, uint64_t *rev, unsigned *chunk)
{
	char text[KEY_LEN + 1], again[KEY_LEN + 1];

	if (len != KEY_LEN)
		return false;
	memcpy(text, key, len);
	text[len] = '\0';
	if (sscanf(text, PREFIX "%16" SCNx64 ".%4x", rev, chunk) != 2)
		return false;
	make_key(again, *rev, *chunk);
	return strcmp(again, text) == 0;
}

/* ---- reading ---- */

struct journal {
	struct xap_db *db;
	struct xap_terms *keys;
	struct zstream_unpacker *texts;
	struct buf key, value;
	const char *at, *end;      /* within value */
	uint64_t left;             /* changes of the chunk that are yet to be read */
	struct journal_cursor cursor, from;   /* the next change; where the reading began */
	time_t time;
};

static enum status
damaged(const struct journal *j, struct error *err)
{
	return error_set(err, ST_CORRUPT, "the journal of changes is damaged at \"%s\"", buf_str(&j->key));
}

static enum status
cursor_new(struct journal **out, struct xap_db *db, struct error *err)
{
	struct journal *j = calloc(1, sizeof(*j));

	if (j == NULL)
		return error_nomem(err);
	j->db = db;
	*out = j;
	return xap_terms_open_metadata(&j->keys, db, PREFIX, strlen(PREFIX), err);
}

enum status
journal_reaches(const struct manifest *m, uint64_t after, struct error *err)
{
	if (after >= m->journal_floor && after <= m->rev)
		return ST_OK;
	return error_set(err, ST_GONE, "the journal of changes reaches from revision %" PRIu64 " to %" PRIu64
			 ", not to %" PRIu64, m->journal_floor, m->rev, after);
}

enum status
journal_open_at(struct journal **out, struct xap_db *db, const struct manifest *m, struct journal_cursor cursor,
		struct error *err)
{
	char key[KEY_LEN + 1];
	struct journal *j = NULL;
	enum status st = journal_reaches(m, cursor.rev - 1, err);

	*out = NULL;
	if (st != ST_OK)
		return st;
	st = cursor_new(&j, db, err);
	make_key(key, cursor.rev, cursor.chunk);
	if (st == ST_OK)
		st = xap_terms_skip(j->keys, key, KEY_LEN, err);
	if (st == ST_OK)
		j->cursor = j->from = cursor;
	if (st == ST_OK)
		*out = j;
	else
		journal_free(j);
	return st;
}

enum status
journal_open(struct journal **out, struct xap_db *db, const struct manifest *m, uint64_t after, struct error *err)
{
	return journal_open_at(out, db, m, (struct journal_cursor){ after + 1, 0, 0 }, err);
}

enum status
journal_skip(struct journal *j, struct journal_cursor cursor, struct error *err)
{
	char key[KEY_LEN + 1];

	j->from = cursor;
	if (cursor.rev == j->cursor.rev && cursor.chunk == j->cursor.chunk)
		return ST_OK;
	j->cursor = cursor;
	j->left = 0;
	make_key(key, cursor.rev, cursor.chunk);
	return xap_terms_skip(j->keys, key, KEY_LEN, err);
}

struct journal_cursor
journal_tell(const struct journal *j)
{
	return j->cursor;
}

void
journal_free(struct journal *j)
{
	if (j == NULL)
		return;
	xap_terms_free(j->keys);
	zstream_unpacker_free(j->texts);
	buf_fini(&j->key);
	buf_fini(&j->value);
	free(j);
}

/* Loads the next chunk; *GOT = false behind the last. */
static enum status
next_chunk(struct journal *j, bool *got, struct error *err)
{
	const unsigned char *sum;
	const char *key;
	uint32_t freq;
	uint64_t when;
	size_t len;
	enum status st = xap_terms_next(j->keys, &key, &len, &freq, err);

	*got = st == ST_OK && key != NULL;
	if (!*got)
		return st;
	buf_clear(&j->key);
	buf_clear(&j->value);
	buf_add(&j->key, key, len);
	if (buf_status(&j->key) != ST_OK)
		return error_nomem(err);
	if (!parse_key(j->key.data, j->key.len, &j->cursor.rev, &j->cursor.chunk))
		return damaged(j, err);
	j->cursor.index = 0;
	st = xap_db_metadata(j->db, j->key.data, &j->value, err);
	if (st != ST_OK)
		return st;
	sum = (const unsigned char *)buf_str(&j->value);
	if (j->value.len <= SUM_LEN ||
	    zstream_sum(j->value.data + SUM_LEN, j->value.len - SUM_LEN) !=
	    ((uint32_t)sum[0] | (uint32_t)sum[1] << 8 | (uint32_t)sum[2] << 16 | (uint32_t)sum[3] << 24))
		return damaged(j, err);
	j->at = j->value.data + SUM_LEN;
	j->end = j->value.data + j->value.len;
	if (!leb128_get(&j->at, j->end, &when) || !leb128_get(&j->at, j->end, &j->left))
		return damaged(j, err);
	j->time = (time_t)when;
	return ST_OK;
}

static bool
take(struct journal *j, const char **s, size_t *len)
{
	uint64_t n;

	if (!leb128_get(&j->at, j->end, &n) || n > (uint64_t)(j->end - j->at))
		return false;
	*s = j->at;
	*len = (size_t)n;
	j->at += n;
	return true;
}

static enum status
next_change(struct journal *j, struct change *out, bool *got, struct error *err)
{
	enum status st;

	*got = true;
	while (j->left == 0) {
		st = next_chunk(j, got, err);
		if (st != ST_OK || !*got)
			return st;
	}
	if (j->at == j->end)
		return damaged(j, err);
	out->rev = j->cursor.rev;
	out->time = j->time;
	out->kind = (enum change_kind)*j->at++;
	if (out->kind < CHANGE_ADDED || out->kind > CHANGE_REMOVED ||
	    !take(j, &out->id, &out->id_len) || !take(j, &out->former, &out->former_len))
		return damaged(j, err);
	j->left--;
	j->cursor.index++;
	return ST_OK;
}

enum status
journal_next(struct journal *j, struct change *out, bool *got, struct error *err)
{
	const struct journal_cursor *from = &j->from;
	enum status st;

	do
		st = next_change(j, out, got, err);
	while (st == ST_OK && *got && j->cursor.rev == from->rev && j->cursor.chunk == from->chunk &&
	       j->cursor.index <= from->index);
	return st;
}

enum status
journal_former(struct journal *j, const struct change *c, struct article *out, struct error *err)
{
	enum status st = ST_OK;

	if (j->texts == NULL)
		st = zstream_unpacker_new(&j->texts, "", 0);
	if (st != ST_OK)
		return error_nomem(err);
	return record_unpack(j->texts, c->former, c->former_len, out, err);
}

/* ---- writing ---- */

struct journal_entry {
	struct zstream_packer *packer;
	struct buf changes, packed;   /* all changes, one after the other; a record, being packed */
	size_t *start;                /* where each change begins */
	size_t n, cap;
};

enum status
journal_entry_new(struct journal_entry **out, struct error *err)
{
	struct journal_entry *e = calloc(1, sizeof(*e));

	*out = NULL;
	if (e == NULL || zstream_packer_new(&e->packer, PACK_LEVEL, "", 0) != ST_OK) {
		journal_entry_free(e);
		return error_nomem(err);
	}
	*out = e;
	return ST_OK;
}

void
journal_entry_free(struct journal_entry *e)
{
	if (e == NULL)
		return;
	zstream_packer_free(e->packer);
	buf_fini(&e->changes);
	buf_fini(&e->packed);
	free(e->start);
	free(e);
}

enum status
journal_entry_add(struct journal_entry *e, enum change_kind kind, const char *id, size_t len,
		  const struct article *former, struct error *err)
{
	size_t *start = grow(e->start, &e->cap, e->n, sizeof(*start));
	enum status st = ST_OK;

	if (start == NULL)
		return error_nomem(err);
	e->start = start;
	e->start[e->n++] = e->changes.len;
	buf_clear(&e->packed);
	if (former != NULL)
		st = record_pack(e->packer, former, &e->packed);
	buf_addc(&e->changes, (char)kind);
	leb128_put(&e->changes, len);
	buf_add(&e->changes, id, len);
	leb128_put(&e->changes, e->packed.len);
	buf_add(&e->changes, e->packed.data, e->packed.len);
	return st == ST_OK && buf_status(&e->changes) == ST_OK ? ST_OK :
		error_nomem(err);
}

uint64_t
journal_entry_count(const struct journal_entry *e)
{
	return e->n;
}

enum status
journal_entry_drop(struct journal_entry *e, bool (*drop)(void *arg, const char *id, size_t len), void *arg,
		   struct error *err)
{
	size_t i, to = 0, kept = 0;

	for (i = 0; i < e->n; i++) {
		size_t from = e->start[i], next = i + 1 < e->n ? e->start[i + 1] : e->changes.len;
		const char *at = e->changes.data + from + 1, *end = e->changes.data + next;
		uint64_t len;

		if (!leb128_get(&at, end, &len) || len > (uint64_t)(end - at))
			return error_set(err, ST_INTERNAL, "an entry of the journal that cannot be read");
		if (drop(arg, at, (size_t)len))
			continue;
		memmove(e->changes.data + to, e->changes.data + from, next - from);
		e->start[kept++] = to;
		to += next - from;
	}
	e->n = kept;
	e->changes.len = to;
	return ST_OK;
}

/* Writes the changes [FROM, TO). */
static enum status
write_chunk(const struct journal_entry *e, size_t from, size_t to, struct xap_wdb *w, const char *key,
	    time_t now, struct error *err)
{
	size_t end = to < e->n ? e->start[to] : e->changes.len;
	struct buf value = BUF_INIT;
	enum status st;
	uint32_t sum;
	int i;

	buf_add(&value, "\0\0\0\0", SUM_LEN);
	leb128_put(&value, (uint64_t)now);
	leb128_put(&value, to - from);
	buf_add(&value, e->changes.data + e->start[from], end - e->start[from]);
	st = buf_status(&value);
	if (st != ST_OK) {
		buf_fini(&value);
		return error_nomem(err);
	}
	sum = zstream_sum(value.data + SUM_LEN, value.len - SUM_LEN);
	for (i = 0; i < SUM_LEN; i++)
		value.data[i] = (char)(sum >> 8 * i & 0xFF);
	st = xap_wdb_set_metadata(w, key, value.data, value.len, err);
	buf_fini(&value);
	return st;
}

static enum status
write_entry(const struct journal_entry *e, struct xap_wdb *w, uint64_t rev, time_t now, struct error *err)
{
	size_t from, to, least = e->changes.len / CHUNKS_MAX + 1;
	char key[KEY_LEN + 1];
	unsigned chunk = 0;
	enum status st = ST_OK;

	if (least < CHUNK_BYTES)
		least = CHUNK_BYTES;
	for (from = 0; from < e->n && st == ST_OK; from = to) {
		for (to = from + 1; to < e->n && e->start[to] - e->start[from] < least; to++)
			;
		make_key(key, rev, chunk++);
		st = write_chunk(e, from, to, w, key, now, err);
	}
	return st;
}

/* Appends the keys, each with a NUL byte, of the oldest commits, whole, while
 * there is too much; never that of M's revision. */
static enum status
find_old(struct xap_db *db, struct manifest *m, time_t now, struct buf *keys, struct error *err)
{
	struct journal *j = NULL;
	uint64_t over = 0;
	bool got = true;
	enum status st = cursor_new(&j, db, err);

	while (st == ST_OK) {
		st = next_chunk(j, &got, err);
		if (st != ST_OK || !got || j->cursor.rev >= m->rev)
			break;
		if (j->cursor.rev != over && m->journal_entries <= JOURNAL_ENTRIES_MAX && now - j->time <= JOURNAL_AGE_MAX)
			break;
		over = m->journal_floor = j->cursor.rev;
		m->journal_entries -= j->left < m->journal_entries ? j->left : m->journal_entries;
		buf_add(keys, j->key.data, j->key.len + 1);
	}
	journal_free(j);
	if (st == ST_OK && buf_status(keys) != ST_OK)
		st = error_nomem(err);
	return st;
}

static enum status
trim(struct xap_wdb *w, struct manifest *m, time_t now, struct error *err)
{
	struct buf keys = BUF_INIT;
	struct xap_db *db = NULL;
	enum status st = xap_wdb_reader(w, &db, err);
	size_t at;

	if (st == ST_OK)
		st = find_old(db, m, now, &keys, err);
	xap_db_free(db);
	for (at = 0; at < keys.len && st == ST_OK; at += strlen(keys.data + at) + 1)
		st = xap_wdb_set_metadata(w, keys.data + at, "", 0, err);
	buf_fini(&keys);
	return st;
}

enum status
journal_write(struct journal_entry *e, struct xap_wdb *w, struct manifest *m, time_t now, struct error *err)
{
	enum status st = write_entry(e, w, m->rev, now, err);

	m->journal_entries += e->n;
	return st == ST_OK ? trim(w, m, now, err) : st;
}

enum status
journal_copy(struct xap_db *from, struct xap_wdb *to, uint64_t after, uint64_t *entries, struct error *err)
{
	struct journal *j = NULL;
	char key[KEY_LEN + 1];
	uint64_t n = 0;
	bool got = true;
	enum status st = cursor_new(&j, from, err);

	make_key(key, after + 1, 0);
	if (st == ST_OK)
		st = xap_terms_skip(j->keys, key, KEY_LEN, err);
	while (st == ST_OK) {
		st = next_chunk(j, &got, err);
		if (st != ST_OK || !got)
			break;
		n += j->left;
		st = xap_wdb_set_metadata(to, j->key.data, j->value.data, j->value.len, err);
	}
	journal_free(j);
	*entries += st == ST_OK ? n : 0;
	return st;
}

enum status
journal_clear(struct xap_wdb *w, struct error *err)
{
	struct buf keys = BUF_INIT;
	struct xap_terms *all = NULL;
	struct xap_db *db = NULL;
	const char *key;
	uint32_t freq;
	size_t len, at;
	enum status st = xap_wdb_reader(w, &db, err);

	if (st == ST_OK)
		st = xap_terms_open_metadata(&all, db, PREFIX, strlen(PREFIX), err);
	while (st == ST_OK) {
		st = xap_terms_next(all, &key, &len, &freq, err);
		if (st != ST_OK || key == NULL)
			break;
		buf_add(&keys, key, len);
		buf_addc(&keys, '\0');
	}
	if (st == ST_OK && buf_status(&keys) != ST_OK)
		st = error_nomem(err);
	xap_terms_free(all);
	xap_db_free(db);
	for (at = 0; at < keys.len && st == ST_OK; at += strlen(keys.data + at) + 1)
		st = xap_wdb_set_metadata(w, keys.data + at, "", 0, err);
	buf_fini(&keys);
	return st;
}
