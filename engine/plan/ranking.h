/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How articles are ranked: the one place for its figures, chosen by
 * tests/bench/relevance. The weight of a headline's word is
 * SCHEMA_TITLE_WEIGHT, since it is indexed. Nothing here owns memory.
 *
 * score = BM25 of the words (Robertson and Zaragoza, The Probabilistic
 *         Relevance Framework, 2009)
 *       + for the first RANKING_TOP articles: words of the query that stand
 *         together (rerank.h) and words of the best articles (feedback.h)
 *       + with rank=recent: the article's age (recency.h).
 *
 * Each summand is at least 0: no article rises because it is not among the first
 * RANKING_TOP, and pages are cut from one list whatever their size.
 */
#ifndef ENGINE_PLAN_RANKING_H
#define ENGINE_PLAN_RANKING_H

#include "engine/xapian/xap.h"

/* k2 and k3 at Xapian's defaults: no weight for the query's length, little for
 * words that it repeats. */
#define RANKING_BM25 ((struct xap_bm25){ .k1 = 2, .b = 0.8, .k2 = 0, .k3 = 1, .min_normlen = 0.5 })

/* A stop word beside other words: so little weight that it decides nothing, and yet articles that have no other word of
 * the query have an order (thousands of ties would have to be sorted by date, which takes its time). */
#define RANKING_LIGHT_WEIGHT 0.01

/* The other names of an entity that several words of the query name, beside the words themselves: this share of the
 * weight of a word of their frequency. All names of a state together are frequent, and must not drown the rest. */
#define RANKING_ALIAS_WEIGHT 0.1

#define RANKING_TOP 40               /* articles that are reranked */

/* A pair is two words of the query with at most so many stop words between them. A text in which they stand in the same
 * way gets this share of the weight of both. */
#define RANKING_PAIR_WEIGHT 0.25
#define RANKING_PAIR_GAP 2
#define RANKING_PAIRS_MAX 32

/* Feedback: the best so many articles give so many words, of which the strongest weighs this share of its weight in a
 * query. Only for queries of several words, whose best articles are likely about their subject. */
#define RANKING_FEEDBACK_ARTICLES 3
#define RANKING_FEEDBACK_WORDS 15
#define RANKING_FEEDBACK_TRIED 60   /* so many of the articles' most frequent words have their rarity looked up */
#define RANKING_FEEDBACK_WEIGHT 0.25
#define RANKING_FEEDBACK_FROM 5      /* words of the query, without stop words: shorter queries gain nothing measurable */

/* rank=recent. */
#define RANKING_RECENT_TOP 1000      /* articles whose age counts */
#define RANKING_HALF_LIFE_DAYS 90
#define RANKING_HALF_LIFE_MAX 36500

/* Totals are counted out when no more articles than this can match; with phrases, NEAR and ADJ of two words
 * the second figure, since to count them takes as long as to rank them. (Of longer ones and other conditions
 * how many can match is not known: as many as the first figure are looked at while they are ranked.) */
#define RANKING_EXACT_TOTAL 1000
#define RANKING_EXACT_POSITIONAL 100

#endif
