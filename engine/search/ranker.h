/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What ranking reads of an index: a few functions. The order of the hits (top,
 * rerank, feedback, recency) asks nothing else, and so can be tested on articles
 * in memory. A ranker is of one query; it owns nothing.
 */
#ifndef ENGINE_SEARCH_RANKER_H
#define ENGINE_SEARCH_RANKER_H

#include "base/arena.h"
#include "engine/search/search.h"
#include "engine/xapian/xap.h"

enum ranker_order {
	RANKER_BEST,          /* by the weights of the query's words; equals by number */
	RANKER_BEST_NEWEST,   /* the same; equals as RANKER_NEWEST has them */
	RANKER_NEWEST,        /* by RANKER_KEY_NEWEST */
	RANKER_OLDEST         /* by RANKER_KEY_OLDEST */
};

/* An article's keys: date and id, which put articles into order bytewise. */
enum ranker_key {
	RANKER_KEY_NEWEST,    /* newer articles first */
	RANKER_KEY_OLDEST     /* older articles first: begins with the date in 14 digits, or with "~" where there is none */
};

/* What an article gets besides the weights of the query's words, if it has this: two of them side by side, or
 * (PAIR is NULL) a term. */
struct ranker_part {
	const struct xap_query *pair;
	const char *term;
	size_t len;
	double factor;        /* of what it would weigh if it had been typed */
	const char *label;    /* for EXPLAIN */
};

/* The functions of an index; INDEX is the ranker's. */
struct ranker_index {
	enum status (*count)(void *index, uint32_t *articles, struct error *err);
	/* The first WANT articles of PLAN (0: only their number) in ORDER, with their weights. The hits are INDEX's,
	 * and valid until the next call of find or weigh. */
	enum status (*find)(void *index, const struct plan *plan, enum ranker_order order, uint32_t want,
			    struct xap_hits *out, struct error *err);
	/* What the N parts at PART add together to each of the articles at DOCID (ascending): WEIGHT has as many entries. */
	enum status (*weigh)(void *index, const struct ranker_part *part, size_t n, const uint32_t *docid, size_t ndocids,
			     double *weight, struct error *err);
	/* A key of an article; *TEXT is valid until the next call. */
	enum status (*key)(void *index, uint32_t docid, enum ranker_key which, const char **text, size_t *len,
			   struct error *err);
	/* Calls EACH for the article's terms with PREFIX_STEM, in byte order, with their number in it. */
	enum status (*stems)(void *index, uint32_t docid,
			     enum status (*each)(void *arg, const char *term, size_t len, uint32_t wdf, struct error *err),
			     void *arg, struct error *err);
	/* How many articles have the term. */
	enum status (*freq)(void *index, const char *term, size_t len, uint32_t *freq, struct error *err);
};

struct ranker {
	const struct ranker_index *ask;
	void *index;                 /* what its functions are handed */
	const char *newest;          /* the date of the newest article, "" if there is none */
	const struct plan *plan;
	const struct search_options *opt;
	struct arena *arena;         /* of what is handed out */
};

/* That of PLAN and OPT on the index that S reads. */
struct searcher;
void ranker_init(struct ranker *r, struct searcher *s, const struct plan *plan, const struct search_options *opt);

#endif
