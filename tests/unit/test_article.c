/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/article.h"

static void
paragraphs_join_with_line_feeds(void **state)
{
	struct article a;
	int i, round;

	(void)state;
	article_init(&a);
	for (round = 0; round < 2; round++) {
		assert_int_equal(article_add_para(&a, "One.", 4, PARA_TEXT), ST_OK);
		assert_int_equal(article_add_para(&a, "", 0, PARA_TEXT), ST_OK);
		assert_int_equal(article_add_para(&a, "Two", 3, PARA_HEADING), ST_OK);
		assert_int_equal(a.nparas, 2);
		assert_string_equal(buf_str(&a.body), "One.\nTwo");
		assert_int_equal(a.paras[1].start, 5);
		assert_int_equal(a.paras[1].end, 8);
		assert_int_equal(a.paras[1].kind, PARA_HEADING);
		assert_int_equal(a.paras[0].kind, PARA_TEXT);
		article_clear(&a);
		assert_int_equal(a.nparas, 0);
		assert_string_equal(buf_str(&a.body), "");
	}
	for (i = 0; i < 1000; i++)
		assert_int_equal(article_add_para(&a, "xy", 2, PARA_TEXT), ST_OK);
	assert_int_equal(a.nparas, 1000);
	assert_int_equal(a.paras[999].end, 2999);
	article_fini(&a);
}

static void
lists_walk_in_order(void **state)
{
	struct article a;
	size_t at = 0;

	(void)state;
	article_init(&a);
	assert_null(article_next_entry(&a, ART_PERSONS, &at));
	article_add_entry(&a, ART_PERSONS, "Fidan", 5);
	article_add_entry(&a, ART_PERSONS, "", 0);
	article_add_entry(&a, ART_PERSONS, "Rubio\0x", 7);
	assert_string_equal(article_next_entry(&a, ART_PERSONS, &at), "Fidan");
	assert_string_equal(article_next_entry(&a, ART_PERSONS, &at), "Rubio");
	assert_null(article_next_entry(&a, ART_PERSONS, &at));
	assert_int_equal(article_status(&a), ST_OK);
	a.field[ART_ORGS].failed = true;
	assert_int_equal(article_status(&a), ST_NOMEM);
	article_fini(&a);
}

/* Stored texts know their fields by these numbers. */
static void
each_field_has_its_number(void **state)
{
	static const char *const names[] = {
		"id", "title", "date", "source", "byline", "dateline", "place", "url", "lang", "section",
		"persons", "places", "orgs", "topics",
	};
	const struct article_def *def;
	bool seen[ART_FIELDS] = { false };
	size_t i;

	(void)state;
	for (i = 0; (def = article_def(i)) != NULL; i++) {
		assert_in_range(def->field, 0, ART_FIELDS - 1);
		assert_false(seen[def->field]);
		seen[def->field] = true;
		if (def->field < sizeof(names) / sizeof(names[0]))
			assert_string_equal(def->name, names[def->field]);
		assert_int_equal(article_is_list(def->field), def->kind == ARTICLE_LIST);
	}
	assert_int_equal(i, ART_FIELDS);
}

static void
dates(void **state)
{
	static const struct { const char *text, *digits; } rows[] = {
		{ "2025", "20250101000000" },
		{ "2025-03", "20250301000000" },
		{ "2025-03-27", "20250327000000" },
		{ "2025-03-27T14", "20250327140000" },
		{ "2025-03-27T14:30", "20250327143000" },
		{ "2025-03-27 14:30", "20250327143000" },
		{ "2025-03-27T14:30:05", "20250327143005" },
		{ "2025-03-27T14:30:05.25", "20250327143005" },
		{ "2025-03-27T14:30:05,25Z", "20250327143005" },
		{ "2025-03-27T14:30Z", "20250327143000" },
		{ "2025-03-27T14:30:05+03:00", "20250327143005" },
		{ "2025-03-27T23:30:05-0500", "20250327233005" },
		{ "2025-03-27T14:30+03", "20250327143000" },
		{ "2025-03-27T24:00:00", "20250327240000" },
		{ "2016-12-31T23:59:60Z", "20161231235960" },
		{ "2024-02-29", "20240229000000" },
		{ "2000-02-29", "20000229000000" },
		{ "0001-01-01", "00010101000000" },
		{ "2023-02-29", NULL },
		{ "1900-02-29", NULL },
		{ "2025-13", NULL },
		{ "2025-00", NULL },
		{ "2025-04-31", NULL },
		{ "2025-04-00", NULL },
		{ "0000-01-01", NULL },
		{ "2025-3-27", NULL },
		{ "2025-03-27T", NULL },
		{ "2025-03-27T25:00", NULL },
		{ "2025-03-27T24:01", NULL },
		{ "2025-03-27T14:60", NULL },
		{ "2025-03-27T14:30:61", NULL },
		{ "2025-03-27T14:30:", NULL },
		{ "2025-03-27T14:30:05.", NULL },
		{ "2025-03-27T14:30+3", NULL },
		{ "2025-03-27T14:30+24:00", NULL },
		{ "2025-03-27T14:30Zulu", NULL },
		{ "2025-03T14:30", NULL },
		{ "2025-03-27 ", NULL },
		{ " 2025", NULL },
		{ "20250327", NULL },
		{ "27 March 2025", NULL },
		{ "2025-", NULL },
		{ "202", NULL },
		{ "", NULL },
	};
	char out[15];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (article_date_digits(rows[i].text, out) != (rows[i].digits != NULL))
			fail_msg("date \"%s\"", rows[i].text);
		if (rows[i].digits != NULL)
			assert_string_equal(out, rows[i].digits);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paragraphs_join_with_line_feeds),
		cmocka_unit_test(lists_walk_in_order),
		cmocka_unit_test(each_field_has_its_number),
		cmocka_unit_test(dates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
