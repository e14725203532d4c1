/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/loop/conns.h"

#include <stdlib.h>

bool
conns_init(struct conns *cs, unsigned max)
{
	cs->slot = calloc(max, sizeof(*cs->slot));
	cs->max = cs->slot != NULL ? max : 0;
	return cs->slot != NULL;
}

void
conns_fini(struct conns *cs)
{
	unsigned i;

	for (i = 0; i < cs->max; i++)
		conn_free(cs->slot[i]);
	free(cs->slot);
}

uint64_t
conns_number(struct conns *cs)
{
	unsigned slot = cs->next_slot;

	while (cs->slot[slot] != NULL)
		slot = (slot + 1) % cs->max;
	cs->next_slot = (slot + 1) % cs->max;
	return ++cs->opened * cs->max + slot;
}

void
conns_add_take(struct conns *cs, struct conn *c)
{
	cs->slot[conn_number(c) % cs->max] = c;
	cs->n++;
}

void
conns_drop(struct conns *cs, struct conn *c)
{
	cs->slot[conn_number(c) % cs->max] = NULL;
	cs->n--;
	conn_free(c);
}

struct conn *
conns_find(const struct conns *cs, uint64_t number)
{
	struct conn *c = cs->slot[number % cs->max];

	return c != NULL && conn_number(c) == number ? c : NULL;
}

struct conn *
conns_next(const struct conns *cs, unsigned *at)
{
	while (*at < cs->max) {
		struct conn *c = cs->slot[(*at)++];

		if (c != NULL)
			return c;
	}
	return NULL;
}
