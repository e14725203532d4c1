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
 *       + with rank=recent: what age adds (recency.h).
 *
 * Each part is at least 0: no article passes another by being left out of the
 * first RANKING_TOP, and pages are cut from one list whatever their size.
 */
#ifndef ENGINE_PLAN_RANKING_H
#define ENGINE_PLAN_RANKING_H

#include "engine/xapian/xap.h"

/* k2 and k3 at Xapian's defaults: no weight for the query's length, little for
 * words that it repeats. */
#define RANKING_BM25 ((struct xap_bm25){ .k1 = 2, .b = 0.8, .k2 = 0, .k3 = 1, .min_normlen = 0.5 })

/* A function word beside other words: so little that it says nothing, and yet articles that have no other
 * word of the query have an order of their own (to sort thousands of one score by date takes its time). */
#define RANKING_LIGHT_WEIGHT 0.01

/* The other names of what several words name, beside the words themselves: this share of what a word so frequent
 * would weigh. All names of a state together are frequent, and must not drown the rest. */
#define RANKING_ALIAS_WEIGHT 0.1

#define RANKING_TOP 40               /* articles that are ranked a second time */

/* Two words of the query, at most so many function words apart in it, that stand so in a text as well:
 * that adds this share of the weight of both. */
#define RANKING_PAIR_WEIGHT 0.25
#define RANKING_PAIR_GAP 2
#define RANKING_PAIRS_MAX 32

/* The best so many articles give so many words, of which the strongest weighs this share of what it
 * would weigh if it had been typed; for queries of some words, which say what the articles are about. */
#define RANKING_FEEDBACK_ARTICLES 3
#define RANKING_FEEDBACK_WORDS 15
#define RANKING_FEEDBACK_TRIED 60   /* of the articles' most frequent words, whose rarity is looked up */
#define RANKING_FEEDBACK_WEIGHT 0.25
#define RANKING_FEEDBACK_FROM 5      /* words in the query, function words not counted: shorter ones gain nothing measurable by it */

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
