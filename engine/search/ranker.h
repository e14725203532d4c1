/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The few functions by which ranking (top, rerank, recency) reads an
 * index, so that tests can rank articles in memory. A ranker serves one query; it
 * owns nothing.
 */
#ifndef ENGINE_SEARCH_RANKER_H
#define ENGINE_SEARCH_RANKER_H

#include "base/arena.h"
#include "engine/search/search.h"
#include "engine/xapian/xap.h"

enum ranker_order {
	RANKER_BEST,          /* by the weights of the query's words; ties by document number */
	RANKER_BEST_NEWEST,   /* by the weights of the query's words; ties by RANKER_KEY_NEWEST */
	RANKER_NEWEST,        /* by RANKER_KEY_NEWEST */
	RANKER_OLDEST         /* by RANKER_KEY_OLDEST */
};

/* An article's keys: date and id, which put articles into order bytewise. */
enum ranker_key {
	RANKER_KEY_NEWEST,    /* newer articles first */
	RANKER_KEY_OLDEST     /* older articles first: begins with the date in 14 digits, or with "~" where there is none */
};

/* The functions of an index; INDEX is the ranker's. */
struct ranker_index {
	enum status (*count)(void *index, uint32_t *articles, struct error *err);
	/* The first WANT articles of PLAN (0: only their number) in ORDER, with their weights. The hits are INDEX's,
	 * and valid until the next call of find or weigh. */
	enum status (*find)(void *index, const struct plan *plan, enum ranker_order order, uint32_t want,
			    struct xap_hits *out, struct error *err);
	/* What each of the NDOCIDS articles at DOCID (ascending) gets for the N pairs at PAIR, RANKING_PAIR_WEIGHT of their
	 * weights, into WEIGHT; words weigh as they did in the last find. */
	enum status (*weigh)(void *index, const struct plan_pair *pair, size_t n, const uint32_t *docid, size_t ndocids,
			     double *weight, struct error *err);
	/* A key of an article; *TEXT is valid until the next call. */
	enum status (*key)(void *index, uint32_t docid, enum ranker_key which, const char **text, size_t *len,
			   struct error *err);
};

struct ranker {
	const struct ranker_index *ask;
	void *index;                 /* the first argument of the functions of ASK */
	const char *newest;          /* the date of the newest article, "" if there is none */
	const struct plan *plan;
	const struct search_options *opt;
	struct arena *arena;         /* holds the hits and words that ranking hands out */
};

/* The ranker of PLAN and OPT on the index that S reads. */
struct searcher;
void ranker_init(struct ranker *r, struct searcher *s, const struct plan *plan, const struct search_options *opt);

#endif
