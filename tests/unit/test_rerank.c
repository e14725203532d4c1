/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/ranking.h"
#include "engine/search/rerank.h"
#include "tests/unit/fake_index.h"

static struct fake_article articles[] = { { .docid = 30 }, { .docid = 10 }, { .docid = 20 } };

struct kit {
	struct fake_index f;
	struct plan plan;
	struct plan_pair pairs[2];
	struct arena arena;
	struct ranker r;
	struct xap_hit hit[3];   /* best first */
};

static void
kit_init(struct kit *k, size_t npairs)
{
	static const uint32_t first[] = { 10, 30, 0 }, second[] = { 10, 99, 0 };
	static const struct fake_pair pair[] = { { 4, first }, { 10, second } };

	*k = (struct kit){ .f = { .article = articles, .n = 3, .count = 100 },
			   .pairs = { { (struct xap_query *)&pair[0], "grain port" }, { (struct xap_query *)&pair[1], "port oil" } },
			   .hit = { { 30, 9 }, { 10, 8.5 }, { 20, 1 } } };
	k->plan = (struct plan){ .ranked = true, .pairs = k->pairs, .npairs = npairs };
	arena_init(&k->arena);
	k->r = fake_ranker(&k->f, &k->plan, NULL, &k->arena);
}

static void
pairs(void **state)
{
	struct kit k;

	(void)state;
	kit_init(&k, 2);
	assert_true(rerank_applies(&k.plan));
	assert_int_equal(rerank_add(&k.r, k.hit, 3, NULL), ST_OK);
	/* a share of 4, of 4 and 10, and nothing; the order stays */
	assert_int_equal(k.hit[0].docid, 30);
	assert_float_equal(k.hit[0].weight, 9 + RANKING_PAIR_WEIGHT * 4, 1e-12);
	assert_int_equal(k.hit[1].docid, 10);
	assert_float_equal(k.hit[1].weight, 8.5 + RANKING_PAIR_WEIGHT * 14, 1e-12);
	assert_float_equal(k.hit[2].weight, 1, 0);
	assert_int_equal(k.f.weighs, 1);
	arena_fini(&k.arena);
}

static void
nothing(void **state)
{
	struct kit k;

	(void)state;
	kit_init(&k, 2);
	assert_int_equal(rerank_add(&k.r, k.hit, 1, NULL), ST_OK);   /* one article stays where it is */
	arena_fini(&k.arena);
	kit_init(&k, 0);
	assert_false(rerank_applies(&k.plan));
	assert_int_equal(rerank_add(&k.r, k.hit, 3, NULL), ST_OK);
	assert_float_equal(k.hit[0].weight, 9, 0);
	assert_int_equal(k.f.weighs, 0);
	arena_fini(&k.arena);
}

/* k1 and b grow with the words, up to a number. */
static void
bm25(void **state)
{
	const struct xap_bm25 none = ranking_bm25(0), one = ranking_bm25(1), two = ranking_bm25(2), most = ranking_bm25(RANKING_WORDS_MAX),
		more = ranking_bm25(1000);

	(void)state;
	assert_float_equal(none.k1, RANKING_K1, 0);
	assert_float_equal(one.k1, RANKING_K1, 0);
	assert_float_equal(one.b, RANKING_B, 0);
	assert_float_equal(two.k1, RANKING_K1 + RANKING_K1_WORD, 1e-12);
	assert_float_equal(two.b, RANKING_B + RANKING_B_WORD, 1e-12);
	assert_float_equal(most.b, RANKING_B + RANKING_B_WORD * (RANKING_WORDS_MAX - 1), 1e-12);
	assert_true(most.b <= 1);
	assert_float_equal(more.k1, most.k1, 0);
	assert_float_equal(more.b, most.b, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs),
		cmocka_unit_test(nothing),
		cmocka_unit_test(bm25),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("rerank", tests, NULL, NULL);
}
