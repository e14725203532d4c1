/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * When an update commits: what --commit-every takes, and the moment that is due.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "indexer/update/pace.h"
#include "indexer/update/session.h"

#define SECOND 1000000000u
#define BEGIN (100 * (uint64_t)SECOND)

static void
options(void **state)
{
	static const struct { const char *text; bool good; uint64_t articles, ns; } rows[] = {
		{ "100", true, 100, 0 }, { "1", true, 1, 0 }, { "2s", true, 0, 2 * (uint64_t)SECOND },
		{ "0.5s", true, 0, SECOND / 2 }, { "0", false, 0, 0 }, { "0s", false, 0, 0 }, { "", false, 0, 0 },
		{ "1.5", false, 0, 0 }, { "2x", false, 0, 0 }, { "2ss", false, 0, 0 }, { "-1", false, 0, 0 },
		{ " 1", false, 0, 0 }, { "nan", false, 0, 0 }, { "1e10", false, 0, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pace p = { 0 };

		assert_int_equal(pace_option(&p, rows[i].text), rows[i].good);
		assert_int_equal(p.every_articles, rows[i].articles);
		assert_int_equal(p.every_ns, rows[i].ns);
	}
}

static void
dues(void **state)
{
	const uint64_t first = BEGIN + SESSION_GAP_NS;
	struct pace p = { .committed_ns = BEGIN };

	(void)state;
	/* Files: when memory is full, and not before the gap between commits. */
	pace_came(&p);
	assert_true(pace_waits(&p));
	assert_true(pace_due_ns(&p, false) == UINT64_MAX);
	assert_true(pace_due_ns(&p, true) == first);
	/* So many articles. */
	p.every_articles = 2;
	assert_false(pace_many(&p));
	pace_came(&p);
	assert_true(pace_many(&p));
	assert_true(pace_due_ns(&p, false) == first);
	pace_committed(&p);
	assert_false(pace_waits(&p));
	assert_false(pace_many(&p));
	/* So often. */
	p = (struct pace){ .committed_ns = BEGIN, .every_ns = SECOND };
	assert_true(pace_due_ns(&p, false) == BEGIN + SECOND);
	p.every_ns = 1;
	assert_true(pace_due_ns(&p, false) == first);
	/* A feed: a while after the first that waits. */
	p = (struct pace){ .feed = true, .committed_ns = BEGIN };
	assert_true(pace_due_ns(&p, false) == UINT64_MAX);
	p.waiting_ns = BEGIN + 2 * (uint64_t)SECOND;
	assert_true(pace_due_ns(&p, false) > p.waiting_ns && pace_due_ns(&p, false) < p.waiting_ns + SECOND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options),
		cmocka_unit_test(dues),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
