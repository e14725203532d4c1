/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How articles are ranked: the one place for its figures, chosen by
 * tests/bench/relevance. The weight of a headline's word is
 * SCHEMA_TITLE_WEIGHT, since it is indexed. Nothing here owns memory.
 *
 * score = BM25 of the words (Robertson and Zaragoza, The Probabilistic
 *         Relevance Framework, 2009)
 *       + for the first RANKING_TOP articles: words of the query that stand
 *         together (rerank.h)
 *       + with rank=recent: the article's age (recency.h).
 *
 * Each summand is at least 0: no article rises because it is not among the first
 * RANKING_TOP, and pages are cut from one list whatever their size.
 */
#ifndef ENGINE_PLAN_RANKING_H
#define ENGINE_PLAN_RANKING_H

#include "engine/xapian/xap.h"

/* BM25 for a query of so many words and phrases, stop words apart. Of a short query each word is what it is about: that
 * an article has it says nearly all, how often it has it says little. The words of a long query stand for one subject: an
 * article about it has them again and again, and a long article has some of them by chance. So k1 and b grow with each
 * word from the second to the last that counts. k2 and k3 are Xapian's defaults: no weight for the query's length, little
 * for words that it repeats. An article shorter than RANKING_SHORT of the average counts as so long. */
#define RANKING_K1 0.2
#define RANKING_K1_WORD 0.2
#define RANKING_B 0.3
#define RANKING_B_WORD 0.07
#define RANKING_WORDS_MAX 7
#define RANKING_SHORT 0.2
struct xap_bm25 ranking_bm25(size_t words);

/* A stop word beside other words: it finds nothing, and has so little weight that it decides between equals alone. */
#define RANKING_LIGHT_WEIGHT 0.01

/* The other names of an entity that several words of the query name, beside the words themselves: this share of the
 * weight of a word of their frequency. All names of a state together are frequent, and must not drown the rest. */
#define RANKING_ALIAS_WEIGHT 0.3

#define RANKING_TOP 40               /* articles that are reranked */

/* A pair is two words of the query with at most so many stop words between them. A text in which they stand in the same
 * way gets this share of the weight of both. */
#define RANKING_PAIR_WEIGHT 0.15
#define RANKING_PAIR_GAP 2
#define RANKING_PAIRS_MAX 32

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
