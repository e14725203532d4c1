/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/ids/ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

void
ids_fini(struct ids *s)
{
	free(s->slot);
	buf_fini(&s->text);
	memset(s, 0, sizeof(*s));
}

/* Where ID is in the table, or would be. */
static size_t *
find(const struct ids *s, size_t *slot, size_t nslots, const char *id, size_t len)
{
	size_t at = hash_bytes(id, len) & (nslots - 1);

	for (; slot[at] != 0; at = (at + 1) & (nslots - 1)) {
		const char *there = s->text.data + slot[at] - 1;

		if (strncmp(there, id, len) == 0 && there[len] == '\0')
			break;
	}
	return &slot[at];
}

static enum status
grow(struct ids *s)
{
	size_t n = s->nslots ? s->nslots * 2 : 256, i;
	size_t *slot = calloc(n, sizeof(*slot));

	if (slot == NULL)
		return ST_NOMEM;
	for (i = 0; i < s->nslots; i++)
		if (s->slot[i] != 0) {
			const char *id = s->text.data + s->slot[i] - 1;

			*find(s, slot, n, id, strlen(id)) = s->slot[i];
		}
	free(s->slot);
	s->slot = slot;
	s->nslots = n;
	return ST_OK;
}

enum status
ids_add(struct ids *s, const char *id, size_t len)
{
	size_t *at, begin = s->text.len;
	enum status st = s->n * 4 >= s->nslots * 3 ? grow(s) : ST_OK;

	if (st != ST_OK)
		return st;
	at = find(s, s->slot, s->nslots, id, len);
	if (*at != 0)
		return ST_OK;
	buf_add(&s->text, id, len);
	buf_addc(&s->text, '\0');
	st = buf_status(&s->text);
	if (st == ST_OK) {
		*at = begin + 1;
		s->n++;
	}
	return st;
}

bool
ids_has(const struct ids *s, const char *id, size_t len)
{
	return s->n > 0 && *find(s, s->slot, s->nslots, id, len) != 0;
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
