/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/plan/ranking.h"

struct xap_bm25
ranking_bm25(size_t words)
{
	const size_t more = words == 0 ? 0 : words > RANKING_WORDS_MAX ? RANKING_WORDS_MAX - 1 : words - 1;

	return (struct xap_bm25){ .k1 = RANKING_K1 + RANKING_K1_WORD * (double)more, .b = RANKING_B + RANKING_B_WORD * (double)more,
				  .k2 = 0, .k3 = 1, .min_normlen = RANKING_SHORT };
}
