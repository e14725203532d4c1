/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/record.h"

#include "engine/schema.h"

/* A body's length in a damaged record must not become an allocation. */
#define BODY_MAX ((uint64_t)UINT32_MAX)

struct cursor { const char *at, *end; };

static bool
take(struct cursor *c, const char **s, size_t *len)
{
	uint64_t n;

	if (!schema_get_len(&c->at, c->end, &n) || n > (uint64_t)(c->end - c->at))
		return false;
	*s = c->at;
	*len = (size_t)n;
	c->at += n;
	return true;
}

static void
put(struct buf *out, const struct buf *text)
{
	schema_put_len(out, text->len);
	buf_add(out, text->data, text->len);
}

/* Bytes that schema_put_len takes. */
static size_t
len_size(uint64_t n)
{
	size_t size = 1;

	while ((n >>= 7) != 0)
		size++;
	return size;
}

static uint64_t
para_code(const struct para *p)
{
	return (uint64_t)(p->end - p->start) * 2 + (p->kind == PARA_HEADING);
}

static size_t
head_size(const struct article *a)
{
	size_t size = len_size(a->nparas), i;

	for (i = 0; i < ART_FIELDS; i++)
		size += len_size(a->field[i].len) + a->field[i].len;
	for (i = 0; i < ART_LISTS; i++)
		size += len_size(a->list[i].len) + a->list[i].len;
	for (i = 0; i < a->nparas; i++)
		size += len_size(para_code(&a->paras[i]));
	return size;
}

enum status
record_pack(struct zpacker *z, const struct article *a, struct buf *out)
{
	size_t i;

	schema_put_len(out, head_size(a));
	for (i = 0; i < ART_FIELDS; i++)
		put(out, &a->field[i]);
	for (i = 0; i < ART_LISTS; i++)
		put(out, &a->list[i]);
	schema_put_len(out, a->nparas);
	for (i = 0; i < a->nparas; i++)
		schema_put_len(out, para_code(&a->paras[i]));
	schema_put_len(out, a->body.len);
	if (buf_status(out) != ST_OK)
		return ST_NOMEM;
	return zpacker_pack(z, buf_str(&a->body), a->body.len, out);
}

/* Splits DATA into its head (*HEAD) and what follows; starts Z on the body. */
static enum status
begin(struct zunpacker *z, const char *data, size_t len, struct cursor *head, uint64_t *body_len, struct error *err)
{
	struct cursor all = { data, data + len };
	const char *text;
	size_t size;
	enum status st;

	if (!take(&all, &text, &size) || !schema_get_len(&all.at, all.end, body_len) || *body_len > BODY_MAX)
		return error_set(err, ST_CORRUPT, "a stored article is damaged");
	head->at = text;
	head->end = text + size;
	st = zunpacker_begin(z, all.at, (size_t)(all.end - all.at));
	return st == ST_OK ? ST_OK : error_set(err, st, "a stored article cannot be unpacked");
}

static enum status
read_paras(struct cursor *c, const struct buf *body, struct article *out, struct error *err)
{
	uint64_t n, code;
	size_t at = 0;

	if (!schema_get_len(&c->at, c->end, &n))
		return error_set(err, ST_CORRUPT, "a stored article is damaged");
	for (; n > 0; n--) {
		enum status st;

		/* One LF stands between two paragraphs. */
		if (!schema_get_len(&c->at, c->end, &code) || code / 2 > body->len - at)
			return error_set(err, ST_CORRUPT, "a stored article is damaged");
		st = article_add_para(out, body->data + at, (size_t)(code / 2),
				      code & 1 ? PARA_HEADING : PARA_TEXT);
		if (st != ST_OK)
			return error_set(err, st, "no memory for an article");
		at += (size_t)(code / 2);
		if (n > 1 && at++ >= body->len)
			return error_set(err, ST_CORRUPT, "a stored article is damaged");
	}
	return at == body->len ? ST_OK : error_set(err, ST_CORRUPT, "a stored article is damaged");
}

static enum status
read_head(struct cursor *c, struct article *out, struct error *err)
{
	const char *text;
	size_t len, i;

	for (i = 0; i < ART_FIELDS; i++) {
		if (!take(c, &text, &len))
			return error_set(err, ST_CORRUPT, "a stored article is damaged");
		buf_add(&out->field[i], text, len);
	}
	for (i = 0; i < ART_LISTS; i++) {
		if (!take(c, &text, &len) || (len > 0 && text[len - 1] != '\0'))
			return error_set(err, ST_CORRUPT, "a stored article is damaged");
		buf_add(&out->list[i], text, len);
	}
	return ST_OK;
}

enum status
record_unpack(struct zunpacker *z, const char *data, size_t len, struct article *out, struct error *err)
{
	struct buf body = BUF_INIT;
	struct cursor head;
	uint64_t body_len;
	bool end = false;
	enum status st;

	article_clear(out);
	st = begin(z, data, len, &head, &body_len, err);
	if (st != ST_OK)
		return st;
	st = read_head(&head, out, err);
	if (st != ST_OK)
		goto out;
	/* One byte more than there should be, so that the end is seen. */
	st = zunpacker_more(z, (size_t)body_len + 1, &body, &end);
	if (st != ST_OK) {
		error_set(err, st, "a stored article cannot be unpacked");
		goto out;
	}
	if (body.len != body_len || !end) {
		st = error_set(err, ST_CORRUPT, "a stored article is damaged");
		goto out;
	}
	st = read_paras(&head, &body, out, err);
	if (st == ST_OK && article_status(out) != ST_OK)
		st = error_set(err, ST_NOMEM, "no memory for an article");
out:
	buf_fini(&body);
	return st;
}

enum status
record_begin(struct zunpacker *z, const char *data, size_t len,
	     const char **lang, size_t *lang_len, struct error *err)
{
	struct cursor head;
	uint64_t body_len;
	enum status st;
	int i;

	st = begin(z, data, len, &head, &body_len, err);
	for (i = 0; st == ST_OK && i <= ART_LANG; i++)
		if (!take(&head, lang, lang_len))
			st = error_set(err, ST_CORRUPT, "a stored article is damaged");
	return st;
}
