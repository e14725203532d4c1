/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rank=recent: what the age of an article adds to its score,
 *
 *     score * 2 ^ (-age / halflife)
 *
 * so that an article of today scores twice what one of the same words scored
 * long ago (the exponential prior of Li and Croft, Time-Based Language Models,
 * 2003). Age is counted in days from the newest article of the index that is not
 * of the future: so an old archive has its recent articles as well. What has no date
 * gets nothing. Owns nothing.
 */
#ifndef ENGINE_SEARCH_RECENCY_H
#define ENGINE_SEARCH_RECENCY_H

#include "engine/search/ranker.h"

/* The day from which age is counted, in days from 1970; HALFLIFE in days. */
struct recency { double today, halflife; };

void recency_init(struct recency *r, const struct ranker *ranker);
/* What age adds to HIT. */
enum status recency_of(const struct recency *r, const struct ranker *ranker, const struct xap_hit *hit,
		       double *adds, struct error *err) MUST_CHECK;

#endif
