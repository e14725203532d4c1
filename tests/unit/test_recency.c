/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/search/recency.h"
#include "tests/unit/fake_index.h"

#define NOW 1743084600   /* 2025-03-27T14:10:00Z */

/* What an article of DIGITS with score 8 gets, where the newest article is of NEWEST and the half-life HALFLIFE days. */
static double
adds(const char *digits, const char *newest, uint32_t halflife)
{
	struct fake_article a = { .docid = 7, .weight = 8 };
	struct fake_index f = { .article = &a, .n = 1, .count = 1 };
	struct search_options opt = { .recent = true, .halflife = halflife, .now = NOW };
	struct ranker r = fake_ranker(&f, NULL, &opt, NULL);
	const struct xap_hit hit = { 7, 8 };
	struct recency recency;
	double more = -1;

	r.newest = newest;
	fake_keys(&a, digits, "id");
	recency_init(&recency, &r);
	assert_int_equal(recency_of(&recency, &r, &hit, &more, NULL), ST_OK);
	return more;
}

static void
halves(void **state)
{
	(void)state;
	assert_float_equal(adds("20240601000000", "2024-06-01", 90), 8, 1e-12);
	assert_float_equal(adds("20240303000000", "2024-06-01", 90), 4, 1e-12);    /* 90 days before, 2024-02-29 not among them */
	assert_float_equal(adds("20231204000000", "2024-06-01", 90), 2, 1e-12);    /* 180, with it */
	assert_float_equal(adds("20230602000000", "2024-06-01", 365), 4, 1e-12);   /* 365 */
	assert_float_equal(adds("20240530120000", "2024-06-01T12:00:00Z", 1), 2, 1e-9);
	assert_float_equal(adds("20240531180000", "2024-06-01", 1), 8 * 0.840896415253715, 1e-9);   /* a quarter of a day: 2^-0.25 */
	assert_float_equal(adds("19000301000000", "1900-03-02", 1), 4, 1e-12);
	assert_float_equal(adds("19000228000000", "1900-03-01", 1), 4, 1e-12);     /* 1900 was no leap year, ... */
	assert_float_equal(adds("20000228000000", "2000-03-01", 1), 2, 1e-12);     /* ... 2000 was one */
}

static void
the_day_of_reference(void **state)
{
	(void)state;
	assert_float_equal(adds("20240701000000", "2024-06-01", 90), 8, 1e-12);            /* newer than the newest is as new */
	assert_float_equal(adds("20250327141000", "2031-01-01", 90), 8, 1e-9);             /* the newest is of the future: from now */
	assert_float_equal(adds("20250326141000", "2031-01-01", 1), 4, 1e-9);
	assert_float_equal(adds("20250326141000", "", 1), 4, 1e-9);                        /* no dates in the index */
}

static void
undated(void **state)
{
	(void)state;
	assert_float_equal(adds("", "2024-06-01", 90), 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(halves),
		cmocka_unit_test(the_day_of_reference),
		cmocka_unit_test(undated),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("recency", tests, NULL, NULL);
}
