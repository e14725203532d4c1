/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/search/searcher.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "engine/store/schema.h"
#include "engine/xapian/deadline.h"

#define STALE_TRIES 1000         /* a limit for searches without a deadline */
#define STEADY_TRIES 3           /* tries for an answer during which no commit came; then it is given all the same */

/* Opens the current generation and moves S to it; on failure S stays as it was. */
static enum status
open_current(struct searcher *s, struct error *err)
{
	struct xap_enquire *enquire = NULL;
	char *commit = NULL;
	struct store *store = NULL;
	enum status st = store_open_quick(&store, s->index, err);

	if (st != ST_OK)
		return st;
	commit = file_join(store->dir, STAMP_COMMIT_FILE);
	if (commit == NULL)
		st = error_nomem(err);
	if (st == ST_OK)
		st = xap_enquire_new(&enquire, store->db, err);
	if (st != ST_OK) {
		free(commit);
		store_free(store);
		return st;
	}
	xap_enquire_free(s->enquire);
	store_free(s->store);
	free(s->commit_path);
	s->store = store;
	store->vocabularies = vocabularies_hold(s->vocabularies);
	s->enquire = enquire;
	s->commit_path = commit;
	/* The next refresh compares anew: a commit may have come since the files were opened. */
	s->commit = (struct stamp){ 0, 0, 0 };
	return ST_OK;
}

/* Opens all tables anew after a commit: Xapian's reopen, if it failed half-way, would
 * leave tables of different states behind. */
static enum status
follow_commits(struct searcher *s, bool *moved, struct error *err)
{
	uint64_t before = s->store->manifest.rev;
	struct stamp now = s->commit;
	enum status st;

	*moved = false;
	if (!stamp_changed(s->commit_path, &now))
		return ST_OK;
	st = open_current(s, err);
	if (st == ST_OK)
		s->commit = now;   /* taken before the tables were opened, so that the next refresh sees later commits */
	*moved = st == ST_OK && s->store->manifest.rev != before;
	return st;
}

enum status
searcher_refresh(struct searcher *s, bool *moved, struct error *err)
{
	const struct stamp before = s->current;
	enum status st;

	*moved = false;
	if (stamp_changed(s->current_path, &s->current)) {
		st = open_current(s, err);
		if (st != ST_OK) {
			/* the next refresh tries again: memory, descriptors or a repair may be there by then */
			s->current = before;
			return st;
		}
		*moved = true;
	}
	if (*moved)
		return follow_commits(s, &(bool){ false }, err);
	return follow_commits(s, moved, err);
}

enum status
searcher_new(struct searcher **out, const char *index, struct error *err)
{
	struct searcher *s = calloc(1, sizeof(*s));
	enum status st = ST_NOMEM;
	bool moved;

	*out = NULL;
	if (s == NULL)
		return error_nomem(err);
	arena_init(&s->arena);
	s->index = strdup(index);
	s->current_path = file_join(index, STORE_CURRENT);
	if (s->index == NULL || s->current_path == NULL) {
		error_nomem(err);
		goto out;
	}
	s->current = stamp_take(s->current_path);
	st = vocabularies_new(&s->vocabularies, err);
	if (st == ST_OK)
		st = open_current(s, err);
	if (st == ST_OK)
		st = follow_commits(s, &moved, err);
	if (st == ST_OK)
		st = analyser_new(&s->an, err);
	if (st == ST_OK)
		st = snippet_maker_new(&s->snippets, err);
out:
	if (st == ST_OK)
		*out = s;
	else
		searcher_free(s);
	return st;
}

void
searcher_free(struct searcher *s)
{
	if (s == NULL)
		return;
	explain_tree_free(s->tree);
	quote_reader_free(s->quotes);
	snippet_maker_free(s->snippets);
	analyser_free(s->an);
	xap_enquire_free(s->enquire);
	store_free(s->store);
	vocabularies_release(s->vocabularies);
	arena_fini(&s->arena);
	buf_fini(&s->value);
	buf_fini(&s->data);
	free(s->current_path);
	free(s->commit_path);
	free(s->index);
	free(s);
}

enum status
searcher_sound(const char *index, struct error *err)
{
	struct store *store = NULL;
	enum status st = store_open(&store, index, err);

	store_free(store);
	return st;
}

void
searcher_share(struct searcher *s, const struct searcher *with)
{
	struct vocabularies *vs = vocabularies_hold(with->vocabularies);

	vocabulary_release(s->store->words);
	s->store->words = NULL;
	vocabularies_release(s->store->vocabularies);
	s->store->vocabularies = vocabularies_hold(vs);
	vocabularies_release(s->vocabularies);
	s->vocabularies = vs;
}

static enum status
prepare_body(struct searcher *s, void *arg, struct error *err)
{
	const struct vocabulary *words;
	enum status st = store_words(s->store, &words, err);

	(void)arg;
	/* a search does without the damaged words, and says so */
	return st == ST_CORRUPT ? ST_OK : st;
}

enum status
searcher_prepare(struct searcher *s, struct error *err)
{
	return searcher_try(s, NULL, prepare_body, NULL, err);
}

const struct manifest *
searcher_manifest(const struct searcher *s)
{
	return &s->store->manifest;
}

