/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What standing queries cost: watch INDEX QUERIES writes commits into INDEX's
 * journal that add and that change 100 of its articles, evaluates the queries
 * of QUERIES (lines "kind TAB query", as queries.py draws them) against each,
 * and prints the best of some times. The articles themselves stay as they are.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "engine/search/search.h"
#include "engine/standing/standing.h"
#include "engine/store/journal.h"
#include "engine/store/state.h"
#include "engine/store/store.h"

#define ARTICLES 100
#define RUNS 5

static void
must(enum status st, const struct error *err)
{
	if (st == ST_OK)
		return;
	fprintf(stderr, "watch: %s\n", err->text);
	exit(1);
}

/* Adds one of the index's articles to the commit; what it was before is half of its text. */
static void
add_change(struct store *s, uint32_t docid, bool changed, struct journal_entry *e, struct error *err)
{
	struct article a, former;
	struct xap_doc *doc;
	size_t i;

	article_init(&a);
	article_init(&former);
	must(xap_db_document(s->db, docid, &doc, err), err);
	must(store_article(s, doc, NULL, &a, err), err);
	buf_adds(&former.field[ART_ID], buf_str(&a.field[ART_ID]));
	buf_adds(&former.field[ART_TITLE], buf_str(&a.field[ART_TITLE]));
	for (i = 0; i < a.nparas / 2; i++)
		must(article_add_para(&former, a.body.data + a.paras[i].start, a.paras[i].end - a.paras[i].start,
				      a.paras[i].kind), err);
	must(journal_entry_add(e, changed ? CHANGE_CHANGED : CHANGE_ADDED, buf_str(&a.field[ART_ID]),
			       a.field[ART_ID].len, changed ? &former : NULL, err), err);
	xap_doc_free(doc);
	article_fini(&a);
	article_fini(&former);
}

/* A commit of so many articles, spread over the index. */
static void
commit(const char *index, unsigned n, bool changed, struct error *err)
{
	struct journal_entry *e;
	struct store *s;
	struct xap_wdb *w;
	struct manifest m;
	uint32_t count;
	unsigned i;

	must(store_open(&s, index, err), err);
	must(xap_db_count(s->db, &count, err), err);
	must(journal_entry_new(&e, err), err);
	for (i = 0; i < n; i++)
		add_change(s, 1 + (uint32_t)((uint64_t)i * count / n), changed, e, err);
	m = s->manifest;
	m.rev++;
	must(xap_wdb_open(&w, s->dir, XAP_OPEN, false, err), err);
	must(journal_write(e, w, &m, time(NULL), err), err);
	must(state_save(w, &m, err), err);
	must(xap_wdb_commit(w, err), err);
	xap_wdb_free(w);
	journal_entry_free(e);
	store_free(s);
}

static uint64_t
cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void
evaluate(struct searcher *s, char **query, size_t n, const char *what)
{
	struct error err;
	uint64_t best = UINT64_MAX, cpu = UINT64_MAX, hits = 0;
	bool moved;
	int run;

	must(searcher_refresh(s, &moved, &err), &err);
	for (run = 0; run < RUNS; run++) {
		struct standing *r;
		uint64_t began = clock_ns(), cpu_began = cpu_ns(), took;
		bool done = false;
		size_t i, at;

		must(standing_new(&r, searcher_manifest(s)->rev - 1, &err), &err);
		for (i = 0; i < n; i++)
			must(standing_add(r, &(struct standing_query){ .text = query[i], .len = strlen(query[i]) }, &err), &err);
		while (!done)
			must(standing_step(r, s, time(NULL), UINT64_MAX / 4, NULL, &done, &err), &err);
		took = clock_ns() - began;
		best = took < best ? took : best;
		took = cpu_ns() - cpu_began;
		cpu = took < cpu ? took : cpu;
		for (i = 0, hits = 0; i < standing_told(r); i++)
			for (at = 0; standing_next(r, i, &at) != NULL; hits++)
				;
		standing_free(r);
	}
	printf("%-24s %9zu %9" PRIu64 " %9.1f %9.1f\n", what, n, hits, (double)best / 1e6, (double)cpu / 1e6);
}

int
main(int argc, char **argv)
{
	struct error err = { ST_OK, 0, "out of memory" };
	struct buf text = BUF_INIT;
	struct searcher *s;
	char *query[4000], *line, *tab;
	size_t n = 0;

	if (argc != 3) {
		fprintf(stderr, "usage: watch INDEX QUERIES\n");
		return 64;
	}
	must(file_read(argv[2], 10000000, &text, &err), &err);
	for (line = strtok(text.data, "\n"); line != NULL && n < 4000; line = strtok(NULL, "\n"))
		if ((tab = strchr(line, '\t')) != NULL)
			query[n++] = tab + 1;
	must(searcher_new(&s, argv[1], &err), &err);
	printf("%-24s %9s %9s %9s %9s\n", "standing queries", "queries", "hits", "ms", "cpu ms");
	commit(argv[1], ARTICLES, false, &err);
	evaluate(s, query, n < 1 ? n : 1, "100 articles added");
	evaluate(s, query, n / 10, "100 articles added");
	evaluate(s, query, n, "100 articles added");
	commit(argv[1], ARTICLES, true, &err);
	evaluate(s, query, n, "100 articles changed");
	commit(argv[1], 1, false, &err);
	evaluate(s, query, n, "1 article added");
	searcher_free(s);
	buf_fini(&text);
	return 0;
}
