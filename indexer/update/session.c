/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/update/session.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "engine/store/schema.h"
#include "indexer/generation/compact.h"
#include "indexer/generation/generation.h"
#include "indexer/system/home.h"
#include "indexer/system/lock.h"
#include "indexer/update/first.h"

/* session_find may read a state that is so old. */
#define LOOK_NS 1000000000u
/* How often in a row a commit may overtake a look. */
#define FIND_TRIES 100

/* Opens the generation in use, which may be another generation than s->store has. */
static enum status
open_store(struct session *s, struct error *err)
{
	struct store *store;
	enum status st = store_open(&store, s->index, err);

	if (st != ST_OK)
		return st;
	store_free(s->store);
	s->store = store;
	origins_fini(&s->origins);
	return ST_OK;
}

static enum status
look(struct session *s, struct error *err)
{
	uint32_t gen;
	enum status st = store_current(s->index, &gen, err);

	if (st == ST_OK && s->store != NULL && gen == s->store->manifest.generation)
		st = store_reload(s->store, err);
	else if (st == ST_OK)
		st = open_store(s, err);
	if (st == ST_OK)
		st = origins_load(&s->origins, s->store->db, err);
	if (st == ST_OK)
		s->done = s->store->manifest;
	s->looked_ns = clock_ns();
	return st;
}

/* Of a state that was overtaken by two commits parts are gone: the next one has all. */
enum status
session_reload(struct session *s, struct error *err)
{
	uint64_t rev = s->store != NULL ? s->store->manifest.rev : 0;
	enum status st = look(s, err);
	unsigned still = 0;
	int i;

	for (i = 0; i < FIND_TRIES && st == ST_STALE && s->store != NULL; i++) {
		st = store_overtaken(s->store, rev, &still, err);
		rev = s->store->manifest.rev;
		if (st == ST_STALE)
			st = look(s, err);
	}
	return st;
}

enum status
session_look(struct session *s, struct error *err)
{
	return clock_ns() - s->looked_ns < LOOK_NS ? ST_OK : session_reload(s, err);
}

enum status
session_begin(struct session *s, const char *index, unsigned wait_ms, const struct lexicons *lexicons,
	      const char *const *paths, size_t n, struct error *err)
{
	uint32_t gen;
	enum status st = ST_OK;

	memset(s, 0, sizeof(*s));
	s->index = index;
	s->lock = -1;
	origins_init(&s->origins);
	if (n == 0)
		st = store_current(index, &gen, err);
	if (st == ST_OK)
		st = home_enter(index, err);
	s->cannot_create = n > 0 && (st == ST_IO || st == ST_NOTFOUND || st == ST_INVALID);
	if (st == ST_OK)
		st = lock_index(index, wait_ms, &s->lock, err);
	if (st != ST_OK)
		return st;
	/* Remove folders of dead processes, and generations without readers; what fails now is removed later. */
	if (store_current(index, &gen, NULL) == ST_OK)
		(void)!generation_sweep(index, gen, NULL);
	close(s->lock);
	s->lock = -1;
	if (n > 0)
		st = first_generation(index, lexicons, paths, n, err);
	return st == ST_OK ? session_reload(s, err) : st;
}

void
session_end(struct session *s)
{
	session_drop(s);
	store_free(s->store);
	s->store = NULL;
	origins_fini(&s->origins);
	buf_fini(&s->work);
}

static enum status
find_once(struct session *s, const char *id, struct content *content, bool *found, struct error *err)
{
	uint32_t docid;
	enum status st;

	buf_clear(&s->work);
	schema_term(&s->work, PREFIX_ID, id, strlen(id));
	if (buf_status(&s->work) != ST_OK)
		return error_nomem(err);
	st = xap_db_posting(s->store->db, s->work.data, s->work.len, 0, &docid, err);
	*found = st == ST_OK;
	if (st == ST_NOTFOUND)
		return ST_OK;
	buf_clear(&s->work);
	if (st == ST_OK)
		st = xap_db_value(s->store->db, docid, SLOT_CONTENT, &s->work, err);
	/* A damaged one is like none. */
	if (st == ST_OK && row_unpack_content(buf_str(&s->work), s->work.len, content) != ST_OK)
		*found = false;
	return st;
}

enum status
session_find(struct session *s, const char *id, struct content *content, bool *found, struct error *err)
{
	enum status st = find_once(s, id, content, found, err);
	unsigned still = 0;
	int i;

	for (i = 0; i < FIND_TRIES && st == ST_STALE; i++) {
		uint64_t rev = s->store->manifest.rev;

		st = session_reload(s, err);
		if (st == ST_OK)
			st = store_overtaken(s->store, rev, &still, err);
		if (st == ST_STALE)
			st = find_once(s, id, content, found, err);
	}
	return st;
}

static void
sleep_until(uint64_t ns)
{
	uint64_t now = clock_ns();
	struct timespec left;

	if (ns <= now)
		return;
	left = (struct timespec){ (time_t)((ns - now) / 1000000000u), (long)((ns - now) % 1000000000u) };
	nanosleep(&left, NULL);
}

enum status
session_lock(struct session *s, struct error *err)
{
	enum status st;

	if (s->committed_ns > 0)
		sleep_until(s->committed_ns + SESSION_GAP_NS);
	st = lock_index(s->index, LOCK_PATIENCE_MS, &s->lock, err);

	if (st == ST_OK)
		st = look(s, err);
	if (st == ST_OK) {
		const struct writer_options opt = {
			.dir = s->store->dir, .dict = buf_str(&s->store->dict), .dict_len = s->store->dict.len,
			.state = &s->store->manifest, .origins = &s->origins, .journal = true, .safe = true,
		};

		st = writer_open(&s->writer, &opt, err);
	}
	if (st != ST_OK)
		session_drop(s);
	return st;
}

static void
let_go(struct session *s)
{
	writer_free(s->writer);
	s->writer = NULL;
	if (s->lock >= 0)
		close(s->lock);
	s->lock = -1;
}

enum status
session_commit(struct session *s, struct error *err)
{
	struct manifest made;
	enum status st = ST_OK;

	if (s->writer->changed) {
		st = writer_commit(s->writer, err);
		s->changed = s->changed || st == ST_OK;
	}
	made = s->writer->state;
	/* Generations that readers held when another took their place; if not now, then with a later commit. */
	if (st == ST_OK && generation_sweep(s->index, made.generation, NULL) != ST_OK)
		log_line(LOG_LEVEL_DEBUG, "%s: old generations stay for now", s->index);
	if (st != ST_OK || s->origins.saved < s->origins.n)
		session_drop(s);
	else
		let_go(s);
	s->committed_ns = clock_ns();
	if (st == ST_OK)
		st = session_reload(s, err);
	/* Others may have committed since. */
	s->done = made;
	return st;
}

void
session_compact(const struct session *s, bool quiet, struct reportfile *reportfile)
{
	struct error err;

	if (!s->changed || compact_if_it_pays(s->index, quiet, &err) == ST_OK)
		return;
	log_line(LOG_LEVEL_NOTICE, "not compacted: %s", err.text);
	reportfile_error(reportfile, "not compacted: %s", err.text);
}

void
session_drop(struct session *s)
{
	/* Numbers may have been given that are not in the database. */
	if (s->writer != NULL) {
		origins_fini(&s->origins);
		s->looked_ns = 0;
	}
	let_go(s);
}
