/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/record.h"

#include <xxhash.h>

#include "base/leb128.h"
#include "engine/xapian/deadline.h"

/* Places in an article are 32 bits. */
#define PART_MAX ((uint64_t)UINT32_MAX)
#define FIELDS_3 14   /* that every head has up to format 3 */
#define LOOK_BYTES 1048576   /* of a body, between two looks at the clock */

struct cursor { const char *at, *end; };

static bool
take(struct cursor *c, const char **s, size_t *len)
{
	uint64_t n;

	if (!leb128_get(&c->at, c->end, &n) || n > (uint64_t)(c->end - c->at))
		return false;
	*s = c->at;
	*len = (size_t)n;
	c->at += n;
	return true;
}

static void
put(struct buf *out, const struct buf *text)
{
	leb128_put(out, text->len);
	buf_add(out, text->data, text->len);
}

static uint64_t
para_code(const struct para *p)
{
	return (uint64_t)(p->end - p->start) * 2 + (p->kind == PARA_HEADING);
}

static void
put_paras(struct buf *out, const struct article *a)
{
	size_t i;

	leb128_put(out, a->nparas);
	for (i = 0; i < a->nparas; i++)
		leb128_put(out, para_code(&a->paras[i]));
}

static void
put_head(struct buf *out, const struct article *a)
{
	size_t i, given = 0;

	for (i = 0; i < ART_FIELDS; i++)
		given += a->field[i].len > 0;
	leb128_put(out, given);
	for (i = 0; i < ART_FIELDS; i++) {
		if (a->field[i].len == 0)
			continue;
		leb128_put(out, i);
		put(out, &a->field[i]);
	}
	put_paras(out, a);
}

static void
put_head_3(struct buf *out, const struct article *a)
{
	size_t i;

	for (i = 0; i < FIELDS_3; i++)
		put(out, &a->field[i]);
	put_paras(out, a);
}

enum status
record_pack(struct zstream_packer *z, const struct article *a, struct buf *out)
{
	struct buf text = BUF_INIT;
	size_t head;
	enum status st;

	put_head(&text, a);
	head = text.len;
	buf_add(&text, a->body.data, a->body.len);
	put(out, &a->field[ART_LANG]);
	leb128_put(out, head);
	leb128_put(out, a->body.len);
	if (buf_status(&text) != ST_OK || buf_status(out) != ST_OK)
		st = ST_NOMEM;
	else
		st = zstream_packer_pack(z, text.data, text.len, out);
	buf_fini(&text);
	return st;
}

/* The hash of HEAD, A's, which is freed, and of A's body. */
static enum status
hash_take(struct buf *head, const struct article *a, uint64_t *hash)
{
	XXH3_state_t *state = XXH3_createState();
	enum status st = state != NULL ? buf_status(head) : ST_NOMEM;

	if (st == ST_OK) {
		XXH3_64bits_reset(state);
		XXH3_64bits_update(state, buf_str(head), head->len);
		XXH3_64bits_update(state, buf_str(&a->body), a->body.len);
		*hash = XXH3_64bits_digest(state);
	}
	XXH3_freeState(state);
	buf_fini(head);
	return st;
}

enum status
record_hash(const struct article *a, uint64_t *hash)
{
	struct buf head = BUF_INIT;

	put_head(&head, a);
	return hash_take(&head, a, hash);
}

enum status
record_hash_3(const struct article *a, uint64_t *hash)
{
	struct buf head = BUF_INIT;

	put_head_3(&head, a);
	return hash_take(&head, a, hash);
}

/* The values that stand unpacked before the stream. */
struct front { const char *lang; size_t lang_len, head_len, body_len; };

/* Reads it, starts Z on the stream, and appends the head to HEAD. */
static enum status
open_front(struct zstream_unpacker *z, const char *data, size_t len, struct front *f, struct buf *head, struct error *err)
{
	struct cursor c = { data, data + len };
	uint64_t head_len, body_len;
	bool end;
	enum status st;

	if (!take(&c, &f->lang, &f->lang_len) || !leb128_get(&c.at, c.end, &head_len) ||
	    !leb128_get(&c.at, c.end, &body_len) || head_len > PART_MAX || body_len > PART_MAX)
		return error_set(err, ST_CORRUPT, "a stored article is damaged");
	f->head_len = (size_t)head_len;
	f->body_len = (size_t)body_len;
	st = zstream_unpacker_begin(z, c.at, (size_t)(c.end - c.at));
	if (st == ST_OK)
		st = zstream_unpacker_more(z, f->head_len, head, &end);
	if (st != ST_OK)
		return error_set(err, st, "a stored article cannot be unpacked");
	return head->len == f->head_len ? ST_OK : error_set(err, ST_CORRUPT, "a stored article is damaged");
}

