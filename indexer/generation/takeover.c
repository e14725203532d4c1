/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/generation/takeover.h"

#include <string.h>

#include "base/log.h"
#include "engine/store/schema.h"
#include "indexer/generation/diff.h"
#include "indexer/generation/stored.h"

#define STALE_TRIES 1000     /* a round is repeated when a commit overtakes it; commits come a few times a second */
#define COMMIT_EVERY 1000    /* articles held in memory */

/* Loads what came with the newest commit, too; another commit may overtake that. */
static enum status
load_origins(struct takeover *t, struct error *err)
{
	enum status st = origins_load(&t->origins, t->store->db, err);
	unsigned still = 0;

	while (st == ST_STALE) {
		uint64_t rev = t->store->manifest.rev;

		st = store_reload(t->store, err);
		if (st == ST_OK)
			st = store_overtaken(t->store, rev, &still, err);
		if (st == ST_STALE)
			st = origins_load(&t->origins, t->store->db, err);
	}
	return st;
}

enum status
takeover_begin(struct takeover *t, struct maker *maker, struct error *why, struct error *err)
{
	enum status st;

	memset(t, 0, sizeof(*t));
	memset(why, 0, sizeof(*why));
	t->maker = maker;
	article_init(&t->article);
	origins_init(&t->origins);
	st = store_open_texts(&t->store, maker->index, why);
	if (st == ST_OK)
		st = load_origins(t, why);
	if (st == ST_OK) {
		t->rev = t->store->manifest.rev;
		return ST_OK;
	}
	store_free(t->store);
	t->store = NULL;
	if (st == ST_NOTFOUND)
		why->status = ST_OK;
	if (st == ST_NOTFOUND || st == ST_CORRUPT || st == ST_VERSION)
		return ST_OK;
	return error_set(err, st, "%s", why->text);
}

enum status
takeover_origin(struct takeover *t, struct origins *new, struct article *a, struct error *err)
{
	const char *path = origins_path(&t->origins, a->origin);
	enum status st;

	/* The origin may have come with a commit since. */
	if (path == NULL) {
		st = origins_load(&t->origins, t->store->db, err);
		if (st != ST_OK)
			return st;
		path = origins_path(&t->origins, a->origin);
	}
	st = origins_number(new, path != NULL ? path : "", &a->origin);
	return st == ST_OK ? ST_OK : error_nomem(err);
}

void
takeover_from_copy(struct takeover *t, const struct manifest *m)
{
	t->rev = t->copied = m->rev;
	t->floor = m->journal_floor;
	t->entries = m->journal_entries;
}

void
takeover_fini(struct takeover *t)
{
	store_free(t->store);
	t->store = NULL;
	origins_fini(&t->origins);
	ids_fini(&t->touched);
	journal_entry_free(t->entry);
	t->entry = NULL;
	buf_fini(&t->doubt);
	buf_fini(&t->work);
	article_fini(&t->article);
}

/* Brings t->store to the newest commit of the generation that is in use now. */
static enum status
refresh(struct takeover *t, struct error *err)
{
	const char *index = t->maker->index;
	struct error why;
	uint32_t gen;
	enum status st;

	if (t->store != NULL && store_current(index, &gen, NULL) == ST_OK && gen == t->store->manifest.generation) {
		st = store_reload(t->store, err);
		return st == ST_OK ? load_origins(t, err) : st;
	}
	store_free(t->store);
	t->store = NULL;
	origins_fini(&t->origins);
	origins_init(&t->origins);
	st = store_open_texts(&t->store, index, &why);
	if (st == ST_OK)
		return load_origins(t, err);
	if (st == ST_NOTFOUND || st == ST_CORRUPT || st == ST_VERSION)
		return ST_OK;
	return error_set(err, st, "%s", why.text);
}

/* Whether WHAT (an id, or "journal") seems damaged for the first time: a commit may have written it anew meanwhile. */
static bool
doubtful(struct takeover *t, const char *what, size_t len)
{
	if (t->doubt.len == len && memcmp(buf_str(&t->doubt), what, len) == 0)
		return false;
	buf_clear(&t->doubt);
	buf_add(&t->doubt, what, len);
	return buf_status(&t->doubt) == ST_OK;
}

enum status
takeover_article(struct takeover *t, uint32_t docid, const char *id, size_t len, struct error *err)
{
	enum status st = stored_article(t->store, docid, &t->work, &t->article, err);

	if (st == ST_CORRUPT && doubtful(t, id, len))
		st = error_set(err, ST_STALE, "%.*s: to be read again", (int)len, id);
	return st;
}

/* ---- which articles to copy ---- */

struct pending { const struct target *target; struct ids ids; };

static enum status
note(void *arg, enum change_kind kind, const char *id, size_t len, uint32_t docid, struct error *err)
{
	struct pending *p = arg;

	(void)docid;
	/* The target keeps articles that it alone has, unless it is to hold the same contents. */
	if (kind == CHANGE_ADDED && !p->target->same)
		return ST_OK;
	return ids_add(&p->ids, id, len) == ST_OK ? ST_OK : error_nomem(err);
}

