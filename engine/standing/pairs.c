/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The version before a change stands in the change's entry of the journal. The
 * version after it stands in the entry of the article's next change in the
 * interval; after the article's last change in the interval it is in the index,
 * or, where a later commit has changed the article since, in that commit's entry.
 */
#include "engine/standing/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "engine/store/store.h"

#define DELTA_BYTES 4000000u   /* about the bytes of packed records that a delta is made of */

enum status
pairs_init(struct pairs *v, struct error *err)
{
	*v = (struct pairs){ 0 };
	article_init(&v->article);
	if (zstream_unpacker_new(&v->texts, "", 0) != ST_OK)
		return error_nomem(err);
	return document_builder_new(&v->builder, "", 0, err);
}

void
pairs_fini(struct pairs *v)
{
	document_builder_free(v->builder);
	zstream_unpacker_free(v->texts);
	article_fini(&v->article);
}

void
pairs_drop(struct pairs *v)
{
	delta_fini(&v->delta);
}

static enum status
add_record(struct pairs *v, const char *packed, size_t len, uint32_t *docid, struct error *err)
{
	enum status st = record_unpack(v->texts, packed, len, &v->article, err);

	return st == ST_OK ? delta_add_article(&v->delta, v->builder, &v->article, docid, err) : st;
}

/* Adds the article's version at the end of the interval. */
static enum status
add_last(struct pairs *v, struct searcher *s, struct pair *pair, struct error *err)
{
	const struct changed *c = pair->changed;
	uint32_t docid;
	enum status st;

	if (c->later)
		return c->version != NULL ? add_record(v, c->version, c->version_len, &pair->after, err) : ST_OK;
	st = searcher_find(s, c->id, c->len, &docid, err);
	if (st == ST_NOTFOUND)
		return ST_OK;
	return st == ST_OK ? delta_add_document(&v->delta, s->store->db, docid, &pair->after, err) : st;
}

/* Reads the next changes and adds the version before each; behind an article's last change, the version after, too. */
static enum status
read_changes(struct pairs *v, struct changes *c, struct changes_cursor from, struct searcher *s, struct error *err)
{
	const struct journal_cursor *again;
	const struct changed *changed;
	struct changes_walk walk;
	struct change change;
	size_t bytes = 0;
	enum status st = changes_walk_init(&walk, c, from, s->store->db, &s->store->manifest, err);

	while (st == ST_OK && v->npairs < PAIRS_MAX && bytes < DELTA_BYTES) {
		struct pair *pair = &v->pair[v->npairs];

		st = changes_walk_next(&walk, &change, &changed, &again, err);
		v->end = st == ST_OK && changed == NULL;
		if (st != ST_OK || v->end)
			break;
		bytes += change.former_len;
		*pair = (struct pair){ .changed = changed, .rev = change.rev, .again = again };
		if (again == NULL)
			st = add_last(v, s, pair, err);
		if (st != ST_OK || (again == NULL && pair->after == 0))
			continue;
		if (change.kind != CHANGE_ADDED)
			st = add_record(v, change.former, change.former_len, &pair->before, err);
		v->npairs++;
	}
	if (st == ST_OK)
		v->cursor = changes_walk_tell(&walk);
	changes_walk_fini(&walk);
	return st;
}

static int
by_cursor(const void *a, const void *b)
{
	const struct journal_cursor *x = (*(struct pair *const *)a)->again, *y = (*(struct pair *const *)b)->again;

	if (x->rev != y->rev)
		return x->rev < y->rev ? -1 : 1;
	if (x->chunk != y->chunk)
		return x->chunk < y->chunk ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

/* Adds the versions after all changes whose article the interval changes again, in one pass over the journal. */
static enum status
read_between(struct pairs *v, struct searcher *s, struct error *err)
{
	struct pair *pair[PAIRS_MAX];
	struct journal *j = NULL;
	struct change change;
	size_t i, n = 0;
	bool got;
	enum status st;

	for (i = 0; i < v->npairs; i++)
		if (v->pair[i].again != NULL)
			pair[n++] = &v->pair[i];
	if (n == 0)
		return ST_OK;
	sort(pair, n, sizeof(pair[0]), by_cursor);
	st = journal_open_at(&j, s->store->db, &s->store->manifest, *pair[0]->again, err);
	for (i = 0; i < n && st == ST_OK; i++) {
		const struct changed *c = pair[i]->changed;

		st = journal_skip(j, *pair[i]->again, err);
		if (st == ST_OK)
			st = journal_next(j, &change, &got, err);
		if (st != ST_OK)
			break;
		if (!got || change.id_len != c->len || memcmp(change.id, c->id, c->len) != 0)
			st = error_set(err, ST_INTERNAL, "the journal of changes is not what it was");
		else if (change.kind != CHANGE_ADDED)
			st = add_record(v, change.former, change.former_len, &pair[i]->after, err);
	}
	journal_free(j);
	return st;
}

enum status
pairs_fill(struct pairs *v, struct changes *c, struct changes_cursor from, struct searcher *s,
	   const struct wanted *wanted, struct error *err)
{
	size_t i;
	enum status st = delta_init(&v->delta, wanted, s->store, err);

	document_builder_lexicon(v->builder, s->store->lexicon);
	v->npairs = 0;
	memset(v->owner, 0, sizeof(v->owner));
	if (st == ST_OK)
		st = read_changes(v, c, from, s, err);
	if (st == ST_OK)
		st = read_between(v, s, err);
	if (st != ST_OK)
		return st;
	for (i = 0; i < v->npairs; i++)
		if (v->pair[i].after != 0)
			v->owner[v->pair[i].after] = (uint32_t)i + 1;
	return v->delta.articles > 0 ? delta_complete(&v->delta, err) : ST_OK;
}
