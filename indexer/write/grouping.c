/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/write/grouping.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/sort.h"
#include "engine/store/neardup.h"
#include "engine/store/dictionary.h"
#include "engine/store/record.h"
#include "engine/store/schema.h"
#include "engine/store/sealed.h"
#include "engine/text/analyse.h"
#include "engine/text/sketch.h"

#define POSTINGS_MAX 64      /* of one hash of a sketch: where there are more it may be a phrase that everybody uses */
#define CANDIDATES_MAX 256
#define COMPARED_MAX 16      /* texts, those with most hashes in common first ... */
#define COMPARED_COMMON 4    /* ... of those that have COMMON_MIN, of which most will do */
#define SHARED_MIN 2         /* hashes of the sketch that a candidate must have in common */
#define COMMON_MIN 6         /* the same, of hashes with more postings: of a text that very many articles have */

struct candidate { uint32_t docid; unsigned shared; };

struct grouping {
	struct xap_wdb *db;
	struct xap_db *view;
	struct zstream_unpacker *texts;
	struct analyser *an;
	struct article article;
	struct sketch own, other;
	struct candidate candidate[CANDIDATES_MAX];
	size_t ncandidates;
	unsigned common;         /* hashes of the article's sketch that have more than POSTINGS_MAX */
	struct neardups members;
	struct buf work;
	bool earlier;            /* only lower numbers are candidates */
};

enum status
grouping_new(struct grouping **out, struct xap_wdb *db, struct xap_db *view, struct zstream_unpacker *texts, struct error *err)
{
	struct grouping *g = calloc(1, sizeof(*g));
	enum status st;

	*out = NULL;
	if (g == NULL)
		return error_nomem(err);
	g->db = db;
	g->view = view;
	g->texts = texts;
	article_init(&g->article);
	sketch_init(&g->own);
	sketch_init(&g->other);
	st = analyser_new(&g->an, err);
	if (st == ST_OK)
		*out = g;
	else
		grouping_free(g);
	return st;
}

void
grouping_free(struct grouping *g)
{
	if (g == NULL)
		return;
	analyser_free(g->an);
	article_fini(&g->article);
	sketch_fini(&g->own);
	sketch_fini(&g->other);
	neardup_fini(&g->members);
	buf_fini(&g->work);
	free(g);
}

/* ---- the candidates ---- */

static void
note_candidate(struct grouping *g, uint32_t docid)
{
	size_t i;

	for (i = 0; i < g->ncandidates && g->candidate[i].docid != docid; i++)
		;
	if (i == CANDIDATES_MAX)
		return;
	if (i == g->ncandidates)
		g->candidate[g->ncandidates++] = (struct candidate){ docid, 0 };
	g->candidate[i].shared++;
}

/* Notes the postings of the hash TERM: with COMMON the first ones of a hash with more than POSTINGS_MAX, else all of a
 * hash with no more. */
static enum status
note_postings(struct grouping *g, uint32_t docid, bool common, const char *term, size_t len, struct error *err)
{
	struct xap_postings *p = NULL;
	uint32_t other, wdf, freq, n;
	enum status st = xap_db_termfreq(g->view, term, len, &freq, err);

	g->common += st == ST_OK && freq > POSTINGS_MAX;
	if (st != ST_OK || freq < 2 || (freq > POSTINGS_MAX) != common)
		return st;
	st = xap_postings_open(&p, g->view, term, len, err);
	for (n = 0; st == ST_OK && n < POSTINGS_MAX; n++) {
		st = xap_postings_next(p, &other, &wdf, err);
		if (st != ST_OK || other == 0)
			break;
		if (other < docid || (other > docid && !g->earlier))
			note_candidate(g, other);
	}
	xap_postings_free(p);
	return st;
}

static int
by_shared(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->shared != y->shared)
		return x->shared < y->shared ? 1 : -1;
	return x->docid < y->docid ? -1 : x->docid > y->docid;
}

