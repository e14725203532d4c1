/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "engine/store/report.h"

static char folder[] = "/tmp/dragoman-jobs-XXXXXX";

static void
put(const char *text, size_t len)
{
	char *path = file_join(folder, REPORT_LAST);

	assert_non_null(path);
	assert_int_equal(file_write(path, text, len, NULL), ST_OK);
	free(path);
}

static void
times_and_back(void **state)
{
	static const struct { const char *text; time_t t; } good[] = {
		{ "1970-01-01T00:00:00Z", 0 }, { "2000-02-29T23:59:59Z", 951868799 },
		{ "2026-11-22T18:40:50Z", 1795372850 },
	};
	static const char *const bad[] = { "", "2026-11-22", "2026-11-22T18:40:50", "2026-11-22T18:40:50Zz", "soon" };
	char text[CLOCK_UTC_MAX];
	time_t t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(clock_utc_parse(good[i].text, &t));
		assert_int_equal(t, good[i].t);
		clock_utc(good[i].t, text);
		assert_string_equal(text, good[i].text);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(clock_utc_parse(bad[i], &t));
}

static void
a_report_comes_back(void **state)
{
	struct report in = {
		.command = "update", .started = 1795372850, .ended = 1795372860, .exit = 65,
		.added = 1, .replaced = 2, .unchanged = 3, .removed = 4, .skipped = 5, .errors = 6,
		.first_error = "a \"b\".txt:7: caf\xE9 \xC3\xBC \xE2\x82",
	};
	struct buf json = BUF_INIT;
	struct report out;
	struct error err;

	(void)state;
	assert_int_equal(report_json(&in, &json, &err), ST_OK);
	put(json.data, json.len);
	buf_fini(&json);
	assert_int_equal(report_read(folder, REPORT_LAST, &out, &err), ST_OK);
	assert_string_equal(out.command, "update");
	assert_int_equal(out.started, in.started);
	assert_int_equal(out.ended, in.ended);
	assert_int_equal(out.exit, 65);
	assert_int_equal(out.added, 1);
	assert_int_equal(out.replaced, 2);
	assert_int_equal(out.unchanged, 3);
	assert_int_equal(out.removed, 4);
	assert_int_equal(out.skipped, 5);
	assert_int_equal(out.errors, 6);
	assert_string_equal(out.first_error, "a \"b\".txt:7: caf? \xC3\xBC ??");
	assert_int_equal(report_read(folder, REPORT_GOOD, &out, &err), ST_NOTFOUND);
}

static void
damage_is_told(void **state)
{
	static const char *const bad[] = {
		"", "{", "[]", "{}", "{\"command\":1}",
		("{\"command\":\"update\",\"started\":\"then\",\"ended\":\"now\",\"exit\":0,\"added\":0,\"replaced\":0,"
		 "\"unchanged\":0,\"removed\":0,\"skipped\":0,\"errors\":0,\"first_error\":\"\"}"),
	};
	static char large[100000];
	struct report out;
	struct error err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		put(bad[i], strlen(bad[i]));
		assert_int_equal(report_read(folder, REPORT_LAST, &out, &err), ST_CORRUPT);
		assert_non_null(strstr(err.text, REPORT_LAST));
	}
	memset(large, ' ', sizeof(large));
	put(large, sizeof(large));
	assert_int_equal(report_read(folder, REPORT_LAST, &out, &err), ST_CORRUPT);
}

static int
clean_up(void **state)
{
	char *path = file_join(folder, REPORT_LAST);

	(void)state;
	unlink(path);
	free(path);
	return rmdir(folder);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_and_back),
		cmocka_unit_test(a_report_comes_back),
		cmocka_unit_test(damage_is_told),
	};

	return mkdtemp(folder) == NULL ? 1 : cmocka_run_group_tests(tests, NULL, clean_up);
}
