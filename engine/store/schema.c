/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/store/schema.h"

#include <string.h>

#include "engine/xapian/xap.h"

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
schema_name_key(struct buf *out, const struct namekey *key, const char *word, size_t len)
{
	buf_adds(out, PREFIX_NAME_KEY);
	buf_add(out, key->text, key->len);
	buf_addc(out, '\t');
	buf_add(out, word, len);
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
