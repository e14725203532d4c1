/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rank=recent: the summand of an article's age in its score,
 *
 *     score * 2 ^ (-age / halflife)
 *
 * so that an article of today scores twice as much as a very old article with the
 * same words (the exponential prior of Li and Croft, Time-Based Language Models,
 * 2003). Age is counted in days from the newest article of the index, or from now
 * if that article is of the future: so an old archive has recent articles as well.
 * An article without a date gets nothing. Owns nothing.
 */
#ifndef ENGINE_SEARCH_RECENCY_H
#define ENGINE_SEARCH_RECENCY_H

#include "engine/search/ranker.h"

/* today: the day from which age is counted, in days from 1970. halflife: in days. */
struct recency { double today, halflife; };

void recency_init(struct recency *r, const struct ranker *ranker);
/* The summand of HIT's age, which is not yet in the weight of HIT. */
enum status recency_of(const struct recency *r, const struct ranker *ranker, const struct xap_hit *hit,
		       double *adds, struct error *err) MUST_CHECK;

#endif
