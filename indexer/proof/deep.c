/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Posting lists and positions are stored by term, articles are analysed one by
 * one. So that neither has to be read out of its order, what the articles
 * should have put there is added up by document, what is there is taken off
 * again, and nothing must remain.
 */
#include "base/grow.h"
#include "config.h"

#include "indexer/proof/deep.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/document/document.h"
#include "engine/store/digest.h"
#include "engine/store/schema.h"
#include "indexer/proof/deep_article.h"

#define TERM_UNITS 256      /* the terms by their first byte */
#define ARTICLE_UNIT 64     /* articles to one unit of work */

/* The sums of a document's digest that posting lists have not accounted for yet. */
struct cell {
	_Atomic uint64_t terms, positions;
	_Atomic uint8_t kind;           /* enum cell_kind */
};

enum cell_kind { CELL_NONE, CELL_ARTICLE, CELL_DAMAGED };

struct deep {
	const char *index;
	struct store *store;            /* of who asks; the threads open their own */
	struct faults *faults;
	uint32_t *docid;                /* of all articles, ascending */
	size_t ndocids, cap;
	struct cell *cell;              /* by document number, up to that of the last article */
	atomic_size_t next;             /* unit of work */
	_Atomic uint64_t length;        /* of all articles */
	atomic_bool partial;            /* not all posting lists could be read */
	atomic_bool stop;               /* one thread gave up */
};

struct worker {
	struct deep *deep;
	struct store *store;
	struct deep_article *article;
	struct xap_positions pos;
	enum status status;
	struct error err;
	pthread_t thread;
	bool started;
};

/* ---- posting lists ---- */

static struct cell *
cell_of(struct deep *d, uint32_t docid)
{
	uint32_t last = d->ndocids > 0 ? d->docid[d->ndocids - 1] : 0;

	return docid <= last && d->cell[docid].kind != CELL_NONE ? &d->cell[docid] : NULL;
}

struct list { const char *term; size_t len; uint64_t hash, sum; uint32_t n, most; };

static enum status
take_off_list(struct worker *w, struct list *l, struct xap_postings *p, struct error *err)
{
	struct deep *d = w->deep;
	struct cell *cell;
	uint32_t docid, wdf;
	enum status st;

	while ((st = xap_postings_next(p, &docid, &wdf, err)) == ST_OK && docid > 0) {
		l->n++;
		l->sum += wdf;
		l->most = wdf > l->most ? wdf : l->most;
		cell = cell_of(d, docid);
		if (cell == NULL) {
			faults_add(d->faults, "term \"%.*s\": is said to be in document %u, which is not there",
				   (int)l->len, l->term, (unsigned)docid);
			continue;
		}
		cell->terms -= digest_wdf(l->hash, wdf);
		if (l->term[0] == PREFIX_STEM[0])
			continue;   /* stems, half of all, have no positions */
		st = xap_postings_positions(p, &w->pos, err);
		if (st != ST_OK)
			return st;
		if (w->pos.n > 0)
			cell->positions -= digest_positions(l->hash, w->pos.v, w->pos.n);
	}
	return st;
}

/* Reads one posting list, and compares it with the database's figures of its term. */
static enum status
check_list(struct worker *w, const char *term, size_t len, uint32_t freq, struct error *err)
{
	struct faults *f = w->deep->faults;
	struct list l = { term, len, digest_term(term, len), 0, 0, 0 };
	struct xap_postings *p = NULL;
	uint64_t sum = 0;
	uint32_t most = 0;
	enum status st = xap_postings_open(&p, w->store->db, term, len, err);

	if (st == ST_OK)
		st = take_off_list(w, &l, p, err);
	if (st == ST_OK)
		st = xap_db_occurrences(w->store->db, term, len, &sum, &most, err);
	xap_postings_free(p);
	if (st != ST_OK)
		return st;
	if (l.n != freq || l.sum != sum || l.most > most)
		faults_add(f, "term \"%.*s\": its list does not have the length that it is said to have",
			   (int)len, term);
	if (term[0] == PREFIX_ID[0] && l.n > 1)
		faults_add(f, "term \"%.*s\": several articles have this id", (int)len, term);
	return ST_OK;
}

