/* SPDX-License-Identifier: MIT */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 64

void
map_fini(struct map *m)
{
	free(m->slot);
	*m = (struct map){ NULL, 0, 0 };
}

void
map_clear(struct map *m)
{
	if (m->n > 0)
		memset(m->slot, 0, m->nslots * sizeof(*m->slot));
	m->n = 0;
}

static void
put(struct map_slot *slot, size_t nslots, struct map_slot what)
{
	size_t i = what.hash & (nslots - 1);

	while (slot[i].at != 0)
		i = (i + 1) & (nslots - 1);
	slot[i] = what;
}

/* Doubles the slots once three quarters of them are taken. */
static enum status
make_room(struct map *m)
{
	size_t nslots = m->nslots > 0 ? m->nslots * 2 : FIRST_SLOTS, i;
	struct map_slot *slot;

	if (m->n * 4 < m->nslots * 3)
		return ST_OK;
	slot = calloc(nslots, sizeof(*slot));
	if (slot == NULL)
		return ST_NOMEM;
	for (i = 0; i < m->nslots; i++)
		if (m->slot[i].at != 0)
			put(slot, nslots, m->slot[i]);
	free(m->slot);
	m->slot = slot;
	m->nslots = nslots;
	return ST_OK;
}

enum status
map_add(struct map *m, uint32_t hash, uint32_t number)
{
	enum status st = number < MAP_NONE ? make_room(m) : ST_NOMEM;

	if (st != ST_OK)
		return st;
	put(m->slot, m->nslots, (struct map_slot){ hash, number + 1 });
	m->n++;
	return ST_OK;
}
