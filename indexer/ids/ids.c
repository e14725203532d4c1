/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/ids/ids.h"

#include <string.h>

#include "base/hash.h"

void
ids_fini(struct ids *s)
{
	map_fini(&s->begins);
	buf_fini(&s->text);
	memset(s, 0, sizeof(*s));
}

/* The number of an id is where it begins in the text. */
static bool
is_id(const void *text, uint32_t at, const void *key)
{
	const char *there = (const char *)text + at;
	const struct map_text *k = key;

	return strncmp(there, k->text, k->len) == 0 && there[k->len] == '\0';
}

enum status
ids_add(struct ids *s, const char *id, size_t len)
{
	size_t begin = s->text.len;

	if (ids_has(s, id, len))
		return ST_OK;
	buf_add(&s->text, id, len);
	buf_addc(&s->text, '\0');
	if (buf_status(&s->text) == ST_OK && begin < MAP_NONE && map_add(&s->begins, hash_bytes(id, len), (uint32_t)begin) == ST_OK)
		return ST_OK;
	s->text.len = begin;
	return ST_NOMEM;
}

bool
ids_has(const struct ids *s, const char *id, size_t len)
{
	return map_find(&s->begins, hash_bytes(id, len), is_id, s->text.data, &(struct map_text){ id, len }) != MAP_NONE;
}

const char *
ids_next(const struct ids *s, size_t *at)
{
	const char *id = s->text.data + *at;

	if (*at >= s->text.len)
		return NULL;
	*at += strlen(id) + 1;
	return id;
}
