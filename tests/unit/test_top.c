/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The order of the best, held against one that is made the plain way: all articles
 * weighed, all of them sorted.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/sort.h"
#include "engine/plan/ranking.h"
#include "engine/search/top.h"
#include "tests/unit/fake_index.h"

#define ARTICLES 160   /* more than get a second look, and than a page and its ties take */
#define NEWEST "2025-03-01"

struct kit {
	struct fake_article article[ARTICLES];
	struct fake_index f;
	struct plan plan;
	struct plan_pair pair;
	struct fake_pair lifted;
	uint32_t docids[ARTICLES + 1];
	struct search_options opt;
	struct arena arena;
	struct ranker r;
};

/* Articles of so many different WEIGHTS; every EVERYth has the pair of words. */
static void
kit_init(struct kit *k, unsigned weights, unsigned every)
{
	size_t i, n = 0;

	memset(k, 0, sizeof(*k));
	for (i = 0; i < ARTICLES; i++) {
		struct fake_article *a = &k->article[i];
		char digits[32] = "", id[8];

		/* in no order: numbers, weights, dates and ids each in steps of their own */
		a->docid = (uint32_t)(1 + i * 37 % ARTICLES);
		a->weight = i % 11 == 10 ? 0 : 1 + (double)(i * 71 % weights) / weights;
		if (i % 5 != 4)
			snprintf(digits, sizeof(digits), "2025%02u%02u000000", (unsigned)(1 + i * 7 % 2), (unsigned)(1 + i * 13 % 28));
		snprintf(id, sizeof(id), "a%03u", (unsigned)(i * 91 % ARTICLES));
		fake_keys(a, digits, id);
		if (i % every == 0)
			k->docids[n++] = a->docid;
	}
	k->lifted = (struct fake_pair){ 2, k->docids };
	k->pair = (struct plan_pair){ (struct xap_query *)&k->lifted, "a pair" };
	k->plan = (struct plan){ .ranked = true, .pairs = &k->pair };
	k->f = (struct fake_index){ .article = k->article, .n = ARTICLES, .count = ARTICLES };
	k->opt = (struct search_options){ .sort = SORT_RELEVANCE, .halflife = 30, .now = 1743084600 };
	arena_init(&k->arena);
	k->r = fake_ranker(&k->f, &k->plan, &k->opt, &k->arena);
	k->r.newest = NEWEST;
}

/* ---- the plain way ---- */

struct plain { const struct fake_article *a; double weight; };

static int
by_score(const void *a, const void *b)
{
	const struct plain *x = a, *y = b;

	return x->weight != y->weight ? (x->weight < y->weight ? 1 : -1) : strcmp(x->a->newest, y->a->newest);
}

static int
by_oldest(const void *a, const void *b)
{
	const struct plain *x = a, *y = b;

	return strcmp(x->a->oldest, y->a->oldest);
}

static int
by_newest(const void *a, const void *b)
{
	const struct plain *x = a, *y = b;

	return strcmp(x->a->newest, y->a->newest);
}

static bool
has_pair(const struct kit *k, const struct fake_article *a)
{
	const uint32_t *docid;

	for (docid = k->docids; *docid != 0; docid++)
		if (*docid == a->docid)
			return true;
	return false;
}

/* All that match, in the order that they must have. */
static size_t
plain_order(const struct kit *k, struct plain *v)
{
	size_t i, n = 0;

	for (i = 0; i < ARTICLES; i++)
		if (k->article[i].weight > 0)
			v[n++] = (struct plain){ &k->article[i], k->article[i].weight };
	if (k->opt.sort != SORT_RELEVANCE || !k->plan.ranked) {
		sort(v, n, sizeof(*v), k->opt.sort == SORT_DATE ? by_oldest : by_newest);
		return n;
	}
	sort(v, n, sizeof(*v), by_score);
	for (i = 0; i < n && i < RANKING_TOP; i++)
		if (k->plan.npairs > 0 && has_pair(k, v[i].a))
			v[i].weight += RANKING_PAIR_WEIGHT * k->lifted.weight;
	for (i = 0; i < n && k->opt.recent; i++) {
		unsigned month, day;

		/* days before the first of March 2025 */
		if (sscanf(v[i].a->oldest, "2025%2u%2u", &month, &day) == 2)
			v[i].weight += v[i].weight * exp2(-(double)(month == 1 ? 60 - day : 29 - day) / k->opt.halflife);
	}
	sort(v, n, sizeof(*v), by_score);
	return n;
}