static bool
passing(enum status st)
{
	return st == ST_STALE || st == ST_NOMEM;
}

/* All terms that begin with BYTE. */
static enum status
check_terms(struct worker *w, char byte, struct error *err)
{
	struct xap_terms *t = NULL;
	const char *term;
	uint32_t freq;
	size_t len;
	struct error why;
	enum status st = xap_terms_open(&t, w->store->db, &byte, 1, &why), list;

	while (st == ST_OK && !w->deep->stop) {
		st = xap_terms_next(t, &term, &len, &freq, &why);
		if (st != ST_OK || term == NULL)
			break;
		list = check_list(w, term, len, freq, &why);
		if (passing(list)) {
			st = list;
		} else if (list != ST_OK) {
			w->deep->partial = true;
			faults_add(w->deep->faults, "term \"%.*s\": %s", (int)len, term, why.text);
		}
	}
	xap_terms_free(t);
	if (passing(st))
		return error_set(err, st, "%s", why.text);
	if (st != ST_OK) {
		w->deep->partial = true;
		faults_add(w->deep->faults, "the terms: %s", why.text);
	}
	return ST_OK;
}

/* ---- articles ---- */

static enum status
check_articles(struct worker *w, size_t from, struct error *err)
{
	struct deep *d = w->deep;
	size_t to = from + ARTICLE_UNIT < d->ndocids ? from + ARTICLE_UNIT : d->ndocids, i;
	struct digest digest;
	struct error why;
	struct buf name = BUF_INIT;
	enum status st = ST_OK;

	for (i = from; i < to && st == ST_OK; i++) {
		struct cell *cell = &d->cell[d->docid[i]];

		st = deep_article(w->article, d->docid[i], &digest, &why);
		if (st == ST_OK) {
			cell->terms += digest.terms;
			cell->positions += digest.positions;
			d->length += digest.length;
		} else if (passing(st)) {
			error_set(err, st, "%s", why.text);
		} else {
			deep_article_name(w->store, d->docid[i], &name);
			faults_add(d->faults, "%s: %s", buf_str(&name), why.text);
			cell->kind = CELL_DAMAGED;
			d->partial = true;
			st = ST_OK;
		}
	}
	buf_fini(&name);
	return st;
}

/* ---- threads ---- */

static enum status
open_own(struct worker *w, struct error *err)
{
	const struct manifest *want = &w->deep->store->manifest, *got;
	enum status st = store_open_quick(&w->store, w->deep->index, err);

	if (st != ST_OK)
		return st;
	got = &w->store->manifest;
	if (got->rev != want->rev || got->generation != want->generation)
		return error_set(err, ST_STALE, "a commit came in between");
	return deep_article_new(&w->article, w->store, err);
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct deep *d = w->deep;
	size_t units = TERM_UNITS + (d->ndocids + ARTICLE_UNIT - 1) / ARTICLE_UNIT, unit;
	enum status st = open_own(w, &w->err);

	while (st == ST_OK && !d->stop && (unit = d->next++) < units)
		st = unit < TERM_UNITS ? check_terms(w, (char)unit, &w->err) :
			check_articles(w, (unit - TERM_UNITS) * ARTICLE_UNIT, &w->err);
	if (st != ST_OK)
		d->stop = true;
	w->status = st;
	deep_article_free(w->article);
	store_free(w->store);
	free(w->pos.v);
	return NULL;
}

