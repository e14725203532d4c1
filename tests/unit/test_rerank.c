/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/ranking.h"
#include "engine/search/feedback.h"
#include "engine/search/rerank.h"
#include "tests/unit/fake_index.h"

/* Three articles, and what is known of their words. */
static const struct fake_term freqs[] = { { "Zgrain", 4 }, { "Zoil", 8 }, { "Zport", 20 }, { NULL, 0 } };
static const struct fake_term one[] = { { "Zgrain", 3 }, { "Zport", 1 }, { NULL, 0 } };
static const struct fake_term two[] = { { "Zoil", 2 }, { "Zport", 2 }, { NULL, 0 } };
static const struct fake_term three[] = { { "Zgrain", 1 }, { NULL, 0 } };
static struct fake_article articles[] = {
	{ .docid = 30, .stems = one }, { .docid = 10, .stems = two }, { .docid = 20, .stems = three }
};

struct kit {
	struct fake_index f;
	struct plan plan;
	struct plan_pair pairs[2];
	struct arena arena;
	struct ranker r;
	struct xap_hit hit[3];   /* best first */
};

static void
kit_init(struct kit *k, size_t npairs, size_t nwords)
{
	static const uint32_t first[] = { 10, 30, 0 }, second[] = { 10, 99, 0 };
	static const struct fake_pair pair[] = { { 4, first }, { 10, second } };

	*k = (struct kit){ .f = { .article = articles, .n = 3, .count = 100, .freqs = freqs },
			   .pairs = { { (struct xap_query *)&pair[0], "grain port" }, { (struct xap_query *)&pair[1], "port oil" } },
			   .hit = { { 30, 9 }, { 10, 8.5 }, { 20, 1 } } };
	k->plan = (struct plan){ .ranked = true, .pairs = k->pairs, .npairs = npairs, .nwords = nwords };
	arena_init(&k->arena);
	k->r = fake_ranker(&k->f, &k->plan, NULL, &k->arena);
}

static void
applies(void **state)
{
	(void)state;
	assert_false(rerank_applies(&(struct plan){ .nwords = RANKING_FEEDBACK_FROM - 1 }));
	assert_true(rerank_applies(&(struct plan){ .nwords = RANKING_FEEDBACK_FROM }));
	assert_true(rerank_applies(&(struct plan){ .npairs = 1, .nwords = 2 }));
}

static void
pairs(void **state)
{
	struct kit k;
	struct rerank again;

	(void)state;
	kit_init(&k, 2, 3);
	assert_int_equal(rerank_init(&again, &k.r, RERANK_PAIRS, k.hit, 3, NULL), ST_OK);
	assert_int_equal(again.n, 2);
	assert_string_equal(again.parts[1].label, "port oil");
	assert_int_equal(rerank_add(&again, &k.r, k.hit, NULL), ST_OK);
	/* a quarter of 4, of 4 and 10, and nothing; the order stays */
	assert_int_equal(k.hit[0].docid, 30);
	assert_float_equal(k.hit[0].weight, 9 + 0.25 * 4, 1e-12);
	assert_int_equal(k.hit[1].docid, 10);
	assert_float_equal(k.hit[1].weight, 8.5 + 0.25 * 14, 1e-12);
	assert_float_equal(k.hit[2].weight, 1, 0);
	assert_int_equal(k.f.weighs, 1);
	arena_fini(&k.arena);
}

/* The words of the best articles count at a quarter of their strength in each that has them. */
static void
feedback(void **state)
{
	const struct feedback_word *words;
	struct xap_hit before[3];
	struct rerank again;
	struct kit k;
	size_t n, i, w;

	(void)state;
	kit_init(&k, 2, RANKING_FEEDBACK_FROM);
	memcpy(before, k.hit, sizeof(before));
	assert_int_equal(feedback_words(&k.r, k.hit, 3, &words, &n, NULL), ST_OK);
	assert_int_equal(n, 3);
	assert_int_equal(rerank_init(&again, &k.r, RERANK_FEEDBACK, k.hit, 3, NULL), ST_OK);
	assert_int_equal(again.n, n);
	assert_string_equal(again.parts[0].label, "grain");
	assert_int_equal(rerank_add(&again, &k.r, k.hit, NULL), ST_OK);
	for (i = 0; i < 3; i++) {
		double more = 0;

		for (w = 0; w < n; w++)
			more += 0.25 * words[w].weight * fake_weight(&articles[i], words[w].term, words[w].len);
		assert_int_equal(k.hit[i].docid, articles[i].docid);
		assert_float_equal(k.hit[i].weight, before[i].weight + more, 1e-12);
		assert_true(more > 0);
	}
	arena_fini(&k.arena);
}

/* Feedback is taken from the best RANKING_FEEDBACK_ARTICLES alone. */
static void
best_articles(void **state)
{
	static const struct fake_term other[] = { { "Zoil", 1 }, { NULL, 0 } };
	struct fake_article many[RANKING_FEEDBACK_ARTICLES + 1];
	struct xap_hit hit[RANKING_FEEDBACK_ARTICLES + 1];
	struct rerank again;
	struct kit k;
	size_t i;

	(void)state;
	kit_init(&k, 0, RANKING_FEEDBACK_FROM);
	for (i = 0; i <= RANKING_FEEDBACK_ARTICLES; i++) {
		many[i] = (struct fake_article){ .docid = (uint32_t)i + 1, .stems = i < RANKING_FEEDBACK_ARTICLES ? three : other };
		hit[i] = (struct xap_hit){ many[i].docid, 1 };
	}
	k.f.article = many;
	k.f.n = RANKING_FEEDBACK_ARTICLES + 1;
	assert_int_equal(rerank_init(&again, &k.r, RERANK_FEEDBACK, hit, k.f.n, NULL), ST_OK);
	assert_int_equal(again.n, 1);
	assert_string_equal(again.parts[0].label, "grain");
	arena_fini(&k.arena);
}

static void
nothing(void **state)
{
	struct rerank again;
	struct kit k;

	(void)state;
	kit_init(&k, 2, RANKING_FEEDBACK_FROM - 1);
	assert_int_equal(rerank_init(&again, &k.r, RERANK_FEEDBACK, k.hit, 3, NULL), ST_OK);
	assert_int_equal(again.n, 0);   /* too few words */
	assert_int_equal(rerank_init(&again, &k.r, RERANK_PAIRS, k.hit, 1, NULL), ST_OK);
	assert_int_equal(again.n, 0);   /* one article stays where it is */
	assert_int_equal(rerank_add(&again, &k.r, k.hit, NULL), ST_OK);
	assert_float_equal(k.hit[0].weight, 9, 0);
	assert_int_equal(k.f.weighs, 0);
	arena_fini(&k.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(applies),
		cmocka_unit_test(pairs),
		cmocka_unit_test(feedback),
		cmocka_unit_test(best_articles),
		cmocka_unit_test(nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("rerank", tests, NULL, NULL);
}