bool
searcher_overtaken(const struct searcher *s)
{
	struct stamp seen = s->commit;

	return stamp_changed(s->commit_path, &seen);
}

enum status
searcher_try(struct searcher *s, const struct xap_deadline *deadline,
	     enum status (*body)(struct searcher *s, void *arg, struct error *err),
	     void *arg, struct error *err)
{
	enum status st;
	bool moved;
	unsigned still = 0;
	int i;

	for (i = 0; i < STALE_TRIES; i++) {
		const uint32_t generation = s->store->manifest.generation;
		const uint64_t rev = s->store->manifest.rev;

		st = body(s, arg, err);
		/* Xapian notices a block that was overwritten before the read, but not
		 * one that is overwritten during the read. So an answer is sure only
		 * when no commit came meanwhile, and so is damage. */
		if (st == ST_OK ? i >= STEADY_TRIES || !searcher_overtaken(s) :
		    st != ST_STALE && !(st == ST_CORRUPT && searcher_overtaken(s)))
			return st;
		st = deadline_check(deadline, err);
		s->commit = (struct stamp){ 0, 0, 0 };
		if (st == ST_OK)
			st = follow_commits(s, &moved, err);
		if (st != ST_OK)
			return st;
		if (s->store->manifest.generation == generation && store_overtaken(s->store, rev, &still, err) == ST_CORRUPT)
			return ST_CORRUPT;
	}
	return error_set(err, ST_STALE, "the index changes faster than it can be read");
}

static enum status
count_body(struct searcher *s, void *arg, struct error *err)
{
	return xap_db_count(s->store->db, arg, err);
}

enum status
searcher_count(struct searcher *s, uint32_t *articles, struct error *err)
{
	return searcher_try(s, NULL, count_body, articles, err);
}

enum status
searcher_bytes(const struct searcher *s, uint64_t *bytes, struct error *err)
{
	return file_folder_bytes(s->store->dir, bytes, err);
}

enum status
searcher_find(struct searcher *s, const char *id, size_t len, uint32_t *docid, struct error *err)
{
	struct buf term = BUF_INIT;
	enum status st;

	schema_term(&term, PREFIX_ID, id, len);
	st = buf_status(&term);
	if (st == ST_OK)
		st = xap_db_posting(s->store->db, term.data, term.len, 0, docid, err);
	if (st == ST_NOTFOUND)
		error_set(err, st, "no article \"%.*s\"", len < 1000 ? (int)len : 1000, id);
	buf_fini(&term);
	return st;
}

enum status
searcher_article(struct searcher *s, uint32_t docid, const struct xap_deadline *deadline, struct article *out,
		 struct error *err)
{
	struct xap_doc *doc = NULL;
	enum status st = xap_db_document(s->store->db, docid, &doc, err);

	if (st == ST_NOTFOUND)
		st = error_set(err, ST_CORRUPT, "document %u is missing", (unsigned)docid);
	if (st == ST_OK)
		st = store_article(s->store, doc, deadline, out, err);
	xap_doc_free(doc);
	return st;
}

struct get { const char *id; size_t len; const struct xap_deadline *deadline; struct article *out; };

static enum status
get_body(struct searcher *s, void *arg, struct error *err)
{
	struct get *get = arg;
	const struct buf *id = &get->out->field[ART_ID];
	struct error why;
	uint32_t docid;
	enum status st = searcher_find(s, get->id, get->len, &docid, err);

	if (st != ST_OK)
		return st;
	st = searcher_article(s, docid, get->deadline, get->out, &why);
	if (st == ST_OK && (id->len != get->len || memcmp(id->data, get->id, get->len) != 0))
		st = error_set(&why, ST_CORRUPT, "another article is stored in its place");
	if (st != ST_OK)
		return error_set(err, st, "article \"%.*s\": %s", (int)get->len, get->id, why.text);
	return deadline_check(get->deadline, err);
}

enum status
search_get(struct searcher *s, const char *id, size_t len, const struct xap_deadline *deadline, struct article *out,
	   struct error *err)
{
	return searcher_try(s, deadline, get_body, &(struct get){ id, len, deadline, out }, err);
}

enum status
searcher_notes(struct searcher *s, const struct plan *plan, const struct search_note *more, size_t nmore,
	       const struct search_note **out, size_t *n, struct error *err)
{
	size_t i, planned = plan->nnotes;
	struct search_note *notes = arena_alloc(&s->arena, (planned + nmore + 1) * sizeof(*notes));

	if (notes == NULL)
		return error_nomem(err);
	for (i = 0; i < planned; i++) {
		const struct plan_note *from = &plan->notes[i];
		const char *typed = from->typed ? from->typed : "", *text = from->text ? from->text : "";

		notes[i].letter = from->letter;
		notes[i].typed = arena_string(&s->arena, typed, strlen(typed));
		notes[i].text = arena_string(&s->arena, text, strlen(text));
		notes[i].damage = false;
		if (notes[i].typed == NULL || notes[i].text == NULL)
			return error_nomem(err);
	}
	for (i = 0; i < nmore; i++)
		notes[planned + i] = more[i];
	*out = notes;
	*n = planned + nmore;
	return ST_OK;
}
