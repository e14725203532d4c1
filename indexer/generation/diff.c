/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/generation/diff.h"

#include <string.h>

#include "engine/store/row.h"
#include "engine/store/schema.h"
#include "engine/xapian/xap.h"

#define STALE_TRIES 1000   /* in a row: commits come a few times a second */

/* One of the two lists, as terms of ids. */
struct list {
	struct xap_db *db;
	struct xap_terms *terms;
	const char *term;          /* NULL: at its end */
	size_t len;
};

struct diff {
	struct store *store;
	struct list old, new;
	diff_fn *fn;
	void *arg;
	struct buf next;           /* the least term that was not dealt with */
	uint64_t done;             /* terms that were */
	struct buf value;
};

static enum status
step(struct list *l, struct error *err)
{
	uint32_t freq;

	return xap_terms_next(l->terms, &l->term, &l->len, &freq, err);
}

static enum status
begin_list(struct list *l, const struct buf *from, struct error *err)
{
	enum status st;

	xap_terms_free(l->terms);
	st = xap_terms_open(&l->terms, l->db, PREFIX_ID, strlen(PREFIX_ID), err);
	if (st == ST_OK && from->len > 0)
		st = xap_terms_skip(l->terms, from->data, from->len, err);
	return st == ST_OK ? step(l, err) : st;
}

static enum status
find(const struct list *l, const char *term, size_t len, uint32_t *docid, struct error *err)
{
	enum status st = xap_db_posting(l->db, term, len, 0, docid, err);

	return st == ST_NOTFOUND ? error_set(err, ST_CORRUPT, "an id without its article") : st;
}

static enum status
read_hash(struct diff *d, const struct list *l, const char *term, size_t len, uint32_t *docid, uint64_t *hash,
	  struct error *err)
{
	struct content c;
	enum status st = find(l, term, len, docid, err);

	buf_clear(&d->value);
	if (st == ST_OK)
		st = xap_db_value(l->db, *docid, SLOT_CONTENT, &d->value, err);
	if (st == ST_OK && row_unpack_content(buf_str(&d->value), d->value.len, &c) != ST_OK)
		c.hash = 0;    /* damaged: as good as changed */
	*hash = c.hash;
	return st;
}

/* Deals with the lesser of the two terms, or with both if they are the same. */
static enum status
compare(struct diff *d, int order, struct error *err)
{
	const struct list *l = order > 0 ? &d->new : &d->old;
	const size_t skip = strlen(PREFIX_ID);
	uint32_t docid = 0, other;
	uint64_t hash = 0, now = 0;
	enum change_kind kind = CHANGE_CHANGED;
	enum status st = ST_OK;

	if (order > 0) {
		kind = CHANGE_ADDED;
	} else if (order < 0) {
		kind = CHANGE_REMOVED;
		st = find(&d->old, l->term, l->len, &docid, err);
	} else {
		st = read_hash(d, &d->old, l->term, l->len, &docid, &hash, err);
		if (st == ST_OK)
			st = read_hash(d, &d->new, l->term, l->len, &other, &now, err);
	}
	if (st == ST_OK && (order != 0 || hash != now))
		st = d->fn(d->arg, kind, l->term + skip, l->len - skip, docid, err);
	return st;
}

static int
order_of(const struct list *a, const struct list *b)
{
	size_t len = a->len < b->len ? a->len : b->len;
	int c;

	if (a->term == NULL || b->term == NULL)
		return a->term == NULL ? 1 : -1;
	c = memcmp(a->term, b->term, len);
	return c != 0 ? c : a->len < b->len ? -1 : a->len > b->len;
}

static enum status
one(struct diff *d, struct error *err)
{
	int order = order_of(&d->old, &d->new);
	const struct list *l = order > 0 ? &d->new : &d->old;
	enum status st = compare(d, order, err);

	if (st != ST_OK)
		return st;
	d->done++;
	/* Right behind it in the order of bytes. */
	buf_clear(&d->next);
	buf_add(&d->next, l->term, l->len);
	buf_addc(&d->next, '\0');
	st = buf_status(&d->next) == ST_OK ? ST_OK : error_nomem(err);
	if (st == ST_OK && order >= 0)
		st = step(&d->new, err);
	if (st == ST_OK && order <= 0)
		st = step(&d->old, err);
	return st;
}

static enum status
both(struct diff *d, struct error *err)
{
	enum status st;

	d->old.db = d->store->db;
	st = begin_list(&d->old, &d->next, err);
	if (st == ST_OK)
		st = begin_list(&d->new, &d->next, err);
	while (st == ST_OK && (d->old.term != NULL || d->new.term != NULL))
		st = one(d, err);
	return st;
}

/* Back to where it was, at the newest commit. */
static enum status
catch_up(struct diff *d, uint64_t rev, enum status why, unsigned *still, struct error *err)
{
	const struct error before = *err;
	enum status st;

	xap_terms_free(d->old.terms);   /* of the database that goes */
	d->old.terms = NULL;
	st = store_reload(d->store, err);
	if (st == ST_OK && why == ST_STALE && store_overtaken(d->store, rev, still, err) == ST_CORRUPT)
		return ST_CORRUPT;
	/* What seemed damaged may have been written anew while it was read; else it is. */
	if (st == ST_OK && why == ST_CORRUPT && d->store->manifest.rev == rev)
		st = error_set(err, why, "%s", before.text);
	return st;
}

enum status
diff_walk(struct store *old, struct xap_db *new, diff_fn *fn, void *arg, struct error *err)
{
	struct diff d = { .store = old, .new = { .db = new }, .fn = fn, .arg = arg };
	enum status st, again;
	unsigned still = 0;
	int tries = 0;

	for (;;) {
		uint64_t done = d.done;
		uint64_t rev = old->manifest.rev;
		struct error why;

		st = both(&d, &why);
		if (d.done != done)
			still = 0;
		if ((st != ST_STALE && st != ST_CORRUPT) || (tries = d.done == done ? tries + 1 : 0) > STALE_TRIES) {
			if (st != ST_OK)
				error_set(err, st, "%s", why.text);
			break;
		}
		again = catch_up(&d, rev, st, &still, &why);
		if (again != ST_OK) {
			st = error_set(err, again, "%s", why.text);
			break;
		}
	}
	xap_terms_free(d.old.terms);
	xap_terms_free(d.new.terms);
	buf_fini(&d.next);
	buf_fini(&d.value);
	return st;
}