/* ---- pages ---- */

/* Whether hits FIRST to END are those of the plain way. */
static void
check_page(struct kit *k, uint32_t first, uint32_t end)
{
	struct plain v[ARTICLES];
	struct xap_hits hits;
	size_t n = plain_order(k, v), i, last = n < end ? n : end;

	arena_reset(&k->arena);
	assert_int_equal(top_run(&k->r, first, end, &hits, NULL), ST_OK);
	assert_true(hits.n >= last);
	assert_int_equal(hits.estimated, n);
	for (i = first; i < last; i++) {
		assert_int_equal(hits.hit[i].docid, v[i].a->docid);
		assert_float_equal(hits.hit[i].weight, v[i].weight, 1e-12);
	}
}

static void
check_pages(struct kit *k)
{
	static const uint32_t pages[][2] = {
		{ 0, 1 }, { 0, 10 }, { 10, 20 }, { 30, 50 }, { 39, 40 }, { 40, 41 }, { 45, 60 }, { 100, 130 }, { 0, ARTICLES }, { 150, 400 }
	};
	size_t i;

	for (i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		check_page(k, pages[i][0], pages[i][1]);
	arena_fini(&k->arena);
}

/* From all different to all the same weight: ties within a page, over its end, over the second look's end, over
 * all that is asked of the index. */
static const unsigned weight_counts[] = { ARTICLES, 40, 7, 3, 1 };

static void
by_words(void **state)
{
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(weight_counts) / sizeof(weight_counts[0]); i++) {
		kit_init(&k, weight_counts[i], 3);
		check_pages(&k);
	}
}

static void
with_pairs(void **state)
{
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(weight_counts) / sizeof(weight_counts[0]); i++) {
		kit_init(&k, weight_counts[i], 3);
		k.plan.npairs = 1;
		check_pages(&k);
	}
}

static void
with_age(void **state)
{
	struct kit k;
	size_t i, pairs;

	(void)state;
	for (pairs = 0; pairs < 2; pairs++)
		for (i = 0; i < sizeof(weight_counts) / sizeof(weight_counts[0]); i++) {
			kit_init(&k, weight_counts[i], 4);
			k.plan.npairs = pairs;
			k.opt.recent = true;
			check_pages(&k);
		}
}

static void
by_date(void **state)
{
	struct kit k;

	(void)state;
	kit_init(&k, 7, 3);
	k.opt.sort = SORT_DATE;
	check_pages(&k);
	kit_init(&k, 7, 3);
	k.opt.sort = SORT_DATE_REVERSE;
	check_pages(&k);
	kit_init(&k, 7, 3);
	k.plan.ranked = false;   /* filters alone: newest first */
	check_pages(&k);
}

/* What is far behind the second look is not looked at again, and ties are broken once asked for. */
static void
cost(void **state)
{
	struct xap_hits hits;
	struct kit k;

	(void)state;
	kit_init(&k, ARTICLES, 3);
	k.plan.npairs = 1;
	assert_int_equal(top_run(&k.r, 60, 70, &hits, NULL), ST_OK);
	assert_int_equal(k.f.weighs, 0);
	assert_int_equal(k.f.finds, 1);
	assert_int_equal(top_run(&k.r, 30, 50, &hits, NULL), ST_OK);
	assert_int_equal(k.f.weighs, 1);
	assert_int_equal(k.f.finds, 2);
	assert_int_equal(top_run(&k.r, 0, 0, &hits, NULL), ST_OK);
	assert_int_equal(hits.n, 0);
	assert_int_equal(k.f.weighs, 1);
	arena_fini(&k.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_words),
		cmocka_unit_test(with_pairs),
		cmocka_unit_test(with_age),
		cmocka_unit_test(by_date),
		cmocka_unit_test(cost),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("top", tests, NULL, NULL);
}
