/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/schema.h"

#include <stdint.h>
#include <string.h>

#include <xxhash.h>

#include "engine/xap.h"

#define SUM_LEN 4
#define HASH_LEN 8

static const struct schema_field fields[] = {
	{ "title", PREFIX_TITLE, FIELD_TITLE, 1, "" },
	{ "lead", "", FIELD_LEAD, 1, SCHEMA_LEAD },
	{ "source", "XSRC", FIELD_WORDS, 1, "" },
	{ "place", "XPLACE", FIELD_WORDS, 1, "" },
	{ "person", "XPERSON", FIELD_WORDS, 0, "" },
	{ "org", "XORG", FIELD_WORDS, 0, "" },
	{ "country", PREFIX_ENTITY, FIELD_ENTITY, 0, "" },
	{ "law", PREFIX_ENTITY, FIELD_ENTITY, 0, "" },
	{ "office", PREFIX_ENTITY, FIELD_ENTITY, 0, "" },
	{ "weapon", PREFIX_ENTITY, FIELD_ENTITY, 0, "" },
	{ "topic", "XTOPIC", FIELD_WORDS, 0, "" },
	{ "section", PREFIX_SECTION, FIELD_WORDS, 0, SCHEMA_SECTION },
	{ "speaker", PREFIX_SPEAKER, FIELD_WORDS, 0, SCHEMA_QUOTE },
	{ "voice", NULL, FIELD_VOICE, 0, SCHEMA_QUOTE },
	{ "byline", "A", FIELD_WORDS, 0, "" },
	{ "lang", PREFIX_LANG, FIELD_EXACT, 1, "" },
	{ "id", PREFIX_ID, FIELD_EXACT, 1, "" },
	{ "date", NULL, FIELD_DATE, 1, "" },
	{ "since", NULL, FIELD_DATE, 1, "" },
};

const struct schema_field *
schema_field(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strlen(fields[i].name) == len && memcmp(fields[i].name, name, len) == 0)
			return &fields[i];
	return NULL;
}

const struct schema_field *
schema_field_at(size_t n)
{
	return n < sizeof(fields) / sizeof(fields[0]) ? &fields[n] : NULL;
}

void
schema_entity(struct buf *out, const char *id, size_t len, enum lexicon_class class)
{
	const char *colon = memchr(id, ':', len);
	const char *kind = class == LEXICON_DEMONYM ? "demonym" : class == LEXICON_CAPITAL ? "capital" : NULL;

	buf_adds(out, PREFIX_ENTITY);
	if (kind != NULL && colon != NULL) {
		buf_adds(out, kind);
		len -= (size_t)(colon - id);
		id = colon;
	}
	buf_add(out, id, len);
}

void
schema_term(struct buf *out, const char *prefix, const char *word, size_t len)
{
	size_t cost = strlen(prefix), i;

	/* A zero byte takes two in Xapian's keys. */
	for (i = 0; i < len; i++) {
		cost += word[i] == '\0' ? 2 : 1;
		if (cost > XAP_TERM_MAX)
			break;
	}
	/* Never half a character. */
	if (i < len)
		while (i > 0 && ((unsigned char)word[i] & 0xC0) == 0x80)
			i--;
	buf_adds(out, prefix);
	buf_add(out, word, i);
}

void
schema_put_len(struct buf *out, uint64_t n)
{
	while (n >= 0x80) {
		buf_addc(out, (char)(n | 0x80));
		n >>= 7;
	}
	buf_addc(out, (char)n);
}

bool
schema_get_len(const char **at, const char *end, uint64_t *n)
{
	unsigned shift;

	*n = 0;
	for (shift = 0; shift < 63 && *at < end; shift += 7) {
		unsigned char c = (unsigned char)*(*at)++;

		*n |= (uint64_t)(c & 0x7F) << shift;
		if (c < 0x80)
			return true;
	}
	return false;
}

static void
put_string(struct buf *out, const char *s, size_t len)
{
	schema_put_len(out, len);
	buf_add(out, s, len);
}

static bool
get_string(const char **at, const char *end, const char **s, size_t *len)
{
	uint64_t n;

	if (!schema_get_len(at, end, &n) || n > (uint64_t)(end - *at))
		return false;
	*s = *at;
	*len = (size_t)n;
	*at += n;
	return true;
}

uint32_t
schema_sum(const void *data, size_t len)
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

/* Appends the sum of what OUT holds from BEGIN on. */
static void
seal(struct buf *out, size_t begin)
{
	if (!out->failed)
		put_sum(out, schema_sum(out->data + begin, out->len - begin));
}

static bool
sealed(const char *data, size_t len)
{
	return get_sum(data + len - SUM_LEN) == schema_sum(data, len - SUM_LEN);
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
content_pack(struct buf *out, const struct content *c)
{
	size_t begin = out->len;
	int shift;

	for (shift = 56; shift >= 0; shift -= 8)
		buf_addc(out, (char)(c->hash >> shift & 0xFF));
	schema_put_len(out, c->origin);
	seal(out, begin);
}

enum status
content_unpack(const char *data, size_t len, struct content *c)
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
	if (!schema_get_len(&at, end, &origin) || at != end || origin > UINT32_MAX)
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
