/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/update/prune.h"

#include <stdlib.h>
#include <string.h>

#include "engine/store/row.h"
#include "engine/store/schema.h"

/* Removals of one commit. */
#define COMMIT_REMOVALS 1000

struct prune {
	struct session *s;
	const struct seen *came;
	bool *ours;           /* by the number of the origin */
	uint32_t n;
	struct buf gone;      /* id and origin, each with a NUL byte */
	struct buf value;
};

/* Which origins are to be looked at; *ANY: whether there are such. */
static enum status
choose(struct prune *p, const struct origins_under *under, const struct origins_under *cut, bool *any, struct error *err)
{
	const struct origins *o = &p->s->origins;
	uint32_t i;

	*any = false;
	free(p->ours);
	p->n = o->n;
	p->ours = calloc((size_t)p->n + 1, sizeof(*p->ours));
	if (p->ours == NULL)
		return error_nomem(err);
	for (i = 1; i <= p->n; i++) {
		p->ours[i] = origins_under(under, origins_path(o, i)) && !origins_under(cut, origins_path(o, i));
		*any = *any || p->ours[i];
	}
	return ST_OK;
}

/* Notes the article DOCID if it is to go. */
static enum status
look_at(struct prune *p, uint32_t docid, struct error *err)
{
	struct xap_db *db = p->s->store->db;
	struct content content;
	struct row row;
	enum status st;

	buf_clear(&p->value);
	st = xap_db_value(db, docid, SLOT_CONTENT, &p->value, err);
	if (st != ST_OK || row_unpack_content(buf_str(&p->value), p->value.len, &content) != ST_OK ||
	    content.origin > p->n || !p->ours[content.origin])
		return st;
	buf_clear(&p->value);
	st = xap_db_value(db, docid, SLOT_ROW, &p->value, err);
	if (st != ST_OK || row_unpack(buf_str(&p->value), p->value.len, &row) != ST_OK ||
	    seen_has(p->came, row.id, row.id_len))
		return st;
	buf_add(&p->gone, row.id, row.id_len);
	buf_addc(&p->gone, '\0');
	buf_adds(&p->gone, origins_path(&p->s->origins, content.origin));
	buf_addc(&p->gone, '\0');
	return buf_status(&p->gone) == ST_OK ? ST_OK : error_nomem(err);
}

/* Goes through all articles. Commits of others may overtake that: it goes on where it was, as document
 * numbers stay; only another generation has others. An article that is overtaken though nobody commits is damaged. */
static enum status
look_for_gone(struct prune *p, const struct origins_under *under, const struct origins_under *cut, struct error *err)
{
	uint32_t docid = 0, gen = 0, at;
	bool any = true, stale = false;
	unsigned still = 0;
	uint64_t rev;
	enum status st;

	for (;;) {
		rev = p->s->store->manifest.rev;
		st = session_reload(p->s, err);
		if (st == ST_OK && stale && store_overtaken(p->s->store, rev, &still, err) == ST_CORRUPT)
			st = ST_CORRUPT;
		if (st == ST_OK && p->s->store->manifest.generation != gen) {
			gen = p->s->store->manifest.generation;
			docid = 0;
			buf_clear(&p->gone);
		}
		if (st == ST_OK)
			st = choose(p, under, cut, &any, err);
		if (st != ST_OK || !any)
			return st;
		while (st == ST_OK) {
			st = xap_db_posting(p->s->store->db, "", 0, docid, &at, err);
			if (st == ST_OK)
				st = look_at(p, at, err);
			if (st == ST_OK) {
				docid = at;
				still = 0;
			}
		}
		if (st != ST_STALE)
			return st == ST_NOTFOUND ? ST_OK : st;
		stale = true;
	}
}

static enum status
remove_gone(struct prune *p, uint64_t *removed, struct error *err)
{
	enum status st = ST_OK;
	size_t at = 0;

	while (at < p->gone.len && st == ST_OK) {
		uint64_t n = 0, i;

		st = session_lock(p->s, err);
		for (i = 0; i < COMMIT_REMOVALS && at < p->gone.len && st == ST_OK; i++) {
			const char *id = p->gone.data + at, *origin = id + strlen(id) + 1;
			bool was_there;

			/* It may have come from elsewhere meanwhile. */
			st = writer_remove(p->s->writer, id, origin, &was_there, err);
			n += st == ST_OK && was_there;
			at += strlen(id) + strlen(origin) + 2;
		}
		if (st == ST_OK)
			st = session_commit(p->s, err);
		if (st == ST_OK)
			*removed += n;
	}
	return st;
}

enum status
prune_run(struct session *s, const struct origins_under *under, const struct origins_under *cut,
	  const struct seen *came, uint64_t *removed, struct error *err)
{
	struct prune p = { .s = s, .came = came };
	enum status st = ST_OK;

	if (!origins_under_unknown(cut))
		st = look_for_gone(&p, under, cut, err);
	if (st == ST_OK)
		st = remove_gone(&p, removed, err);
	free(p.ours);
	buf_fini(&p.gone);
	buf_fini(&p.value);
	return st;
}
