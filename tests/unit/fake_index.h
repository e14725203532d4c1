/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An index of articles in memory, for tests of the ranking: what is weighed is
 * written in tables, so that tests can reckon it.
 * Owns nothing but the memory of its last answer.
 */
#ifndef TESTS_FAKE_INDEX_H
#define TESTS_FAKE_INDEX_H

#include "engine/search/ranker.h"

#define FAKE_HITS_MAX 400

struct fake_article {
	uint32_t docid;
	double weight;                  /* of the query's words; 0: it does not match */
	char newest[40], oldest[40];    /* its keys */
};

/* Stands for a query of two words: what it gives to each of its articles. A 0 ends them. */
struct fake_pair { double weight; const uint32_t *docid; };

struct fake_index {
	struct fake_article *article;
	size_t n;
	uint32_t count;                 /* articles of the index, those that are not in the table among them */
	unsigned finds, weighs;         /* calls */
	struct xap_hit hits[FAKE_HITS_MAX];
};

/* Sets the keys of A from a date in 14 digits ("" for none) and an id. */
void fake_keys(struct fake_article *a, const char *digits, const char *id);
/* A ranker on F; all else of it is the test's to set. */
struct ranker fake_ranker(struct fake_index *f, const struct plan *plan, const struct search_options *opt, struct arena *arena);
const struct xap_query *fake_query(const struct fake_pair *pair);

#endif
