/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/build/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

void
merge_tree_init(struct merge_tree *t, size_t fan_in, size_t last_fan_in)
{
	memset(t, 0, sizeof(*t));
	t->fan_in = fan_in;
	t->last_fan_in = last_fan_in;
}

void
merge_tree_fini(struct merge_tree *t)
{
	free(t->seg);
	t->seg = NULL;
	t->n = t->cap = 0;
}

enum status
merge_tree_add(struct merge_tree *t, uint32_t *name)
{
	struct segment *seg = grow(t->seg, &t->cap, t->n, sizeof(*seg));

	if (seg == NULL)
		return ST_NOMEM;
	t->seg = seg;
	*name = t->next_name++;
	t->seg[t->n++] = (struct segment){ *name, 0, 0, SEGMENT_BUILDING };
	return ST_OK;
}

void
merge_tree_ready(struct merge_tree *t, uint32_t name)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->seg[i].name == name)
			t->seg[i].state = SEGMENT_READY;
}

static void
mark(struct merge_tree *t, size_t at, size_t n, uint32_t *into)
{
	size_t i;

	*into = t->next_name++;
	for (i = at; i < at + n; i++) {
		t->seg[i].state = SEGMENT_MERGING;
		t->seg[i].into = *into;
	}
}

/* A run of fan_in neighbours that are ready, of one level. */
static bool
pick_level(const struct merge_tree *t, size_t *at)
{
	size_t i, run = 0;

	for (i = 0; i < t->n; i++) {
		if (t->seg[i].state != SEGMENT_READY)
			run = 0;
		else if (run > 0 && t->seg[i].level == t->seg[i - 1].level)
			run++;
		else
			run = 1;
		if (run == t->fan_in) {
			*at = i + 1 - run;
			return true;
		}
	}
	return false;
}

/* At the end levels do not count: the run of N that is cheapest to merge, a
 * segment of level L being taken for fan_in to the Lth of shards. */
static bool
pick_cheapest(const struct merge_tree *t, size_t n, size_t *at)
{
	double best = -1;
	size_t i, k;

	for (i = 0; i + n <= t->n; i++) {
		double cost = 0;

		for (k = i; k < i + n && t->seg[k].state == SEGMENT_READY; k++) {
			double size = 1;
			unsigned level;

			for (level = t->seg[k].level; level > 0; level--)
				size *= (double)t->fan_in;
			cost += size;
		}
		if (k == i + n && (best < 0 || cost < best)) {
			best = cost;
			*at = i;
		}
	}
	return best >= 0;
}

/* How many segments there will be once the merges under way are done. */
static size_t
outlook(const struct merge_tree *t)
{
	size_t i, n = 0;

	for (i = 0; i < t->n; i++)
		if (t->seg[i].state != SEGMENT_MERGING || i == 0 ||
		    t->seg[i - 1].state != SEGMENT_MERGING || t->seg[i - 1].into != t->seg[i].into)
			n++;
	return n;
}

bool
merge_tree_pick(struct merge_tree *t, bool closed, size_t *at, size_t *n, uint32_t *into)
{
	size_t left = outlook(t);

	if (left <= t->last_fan_in && closed)
		return false;
	*n = t->fan_in;
	if (!pick_level(t, at)) {
		if (!closed)
			return false;
		if (left - t->last_fan_in + 1 < *n)
			*n = left - t->last_fan_in + 1;
		if (!pick_cheapest(t, *n, at))
			return false;
	}
	mark(t, *at, *n, into);
	return true;
}

void
merge_tree_merged(struct merge_tree *t, uint32_t into)
{
	size_t i, kept = 0;
	bool placed = false;

	for (i = 0; i < t->n; i++) {
		struct segment *s = &t->seg[i];

		if (s->state != SEGMENT_MERGING || s->into != into) {
			t->seg[kept++] = *s;
			continue;
		}
		if (!placed)
			t->seg[kept++] = (struct segment){ into, 0, s->level + 1, SEGMENT_READY };
		else if (s->level + 1 > t->seg[kept - 1].level)
			t->seg[kept - 1].level = s->level + 1;
		placed = true;
	}
	t->n = kept;
}

bool
merge_tree_done(const struct merge_tree *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->seg[i].state != SEGMENT_READY)
			return false;
	return t->n <= t->last_fan_in;
}