/* Finds the documents that share hashes with DOCID's sketch, the most hashes first; COMMON as in note_postings. */
static enum status
find_candidates(struct grouping *g, uint32_t docid, bool common, struct error *err)
{
	struct xap_terms *t = NULL;
	const char *term;
	uint32_t wdf;
	size_t len;
	enum status st = xap_terms_open_doc(&t, g->view, docid, err);

	g->ncandidates = 0;
	g->common = 0;
	if (st == ST_OK)
		st = xap_terms_skip(t, PREFIX_SKETCH, strlen(PREFIX_SKETCH), err);
	while (st == ST_OK) {
		st = xap_terms_next(t, &term, &len, &wdf, err);
		if (st != ST_OK || term == NULL || len != strlen(PREFIX_SKETCH) + SKETCH_CODE ||
		    memcmp(term, PREFIX_SKETCH, strlen(PREFIX_SKETCH)) != 0)
			break;
		buf_clear(&g->work);
		buf_add(&g->work, term, len);
		st = buf_status(&g->work) != ST_OK ? error_nomem(err) :
			note_postings(g, docid, common, g->work.data, len, err);
	}
	xap_terms_free(t);
	sort(g->candidate, g->ncandidates, sizeof(g->candidate[0]), by_shared);
	return st;
}

/* The shingles of a stored text, sorted. *WHOLE = false: it cannot be read, and has no near-duplicates. */
static enum status
read_shingles(struct grouping *g, uint32_t docid, struct sketch *s, bool *whole, struct error *err)
{
	const struct buf *lang = &g->article.field[ART_LANG];
	struct token tok;
	bool got;
	enum status st;

	buf_clear(&g->work);
	sketch_clear(s);
	*whole = false;
	st = xap_db_data(g->view, docid, &g->work, err);
	if (st != ST_OK)
		return st;
	st = record_unpack(g->texts, buf_str(&g->work), g->work.len, &g->article, err);
	if (st != ST_OK)
		return st == ST_CORRUPT ? ST_OK : st;
	st = analyse_begin(g->an, buf_str(&g->article.body), g->article.body.len, buf_str(lang), NULL, err);
	while (st == ST_OK) {
		st = analyse_next(g->an, &tok, &got, err);
		if (st != ST_OK || !got)
			break;
		if (sketch_token(s, &tok) != ST_OK)
			st = error_nomem(err);
	}
	sketch_sort(s);
	*whole = true;
	return st;
}

/* *BEST is DOCID's near-duplicate that shares most with it, among the first MAX candidates that share at least LEAST
 * hashes; 0: there is none. The search ends at a candidate that has all of DOCID's text. */
static enum status
compare(struct grouping *g, uint32_t docid, unsigned least, size_t max, uint32_t *best, struct error *err)
{
	size_t most = 0, shared, i;
	bool whole = false;
	enum status st = ST_OK;

	*best = 0;
	for (i = 0; i < g->ncandidates && i < max && st == ST_OK; i++) {
		if (g->candidate[i].shared < least)
			break;
		if (i == 0)
			st = read_shingles(g, docid, &g->own, &whole, err);
		if (st != ST_OK || !whole)
			break;
		st = read_shingles(g, g->candidate[i].docid, &g->other, &whole, err);
		if (st != ST_OK)
			break;
		if (whole && sketch_alike(&g->own, &g->other) && (shared = sketch_shared(&g->own, &g->other)) > most) {
			most = shared;
			*best = g->candidate[i].docid;
		}
		if (most == g->own.n)
			break;
		whole = true;
	}
	return st;
}

static enum status
best_copy(struct grouping *g, uint32_t docid, uint32_t *best, struct error *err)
{
	enum status st = find_candidates(g, docid, false, err);

	*best = 0;
	if (st == ST_OK)
		st = compare(g, docid, SHARED_MIN, COMPARED_MAX, best, err);
	if (st != ST_OK || *best != 0 || g->common < COMMON_MIN)
		return st;
	st = find_candidates(g, docid, true, err);
	return st == ST_OK ? compare(g, docid, COMMON_MIN, COMPARED_COMMON, best, err) : st;
}

/* ---- the groups ---- */

/* A damaged group is no error: its articles count as alone. */
static enum status
pass_damage(enum status st)
{
	return st == ST_CORRUPT ? ST_OK : st;
}

