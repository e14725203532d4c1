/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/row.h"

#include <xxhash.h>

#include "base/leb128.h"

#define SUM_LEN 4
#define HASH_LEN 8

static void
put_string(struct buf *out, const char *s, size_t len)
{
	leb128_put(out, len);
	buf_add(out, s, len);
}

static bool
get_string(const char **at, const char *end, const char **s, size_t *len)
{
	uint64_t n;

	if (!leb128_get(at, end, &n) || n > (uint64_t)(end - *at))
		return false;
	*s = *at;
	*len = (size_t)n;
	*at += n;
	return true;
}

uint32_t
row_sum(const void *data, size_t len)
{
	return (uint32_t)XXH3_64bits(data, len);
}

static void
put_sum(struct buf *out, uint32_t sum)
{
	int shift;

	for (shift = 0; shift < 32; shift += 8)
		buf_addc(out, (char)(sum >> shift & 0xFF));
}

static uint32_t
get_sum(const char *at)
{
	const unsigned char *b = (const unsigned char *)at;

	return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Appends the sum of OUT's bytes from BEGIN on. */
static void
seal(struct buf *out, size_t begin)
{
	if (!out->failed)
		put_sum(out, row_sum(out->data + begin, out->len - begin));
}

static bool
sealed(const char *data, size_t len)
{
	return get_sum(data + len - SUM_LEN) == row_sum(data, len - SUM_LEN);
}

void
row_pack(struct buf *out, const struct row *r)
{
	size_t begin = out->len;

	put_string(out, r->id, r->id_len);
	put_string(out, r->date, r->date_len);
	put_string(out, r->source, r->source_len);
	put_string(out, r->title, r->title_len);
	put_sum(out, r->record);
	seal(out, begin);
}

void
row_pack_content(struct buf *out, const struct content *c)
{
	size_t begin = out->len;
	int shift;

	for (shift = 56; shift >= 0; shift -= 8)
		buf_addc(out, (char)(c->hash >> shift & 0xFF));
	leb128_put(out, c->origin);
	seal(out, begin);
}

enum status
row_unpack_content(const char *data, size_t len, struct content *c)
{
	const char *at = data + HASH_LEN, *end;
	uint64_t origin;
	size_t i;

	if (len <= HASH_LEN + SUM_LEN || !sealed(data, len))
		return ST_CORRUPT;
	end = data + len - SUM_LEN;
	c->hash = 0;
	for (i = 0; i < HASH_LEN; i++)
		c->hash = c->hash << 8 | (unsigned char)data[i];
	if (!leb128_get(&at, end, &origin) || at != end || origin > UINT32_MAX)
		return ST_CORRUPT;
	c->origin = (uint32_t)origin;
	return ST_OK;
}

/* The strings alone, which must be all there is. */
static enum status
unpack_strings(const char *data, const char *end, struct row *r)
{
	return get_string(&data, end, &r->id, &r->id_len) &&
		get_string(&data, end, &r->date, &r->date_len) &&
		get_string(&data, end, &r->source, &r->source_len) &&
		get_string(&data, end, &r->title, &r->title_len) && data == end ? ST_OK : ST_CORRUPT;
}

enum status
row_unpack(const char *data, size_t len, struct row *r)
{
	const char *end;

	if (len <= 2 * SUM_LEN || !sealed(data, len))
		return ST_CORRUPT;
	end = data + len - 2 * SUM_LEN;
	r->record = get_sum(end);
	return unpack_strings(data, end, r);
}

enum status
row_unpack_1(const char *data, size_t len, struct row *r)
{
	r->record = 0;
	return len > 0 ? unpack_strings(data, data + len, r) : ST_CORRUPT;
}
