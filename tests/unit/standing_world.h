/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An index of random articles whose commits keep a journal, random queries, and
 * what searches found in each revision.
 */
#ifndef TESTS_UNIT_STANDING_WORLD_H
#define TESTS_UNIT_STANDING_WORLD_H

#include <time.h>

#include "engine/search/search.h"
#include "engine/search/searcher.h"
#include "tests/unit/index_fixture.h"

#define IDS 700                  /* articles: a0, a1 ... */
#define QUERIES 100               /* about half of them at random */
#define REVS_MAX 1000

/* A revision: the articles that it has, those that it changed, with their titles, and what is found. */
struct past {
	bool there[IDS], touched[IDS], found[QUERIES][IDS];
	char *title[IDS];
};

struct world {
	struct index_fixture f;
	struct manifest m;
	struct journal_entry *entry;
	struct article article[IDS];
	bool there[IDS], touched[IDS];   /* touched: by the commit being made */
	struct searcher *eye;            /* once begun */
	struct past *past[REVS_MAX];     /* by revision */
	uint32_t seed;
	uint32_t removals;               /* one change in so many is one */
};

extern char queries[QUERIES][200];

time_t now(void);
uint32_t draw(struct world *w, uint32_t n);
void world_init(struct world *w, uint32_t seed);
void world_fini(struct world *w);
/* Fills it; *S is another searcher in it, the caller's. */
void world_begin(struct world *w, struct searcher **s);
/* A commit with N changes at most. */
void some_changes(struct world *w, unsigned n);

#endif