static enum status
read_journal(struct takeover *t, struct pending *p, struct error *err)
{
	struct journal *j = NULL;
	struct change c;
	bool got = true;
	enum status st = journal_open(&j, t->store->db, &t->store->manifest, t->rev, err);

	while (st == ST_OK) {
		st = journal_next(j, &c, &got, err);
		if (st != ST_OK || !got)
			break;
		st = note(p, c.kind == CHANGE_ADDED ? CHANGE_CHANGED : c.kind, c.id, c.id_len, 0, err);
	}
	journal_free(j);
	return st;
}

/* Collects the ids that commits changed since t->rev; where the journal cannot tell them, the ids of all articles that
 * differ. */
static enum status
collect(struct takeover *t, struct writer *w, struct pending *p, struct error *err)
{
	const struct manifest *m = &t->store->manifest;
	size_t at = 0;
	const char *id;
	enum status st = ST_OK;

	while (st == ST_OK && p->target->also != NULL && !t->also_taken && (id = ids_next(p->target->also, &at)) != NULL)
		st = note(p, CHANGE_CHANGED, id, strlen(id), 0, err);
	if (st != ST_OK || m->rev == t->rev || m->format != SCHEMA_FORMAT)
		return st;
	st = read_journal(t, p, err);
	if (st == ST_CORRUPT && doubtful(t, "journal", 7))
		st = ST_STALE;
	if (st == ST_GONE || st == ST_CORRUPT)
		st = diff_walk(t->store, w->view, note, p, err);
	return st;
}

/* ---- copying ---- */

static enum status
take_one(struct takeover *t, struct writer *w, const char *id, struct error *err)
{
	enum writer_result result;
	const char *origin;
	uint32_t docid;
	bool was_there;
	enum status st;

	buf_clear(&t->work);
	schema_term(&t->work, PREFIX_ID, id, strlen(id));
	if (buf_status(&t->work) != ST_OK)
		return error_nomem(err);
	st = xap_db_posting(t->store->db, t->work.data, t->work.len, 0, &docid, err);
	if (st == ST_NOTFOUND)
		return writer_remove(w, id, NULL, &was_there, err);
	if (st == ST_OK)
		st = takeover_article(t, docid, id, strlen(id), err);
	if (st == ST_CORRUPT) {
		log_line(LOG_LEVEL_NOTICE, "%s: article %s is damaged, and was not taken over: %s", t->store->dir, id,
			 err->text);
		return ST_OK;
	}
	if (st != ST_OK)
		return st;
	origin = origins_path(&t->origins, t->article.origin);
	return writer_put(w, &t->article, origin != NULL ? origin : "", &result, err);
}

static enum status
take_all(struct takeover *t, struct writer *w, const struct pending *p, size_t *at, struct error *err)
{
	enum status st = ST_OK;
	const char *id;

	while (st == ST_OK) {
		size_t next = *at;

		id = ids_next(&p->ids, &next);
		if (id == NULL)
			break;
		st = take_one(t, w, id, err);
		if (st == ST_OK && ids_add(&t->touched, id, strlen(id)) != ST_OK)
			st = error_nomem(err);
		if (st == ST_OK) {
			*at = next;
			if (++t->taken % COMMIT_EVERY == 0 && !w->opt.safe)
				st = writer_commit(w, err);
		}
	}
	return st;
}

/* Copies the part of the journal that was not copied yet. The copy of a journal that cannot be read begins anew. */
static enum status
copy_journal(struct takeover *t, struct writer *w, struct error *err)
{
	const struct manifest *m = &t->store->manifest;
	enum status st = ST_OK;

	if (m->format != SCHEMA_FORMAT)
		return ST_OK;
	if (t->copied < m->journal_floor) {
		st = journal_clear(w->db, err);
		t->copied = t->floor = m->journal_floor;
		t->entries = 0;
	}
	if (st == ST_OK && t->copied < m->rev)
		st = journal_copy(t->store->db, w->db, t->copied, &t->entries, err);
	if (st == ST_CORRUPT && doubtful(t, "journal", 7))
		return ST_STALE;
	if (st == ST_CORRUPT) {
		log_line(LOG_LEVEL_NOTICE, "%s: the journal is begun anew: %s", t->store->dir, err->text);
		st = journal_clear(w->db, err);
		t->floor = m->rev;
		t->entries = 0;
	}
	if (st == ST_OK)
		t->copied = m->rev;
	return st;
}

enum status
takeover_round(struct takeover *t, const struct target *n, struct writer *w, uint64_t *count, struct error *err)
{
	struct pending p = { .target = n };
	bool collected = false;
	uint64_t upto = t->rev, rev = 0;
	unsigned still = 0;
	size_t at = 0, before = 0;
	int tries = 0;
	enum status st;

	do {
		st = refresh(t, err);
		if (st != ST_OK || t->store == NULL)
			break;
		if (at != before)
			still = 0;
		if (tries > 0 && store_overtaken(t->store, rev, &still, err) == ST_CORRUPT) {
			st = ST_CORRUPT;
			break;
		}
		before = at;
		rev = t->store->manifest.rev;
		if (!collected) {
			upto = t->store->manifest.rev;
			st = collect(t, w, &p, err);
			collected = st == ST_OK;
		}
		if (st == ST_OK)
			st = take_all(t, w, &p, &at, err);
		if (st == ST_OK)
			st = copy_journal(t, w, err);
	} while (st == ST_STALE && ++tries < STALE_TRIES);
	if (st == ST_OK) {
		t->rev = upto;
		t->also_taken = collected;
	}
	*count = p.ids.begins.n;
	ids_fini(&p.ids);
	return st;
}
