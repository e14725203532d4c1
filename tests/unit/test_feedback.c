/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/ranking.h"
#include "engine/search/feedback.h"
#include "tests/unit/fake_index.h"

#define ARTICLES 1000

struct found { struct arena arena; const struct feedback_word *words; size_t n; };

static void
ask(struct found *out, struct fake_article *article, size_t n, const struct fake_term *freqs)
{
	struct fake_index f = { .article = article, .n = n, .count = ARTICLES, .freqs = freqs };
	struct ranker r = fake_ranker(&f, NULL, NULL, &out->arena);
	struct xap_hit hit[8];
	size_t i;

	arena_init(&out->arena);
	for (i = 0; i < n; i++)
		hit[i] = (struct xap_hit){ article[i].docid, 1 };
	assert_int_equal(feedback_words(&r, hit, n, &out->words, &out->n, NULL), ST_OK);
}

static void
check(const struct found *f, size_t i, const char *term, double weight)
{
	assert_true(i < f->n);
	assert_int_equal(f->words[i].len, strlen(term));
	assert_memory_equal(f->words[i].term, term, f->words[i].len);
	assert_float_equal(f->words[i].weight, weight, 1e-12);
}

/* By hand: tf/length of each article added up, times log(N/df), as a share of the strongest. */
static void
weights(void **state)
{
	static const struct fake_term freqs[] = {
		{ "Zgrain", 10 }, { "Zoil", 100 }, { "Zport", 50 }, { "Zthe", ARTICLES }, { "Zunique", 1 }, { NULL, 0 }
	};
	/* 10 stems, of which 2, 1, 5 and 2 */
	static const struct fake_term one[] = { { "Zgrain", 2 }, { "Zport", 1 }, { "Zthe", 5 }, { "Zunique", 2 }, { NULL, 0 } };
	/* 4 stems; what stands in the headline and what is another language's count neither here nor as length */
	static const struct fake_term two[] = { { "ZTgrain", 9 }, { "Zfr:blé", 9 }, { "Zgrain", 1 }, { "Zoil", 3 }, { NULL, 0 } };
	struct fake_article article[] = { { .docid = 5, .stems = one }, { .docid = 3, .stems = two } };
	const double grain = (2.0 / 10 + 1.0 / 4) * log(ARTICLES / 10.0), oil = 3.0 / 4 * log(ARTICLES / 100.0),
		port = 1.0 / 10 * log(ARTICLES / 50.0);
	struct found f;

	(void)state;
	ask(&f, article, 2, freqs);
	assert_int_equal(f.n, 3);   /* all articles have "the", and "unique" is in one alone */
	check(&f, 0, "Zgrain", 1);
	check(&f, 1, "Zoil", oil / grain);
	check(&f, 2, "Zport", port / grain);
	arena_fini(&f.arena);
}

/* More words than are tried, and than are kept: a rare word counts only when it is frequent in the articles. */
static void
the_strongest(void **state)
{
	enum { WORDS = RANKING_FEEDBACK_TRIED + 20 };
	struct fake_term stems[WORDS + 1] = { { NULL, 0 } }, freqs[WORDS + 1] = { { NULL, 0 } };
	struct fake_article article = { .docid = 1, .stems = stems };
	char name[WORDS][8];
	struct found f;
	size_t i, k;
	double length = 0, strongest = 0, weight[WORDS];

	(void)state;
	for (i = 0; i < WORDS; i++) {
		snprintf(name[i], sizeof(name[i]), "Zw%03zu", i);
		stems[i] = (struct fake_term){ name[i], (uint32_t)(WORDS - i) };
		freqs[i] = (struct fake_term){ name[i], (uint32_t)(i < RANKING_FEEDBACK_TRIED ? 2 + i * 37 % 61 : 2) };
		length += stems[i].n;
	}
	for (i = 0; i < WORDS; i++)
		weight[i] = i < RANKING_FEEDBACK_TRIED ? stems[i].n / length * log((double)ARTICLES / freqs[i].n) : 0;
	ask(&f, &article, 1, freqs);
	assert_int_equal(f.n, RANKING_FEEDBACK_WORDS);
	for (i = 0; i < f.n; i++) {
		size_t best = 0;

		for (k = 1; k < WORDS; k++)
			if (weight[k] > weight[best])
				best = k;
		strongest = i == 0 ? weight[best] : strongest;
		check(&f, i, name[best], weight[best] / strongest);
		weight[best] = -1;
	}
	arena_fini(&f.arena);
}

/* Equals stand by their spelling, so that two runs give the same words. */
static void
equals(void **state)
{
	static const struct fake_term freqs[] = { { "Za", 5 }, { "Zb", 5 }, { "Zc", 5 }, { NULL, 0 } };
	static const struct fake_term stems[] = { { "Za", 1 }, { "Zb", 1 }, { "Zc", 1 }, { NULL, 0 } };
	struct fake_article article = { .docid = 1, .stems = stems };
	struct found f;

	(void)state;
	ask(&f, &article, 1, freqs);
	assert_int_equal(f.n, 3);
	check(&f, 0, "Za", 1);
	check(&f, 1, "Zb", 1);
	check(&f, 2, "Zc", 1);
	arena_fini(&f.arena);
}

static void
nothing(void **state)
{
	static const struct fake_term freqs[] = { { "Za", 5 }, { "Zb", 5 }, { NULL, 0 } };
	static const struct fake_term a[] = { { "Za", 1 }, { NULL, 0 } }, b[] = { { "Zb", 1 }, { NULL, 0 } };
	struct fake_article damaged[] = { { .docid = 1, .stems = a, .damaged = true }, { .docid = 2, .stems = b } };
	struct fake_article empty = { .docid = 1 };
	struct found f;

	(void)state;
	ask(&f, damaged, 2, freqs);   /* nothing of the first counts */
	assert_int_equal(f.n, 1);
	check(&f, 0, "Zb", 1);
	arena_fini(&f.arena);
	ask(&f, &empty, 1, freqs);
	assert_int_equal(f.n, 0);
	arena_fini(&f.arena);
	ask(&f, damaged, 0, freqs);
	assert_int_equal(f.n, 0);
	arena_fini(&f.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weights),
		cmocka_unit_test(the_strongest),
		cmocka_unit_test(equals),
		cmocka_unit_test(nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("feedback", tests, NULL, NULL);
}