static enum status
read_paras(struct cursor *c, const struct buf *body, struct article *out, struct error *err)
{
	uint64_t n, code;
	size_t at = 0;

	if (!leb128_get(&c->at, c->end, &n))
		return error_set(err, ST_CORRUPT, "a stored article is damaged");
	for (; n > 0; n--) {
		enum status st;

		/* One LF stands between two paragraphs. */
		if (!leb128_get(&c->at, c->end, &code) || code / 2 > body->len - at)
			return error_set(err, ST_CORRUPT, "a stored article is damaged");
		st = article_add_para(out, buf_str(body) + at, (size_t)(code / 2),
				      code & 1 ? PARA_HEADING : PARA_TEXT);
		if (st != ST_OK)
			return error_nomem(err);
		at += (size_t)(code / 2);
		if (n > 1 && at++ >= body->len)
			return error_set(err, ST_CORRUPT, "a stored article is damaged");
	}
	return at == body->len ? ST_OK : error_set(err, ST_CORRUPT, "a stored article is damaged");
}

static enum status
read_field(struct cursor *c, uint64_t number, struct article *out, struct error *err)
{
	const char *text;
	size_t len;

	if (number >= ART_FIELDS || !take(c, &text, &len) ||
	    (len > 0 && text[len - 1] != '\0' && article_is_list((enum article_field)number)))
		return error_set(err, ST_CORRUPT, "a stored article is damaged");
	buf_add(&out->field[number], text, len);
	return ST_OK;
}

static enum status
read_fields(struct cursor *c, struct article *out, struct error *err)
{
	uint64_t n, number, least = 0;
	enum status st = ST_OK;

	if (!leb128_get(&c->at, c->end, &n))
		return error_set(err, ST_CORRUPT, "a stored article is damaged");
	for (; n > 0 && st == ST_OK; n--) {
		if (!leb128_get(&c->at, c->end, &number) || number < least)
			return error_set(err, ST_CORRUPT, "a stored article is damaged");
		st = read_field(c, number, out, err);
		least = number + 1;
	}
	return st;
}

static enum status
read_fields_3(struct cursor *c, struct article *out, struct error *err)
{
	uint64_t number;
	enum status st = ST_OK;

	for (number = 0; number < FIELDS_3 && st == ST_OK; number++)
		st = read_field(c, number, out, err);
	return st;
}

/* The whole body, of LEN bytes. */
static enum status
read_body(struct zstream_unpacker *z, size_t len, const struct xap_deadline *deadline, struct buf *body, struct error *err)
{
	enum status st = ST_OK;
	bool end = false;

	/* One byte more than there should be, so that the end is seen. */
	while (st == ST_OK && !end && body->len <= len) {
		size_t more = len + 1 - body->len;

		st = zstream_unpacker_more(z, more < LOOK_BYTES ? more : LOOK_BYTES, body, &end);
		if (st != ST_OK)
			return error_set(err, st, "a stored article cannot be unpacked");
		st = deadline_check(deadline, err);
	}
	if (st == ST_OK && (body->len != len || !end))
		return error_set(err, ST_CORRUPT, "a stored article is damaged");
	return st;
}

/* An article whose fields READ reads from its head. */
static enum status
unpack(struct zstream_unpacker *z, const char *data, size_t len,
       enum status (*read)(struct cursor *c, struct article *out, struct error *err), const struct xap_deadline *deadline,
       struct article *out, struct error *err)
{
	struct buf head = BUF_INIT, body = BUF_INIT;
	struct cursor at;
	struct front f;
	enum status st;

	article_clear(out);
	st = open_front(z, data, len, &f, &head, err);
	if (st != ST_OK)
		goto out;
	at = (struct cursor){ buf_str(&head), buf_str(&head) + head.len };
	st = read(&at, out, err);
	if (st != ST_OK)
		goto out;
	st = read_body(z, f.body_len, deadline, &body, err);
	if (st == ST_OK)
		st = read_paras(&at, &body, out, err);
	if (st == ST_OK && article_status(out) != ST_OK)
		st = error_nomem(err);
out:
	buf_fini(&head);
	buf_fini(&body);
	return st;
}

enum status
record_unpack(struct zstream_unpacker *z, const char *data, size_t len, struct article *out, struct error *err)
{
	return unpack(z, data, len, read_fields, NULL, out, err);
}

enum status
record_unpack_until(struct zstream_unpacker *z, const char *data, size_t len, const struct xap_deadline *deadline,
		    struct article *out, struct error *err)
{
	return unpack(z, data, len, read_fields, deadline, out, err);
}

enum status
record_unpack_3(struct zstream_unpacker *z, const char *data, size_t len, struct article *out, struct error *err)
{
	return unpack(z, data, len, read_fields_3, NULL, out, err);
}

enum status
record_begin(struct zstream_unpacker *z, const char *data, size_t len,
	     const char **lang, size_t *lang_len, struct error *err)
{
	struct buf head = BUF_INIT;
	struct front f;
	enum status st = open_front(z, data, len, &f, &head, err);

	buf_fini(&head);
	if (st != ST_OK)
		return st;
	*lang = f.lang;
	*lang_len = f.lang_len;
	return ST_OK;
}