static enum status
run_threads(struct deep *d, struct error *err)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = cpus > 0 ? (size_t)cpus : 1, i;
	struct worker *w = calloc(n, sizeof(*w));
	enum status st = ST_OK;

	if (w == NULL)
		return error_nomem(err);
	for (i = 0; i < n; i++) {
		w[i].deep = d;
		w[i].started = i > 0 && pthread_create(&w[i].thread, NULL, work, &w[i]) == 0;
	}
	work(&w[0]);   /* the others, if they cannot be had, are not needed */
	for (i = 0; i < n; i++) {
		if (w[i].started)
			pthread_join(w[i].thread, NULL);
		if (st == ST_OK && w[i].status != ST_OK)
			st = error_set(err, w[i].status, "%s", w[i].err.text);
	}
	free(w);
	return st;
}

/* ---- the whole ---- */

static enum status
list_articles(struct deep *d, struct error *err)
{
	struct xap_postings *p = NULL;
	uint32_t docid, wdf;
	enum status st = xap_postings_open(&p, d->store->db, "", 0, err);

	while (st == ST_OK && (st = xap_postings_next(p, &docid, &wdf, err)) == ST_OK && docid > 0) {
		uint32_t *more = grow(d->docid, &d->cap, d->ndocids, sizeof(*more));

		if (more == NULL) {
			st = error_nomem(err);
			break;
		}
		d->docid = more;
		if (d->ndocids > 0 && docid <= d->docid[d->ndocids - 1]) {
			st = error_set(err, ST_CORRUPT, "it does not ascend");
			break;
		}
		d->docid[d->ndocids++] = docid;
	}
	xap_postings_free(p);
	return st;
}

static enum status
make_cells(struct deep *d, struct error *err)
{
	size_t i;

	d->cell = calloc(d->ndocids > 0 ? (size_t)d->docid[d->ndocids - 1] + 1 : 1, sizeof(*d->cell));
	if (d->cell == NULL)
		return error_nomem(err);
	for (i = 0; i < d->ndocids; i++)
		d->cell[d->docid[i]].kind = CELL_ARTICLE;
	return ST_OK;
}

/* What remains where nothing should. */
static void
compare_cells(struct deep *d)
{
	struct buf name = BUF_INIT;
	size_t i;

	for (i = 0; i < d->ndocids; i++) {
		const struct cell *c = &d->cell[d->docid[i]];

		if (c->kind == CELL_DAMAGED || (c->terms == 0 && c->positions == 0))
			continue;
		deep_article_name(d->store, d->docid[i], &name);
		faults_add(d->faults, "%s: %s", buf_str(&name), c->terms != 0 ?
			   "the posting lists have it otherwise than its text" :
			   "its positions are not those of its text");
	}
	buf_fini(&name);
}

static enum status
check_totals(struct deep *d, struct error *err)
{
	struct xap_totals totals;
	uint32_t count = 0;
	enum status st = xap_db_totals(d->store->db, &totals, err);

	if (st == ST_OK)
		st = xap_db_count(d->store->db, &count, err);
	if (st != ST_OK)
		return st;
	if (count != d->ndocids || d->ndocids != d->store->manifest.articles)
		faults_add(d->faults, "%zu articles, where the database says %u and its state %" PRIu64, d->ndocids,
			   (unsigned)count, d->store->manifest.articles);
	if (d->ndocids > 0 && totals.last < d->docid[d->ndocids - 1])
		faults_add(d->faults, "the highest document number is not the one that the database knows");
	if (!d->partial && totals.length != d->length)
		faults_add(d->faults, "the length of all articles is not the one that the database knows");
	return ST_OK;
}

enum status
deep_check(const char *index, struct store *s, struct faults *faults, struct error *err)
{
	struct deep d = { .index = index, .store = s, .faults = faults };
	struct error why;
	enum status st = list_articles(&d, &why);

	if (st == ST_OK)
		st = make_cells(&d, &why);
	if (st == ST_OK)
		st = run_threads(&d, &why);
	if (st == ST_OK && !d.partial)
		compare_cells(&d);
	if (st == ST_OK)
		st = check_totals(&d, &why);
	free(d.docid);
	free(d.cell);
	if (st == ST_OK || passing(st))
		return st == ST_OK ? st : error_set(err, st, "%s", why.text);
	faults_add(faults, "the articles: %s", why.text);
	return ST_OK;
}