/* Writes GROUP's list of g->members; an empty one is none. */
static enum status
put_members(struct grouping *g, uint32_t group, struct error *err)
{
	char key[NEARDUP_KEY_MAX];
	size_t i;

	neardup_group_key(key, group);
	buf_clear(&g->work);
	for (i = 0; i < g->members.n; i++)
		buf_addf(&g->work, i > 0 ? " %" PRIu32 : "%" PRIu32, g->members.docid[i]);
	if (buf_status(&g->work) != ST_OK)
		return error_nomem(err);
	return g->members.n == 0 ? xap_wdb_set_metadata(g->db, key, "", 0, err) :
		sealed_put(g->db, key, g->work.data, g->work.len, err);
}

/* Notes that DOCID is of GROUP; 0: of none. */
static enum status
put_group(struct grouping *g, uint32_t docid, uint32_t group, struct error *err)
{
	char key[NEARDUP_KEY_MAX];

	neardup_key(key, docid);
	buf_clear(&g->work);
	buf_addf(&g->work, "%" PRIu32, group);
	if (buf_status(&g->work) != ST_OK)
		return error_nomem(err);
	return group == 0 ? xap_wdb_set_metadata(g->db, key, "", 0, err) :
		sealed_put(g->db, key, g->work.data, g->work.len, err);
}

static enum status
add_member(struct grouping *g, uint32_t docid, struct error *err)
{
	uint32_t *more = grow(g->members.docid, &g->members.cap, g->members.n, sizeof(*more));
	size_t i;

	if (more == NULL)
		return error_nomem(err);
	g->members.docid = more;
	for (i = g->members.n++; i > 0 && more[i - 1] > docid; i--)
		more[i] = more[i - 1];
	more[i] = docid;
	return ST_OK;
}

/* Makes a group of OTHER alone, for DOCID to join; *GROUP is a number that no group has. */
static enum status
begin_group(struct grouping *g, uint32_t other, uint32_t *group, struct error *err)
{
	enum status st = ST_OK;

	for (*group = other; st == ST_OK; ++*group) {
		st = neardup_members(g->view, *group, &g->work, &g->members, err);
		if (st == ST_OK && g->members.n == 0)
			break;
		st = pass_damage(st);
	}
	if (st == ST_OK)
		st = put_group(g, other, *group, err);
	return st == ST_OK ? add_member(g, other, err) : st;
}

enum status
grouping_join(struct grouping *g, uint32_t docid, struct error *err)
{
	uint32_t other, group;
	enum status st = best_copy(g, docid, &other, err);

	if (st != ST_OK || other == 0)
		return st;
	g->members.n = 0;
	st = pass_damage(neardup_group(g->view, other, &g->work, &group, err));
	if (st == ST_OK && group != 0)
		st = pass_damage(neardup_members(g->view, group, &g->work, &g->members, err));
	if (st == ST_OK && g->members.n == 0)
		st = begin_group(g, other, &group, err);
	if (st == ST_OK)
		st = add_member(g, docid, err);
	if (st == ST_OK)
		st = put_group(g, docid, group, err);
	return st == ST_OK ? put_members(g, group, err) : st;
}

enum status
grouping_leave(struct grouping *g, uint32_t docid, struct error *err)
{
	uint32_t group;
	size_t i, n = 0;
	enum status st = pass_damage(neardup_group(g->view, docid, &g->work, &group, err));

	if (st != ST_OK || group == 0)
		return st;
	st = pass_damage(neardup_members(g->view, group, &g->work, &g->members, err));
	for (i = 0; i < g->members.n; i++)
		if (g->members.docid[i] != docid)
			g->members.docid[n++] = g->members.docid[i];
	g->members.n = n;
	if (st == ST_OK)
		st = put_group(g, docid, 0, err);
	/* The last one is alone again. */
	if (st == ST_OK && n == 1)
		st = put_group(g, g->members.docid[0], 0, err);
	if (n == 1)
		g->members.n = 0;
	return st == ST_OK ? put_members(g, group, err) : st;
}

/* ---- all of a database ---- */

/* How many hashes of a document's sketch others have, too: few others, or more than POSTINGS_MAX. */
struct mark { uint8_t shared, common; };

