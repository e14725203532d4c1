/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How articles are ranked: the one place for the figures of BM25. The weight
 * of a headline's word is SCHEMA_TITLE_WEIGHT, since it is indexed. Nothing
 * here owns memory.
 */
#ifndef ENGINE_RANKING_H
#define ENGINE_RANKING_H

#include "engine/xap.h"

/* k2 and k3 at Xapian's defaults: no weight for the query's length, little for
 * words that it repeats. */
#define RANKING_BM25 ((struct xap_bm25){ .k1 = 1.2, .b = 0.75, .k2 = 0, .k3 = 1, .min_normlen = 0.5 })

/* Totals are counted out when no more articles than this can match; with phrases, NEAR and ADJ
 * the second figure, since to count them takes as long as to rank them. */
#define RANKING_EXACT_TOTAL 1000
#define RANKING_EXACT_POSITIONAL 100

#endif
