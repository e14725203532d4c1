/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The few functions by which ranking (top, rerank, feedback, recency) reads an
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

/* A summand of reranking: each article that has PAIR (two words of the query side by side) or, where PAIR is NULL, the
 * term gets it besides the weights of the query's words. */
struct ranker_part {
	const struct xap_query *pair;
	const char *term;
	size_t len;
	double factor;        /* the share that counts of the weight that a typed word would have */
	const char *label;    /* for EXPLAIN */
};

/* The functions of an index; INDEX is the ranker's. */
struct ranker_index {
	enum status (*count)(void *index, uint32_t *articles, struct error *err);
	/* The first WANT articles of PLAN (0: only their number) in ORDER, with their weights. The hits are INDEX's,
	 * and valid until the next call of find or weigh. */
	enum status (*find)(void *index, const struct plan *plan, enum ranker_order order, uint32_t want,
			    struct xap_hits *out, struct error *err);
	/* The sum of the N parts at PART for each of the NDOCIDS articles at DOCID (ascending), into WEIGHT. */
	enum status (*weigh)(void *index, const struct ranker_part *part, size_t n, const uint32_t *docid, size_t ndocids,
			     double *weight, struct error *err);
	/* A key of an article; *TEXT is valid until the next call. */
	enum status (*key)(void *index, uint32_t docid, enum ranker_key which, const char **text, size_t *len,
			   struct error *err);
	/* Calls EACH for the article's terms with PREFIX_STEM, in byte order; wdf is the term's number of occurrences. */
	enum status (*stems)(void *index, uint32_t docid,
			     enum status (*each)(void *arg, const char *term, size_t len, uint32_t wdf, struct error *err),
			     void *arg, struct error *err);
	/* How many articles have the term. */
	enum status (*freq)(void *index, const char *term, size_t len, uint32_t *freq, struct error *err);
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