static enum status
mark_shared(struct xap_db *db, struct mark *marks, uint32_t last, struct error *err)
{
	struct xap_terms *t = NULL;
	struct xap_postings *p;
	const char *term;
	uint32_t freq, docid, wdf;
	size_t len;
	enum status st = xap_terms_open(&t, db, PREFIX_SKETCH, strlen(PREFIX_SKETCH), err);

	while (st == ST_OK) {
		st = xap_terms_next(t, &term, &len, &freq, err);
		if (st != ST_OK || term == NULL)
			break;
		if (freq < 2)
			continue;
		st = xap_postings_open(&p, db, term, len, err);
		while (st == ST_OK && (st = xap_postings_next(p, &docid, &wdf, err)) == ST_OK && docid > 0)
			if (docid <= last)
				++*(freq > POSTINGS_MAX ? &marks[docid].common : &marks[docid].shared);
		xap_postings_free(p);
	}
	xap_terms_free(t);
	return st;
}

struct grouped { uint32_t group, docid; };

static int
by_group(const void *a, const void *b)
{
	const struct grouped *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return x->docid < y->docid ? -1 : x->docid > y->docid;
}

/* Writes the groups of the N documents at V. */
static enum status
put_groups(struct grouping *g, struct grouped *v, size_t n, struct error *err)
{
	enum status st = ST_OK;
	size_t i;

	sort(v, n, sizeof(*v), by_group);
	g->members.n = 0;
	for (i = 0; i < n && st == ST_OK; i++) {
		st = put_group(g, v[i].docid, v[i].group, err);
		if (st == ST_OK)
			st = add_member(g, v[i].docid, err);
		if (st == ST_OK && (i + 1 == n || v[i + 1].group != v[i].group)) {
			st = put_members(g, v[i].group, err);
			g->members.n = 0;
		}
	}
	return st;
}

/* As grouping_join of each marked document in turn, but that each list is written once. A group has the number of its
 * first document. */
static enum status
join_marked(struct grouping *g, const struct mark *marks, uint32_t last, struct error *err)
{
	uint32_t *group = calloc((size_t)last + 1, sizeof(*group)), docid, other;
	struct grouped *v = NULL;
	size_t n = 0, cap = 0;
	enum status st = group != NULL ? ST_OK : error_nomem(err);

	g->earlier = true;
	for (docid = 1; docid <= last && st == ST_OK; docid++) {
		if (marks[docid].shared < SHARED_MIN && marks[docid].common < COMMON_MIN)
			continue;
		st = best_copy(g, docid, &other, err);
		if (st != ST_OK || other == 0)
			continue;
		if (group[other] == 0)
			group[other] = other;
		group[docid] = group[other];
	}
	for (docid = 1; docid <= last && st == ST_OK; docid++) {
		struct grouped *more;

		if (group[docid] == 0)
			continue;
		more = grow(v, &cap, n, sizeof(*v));
		if (more == NULL) {
			st = error_nomem(err);
			break;
		}
		v = more;
		v[n++] = (struct grouped){ group[docid], docid };
	}
	if (st == ST_OK)
		st = put_groups(g, v, n, err);
	free(group);
	free(v);
	return st == ST_OK ? xap_wdb_commit(g->db, err) : st;
}

enum status
grouping_all(const char *dir, const struct buf *dict, struct error *err)
{
	struct xap_wdb *db = NULL;
	struct xap_db *view = NULL;
	struct zstream_unpacker *texts = NULL;
	struct grouping *g = NULL;
	struct xap_totals totals;
	struct mark *marks = NULL;
	enum status st = xap_wdb_open(&db, dir, XAP_OPEN, false, err);

	if (st == ST_OK)
		st = xap_wdb_reader(db, &view, err);
	if (st == ST_OK)
		st = xap_db_totals(view, &totals, err);
	if (st == ST_OK && dictionary_unpacker(&texts, dict->data, dict->len) != ST_OK)
		st = error_nomem(err);
	if (st == ST_OK && (marks = calloc((size_t)totals.last + 1, sizeof(*marks))) == NULL)
		st = error_nomem(err);
	if (st == ST_OK)
		st = grouping_new(&g, db, view, texts, err);
	if (st == ST_OK)
		st = mark_shared(view, marks, totals.last, err);
	if (st == ST_OK)
		st = join_marked(g, marks, totals.last, err);
	grouping_free(g);
	free(marks);
	zstream_unpacker_free(texts);
	xap_db_free(view);
	xap_wdb_free(db);
	return st;
}
