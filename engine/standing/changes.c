/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/standing/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/bisect.h"
#include "base/clock.h"
#include "base/grow.h"
#include "base/hash.h"

#define LOOK_CHANGES 256   /* between two looks at the clock */

void
changes_init(struct changes *c, uint64_t after)
{
	*c = (struct changes){ .after = after };
	arena_init(&c->arena);
	c->begin.at.rev = after + 1;
	c->listed = c->begin;
}

void
changes_fini(struct changes *c)
{
	arena_fini(&c->arena);
	free(c->list);
	free(c->again);
	map_fini(&c->articles);
}

/* ---- the list ---- */

static bool
is_article(const void *list, uint32_t number, const void *key)
{
	const struct changed *e = (const struct changed *)list + number;
	const struct change *change = key;

	return e->len == change->id_len && memcmp(e->id, change->id, e->len) == 0;
}

static struct changed *
find(struct changes *c, const struct change *change)
{
	uint32_t at = map_find(&c->articles, hash_bytes(change->id, change->id_len), is_article, c->list, change);

	return at != MAP_NONE ? &c->list[at] : NULL;
}

struct wanted_change { const struct again *again; uint64_t count; };

static bool
is_earlier(const void *arg, size_t i)
{
	const struct wanted_change *w = arg;

	return w->again[i].count < w->count;
}

/* The link from change number COUNT of the article E to the article's next change; NULL: COUNT is not listed. */
static size_t *
next_of(struct changes *c, struct changed *e, uint64_t count)
{
	size_t at;

	if (count == e->first)
		return &e->again;
	at = bisect(0, c->nagain, is_earlier, &(struct wanted_change){ c->again, count });
	return at < c->nagain && c->again[at].count == count ? &c->again[at].next : NULL;
}

static enum status
add_first(struct changes *c, const struct change *change, uint64_t count, struct error *err)
{
	struct changed *e = grow(c->list, &c->cap, c->n, sizeof(*e));

	if (e == NULL)
		return error_nomem(err);
	c->list = e;
	e += c->n;
	*e = (struct changed){ .id = arena_string(&c->arena, change->id, change->id_len), .len = change->id_len,
			       .first = count, .last = count, .there = change->kind != CHANGE_REMOVED };
	if (e->id == NULL || map_add(&c->articles, hash_bytes(e->id, e->len), (uint32_t)c->n) != ST_OK)
		return error_nomem(err);
	c->n++;
	return ST_OK;
}

/* Adds change number COUNT of the interval; AFTER is where the journal stands behind it. */
static enum status
add(struct changes *c, const struct change *change, struct journal_cursor after, uint64_t count, struct error *err)
{
	struct changed *e = find(c, change);
	struct again *again;
	size_t *link;

	if (e == NULL)
		return add_first(c, change, count, err);
	if (count <= e->last)
		return ST_OK;   /* from a call that failed */
	again = grow(c->again, &c->again_cap, c->nagain, sizeof(*again));
	if (again == NULL)
		return error_nomem(err);
	c->again = again;
	link = next_of(c, e, e->last);
	after.index--;
	again[c->nagain] = (struct again){ .count = count, .at = after };
	*link = ++c->nagain;
	e->last = count;
	e->there = change->kind != CHANGE_REMOVED;
	return ST_OK;
}

enum status
changes_list(struct changes *c, struct xap_db *db, const struct manifest *m, uint64_t end_ns, bool *done,
	     struct error *err)
{
	struct changes_cursor at = c->listed;
	struct journal *j = NULL;
	struct change change;
	bool got = true;
	enum status st = journal_open_at(&j, db, m, at.at, err);

	*done = false;
	if (st == ST_OK && c->rev == 0)
		c->rev = c->looked = m->rev;
	while (st == ST_OK && !*done) {
		st = journal_next(j, &change, &got, err);
		*done = st == ST_OK && (!got || change.rev > c->rev);
		if (st == ST_OK && !*done)
			st = add(c, &change, journal_tell(j), at.count++, err);
		if (at.count % LOOK_CHANGES == 0 && clock_ns() >= end_ns)
			break;
	}
	if (st == ST_OK)
		at.at = journal_tell(j);
	/* A call that fails leaves LISTED as it is: the next one reads the same changes again, and add() knows them. */
	if (st == ST_OK)
		c->listed = at;
	journal_free(j);
	return st;
}

enum status
changes_follow(struct changes *c, struct xap_db *db, const struct manifest *m, struct error *err)
{
	struct journal *j = NULL;
	struct change change;
	struct changed *e;
	bool got = true;
	enum status st;

	if (m->rev == c->looked)
		return ST_OK;
	st = journal_open(&j, db, m, c->looked, err);
	while (st == ST_OK) {
		st = journal_next(j, &change, &got, err);
		if (st != ST_OK || !got)
			break;
		e = find(c, &change);
		if (e == NULL || !e->there || e->later)
			continue;
		if (change.kind != CHANGE_ADDED) {
			e->version = arena_string(&c->arena, change.former, change.former_len);
			e->version_len = change.former_len;
			if (e->version == NULL)
				st = error_nomem(err);
		}
		e->later = st == ST_OK;
	}
	journal_free(j);
	if (st == ST_OK)
		c->looked = m->rev;
	return st;
}

/* ---- the second reading ---- */

enum status
changes_walk_init(struct changes_walk *w, struct changes *c, struct changes_cursor from, struct xap_db *db,
		  const struct manifest *m, struct error *err)
{
	*w = (struct changes_walk){ .changes = c, .count = from.count };
	return journal_open_at(&w->journal, db, m, from.at, err);
}

void
changes_walk_fini(struct changes_walk *w)
{
	journal_free(w->journal);
}

enum status
changes_walk_next(struct changes_walk *w, struct change *change, const struct changed **out,
		  const struct journal_cursor **again, struct error *err)
{
	struct changes *c = w->changes;
	struct changed *e;
	size_t *next;
	bool got;
	enum status st;

	*out = NULL;
	for (;;) {
		st = journal_next(w->journal, change, &got, err);
		if (st != ST_OK || !got || change->rev > c->rev)
			return st;
		e = find(c, change);
		next = e != NULL ? next_of(c, e, w->count++) : NULL;
		if (next == NULL)
			return error_set(err, ST_INTERNAL, "the journal of changes is not what it was");
		if (e->there && change->kind != CHANGE_REMOVED)
			break;
	}
	*out = e;
	*again = *next != 0 ? &c->again[*next - 1].at : NULL;
	return ST_OK;
}

struct changes_cursor
changes_walk_tell(const struct changes_walk *w)
{
	return (struct changes_cursor){ journal_tell(w->journal), w->count };
}
