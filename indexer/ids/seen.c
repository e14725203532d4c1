/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/ids/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

void
seen_init(struct seen *s)
{
	memset(s, 0, sizeof(*s));
}

void
seen_fini(struct seen *s)
{
	free(s->slot);
	buf_fini(&s->again);
	seen_init(s);
}

/* 0 is a free slot. */
static uint64_t
hash_id(const char *id, size_t len)
{
	uint64_t h = hash_bytes_wide(id, len);

	return h != 0 ? h : 1;
}

static uint64_t *
find(uint64_t *slot, size_t nslots, uint64_t h)
{
	size_t at = h & (nslots - 1);

	while (slot[at] != 0 && slot[at] != h)
		at = (at + 1) & (nslots - 1);
	return &slot[at];
}

static enum status
grow(struct seen *s)
{
	size_t n = s->nslots ? s->nslots * 2 : 4096, i;
	uint64_t *slot = calloc(n, sizeof(*slot));

	if (slot == NULL)
		return ST_NOMEM;
	for (i = 0; i < s->nslots; i++)
		if (s->slot[i] != 0)
			*find(slot, n, s->slot[i]) = s->slot[i];
	free(s->slot);
	s->slot = slot;
	s->nslots = n;
	return ST_OK;
}

enum status
seen_add(struct seen *s, const char *id, size_t len)
{
	uint64_t h = hash_id(id, len), *at;

	if (s->n * 4 >= s->nslots * 3) {
		enum status st = grow(s);

		if (st != ST_OK)
			return st;
	}
	at = find(s->slot, s->nslots, h);
	if (*at == 0) {
		*at = h;
		s->n++;
		return ST_OK;
	}
	buf_add(&s->again, id, len);
	buf_addc(&s->again, '\0');
	return buf_status(&s->again);
}

bool
seen_has(const struct seen *s, const char *id, size_t len)
{
	return s->nslots > 0 && *find(s->slot, s->nslots, hash_id(id, len)) != 0;
}

const char *
seen_next(const struct seen *s, size_t *at)
{
	const char *id = s->again.data + *at;

	if (*at >= s->again.len)
		return NULL;
	*at += strlen(id) + 1;
	return id;
}
