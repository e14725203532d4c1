/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/build/merge.h"
#include "indexer/ids/seen.h"

#define SHARDS_MAX 3000

/* What each name stands for: a range of shards. */
struct range { unsigned first, n; };

/* Plays the workers' part: shards come one by one and are built out of order;
 * merges end in any order. At the end all shards must be there, in order. */
static void
play(unsigned shards, size_t fan_in, size_t last, unsigned seed)
{
	struct range *range = calloc(2 * SHARDS_MAX, sizeof(*range));
	uint32_t building[8], merging[4], name, into;
	unsigned given = 0, nbuilding = 0, nmerging = 0, i, sum = 0;
	struct merge_tree t;
	size_t at, n;

	assert_non_null(range);
	srand(seed);
	merge_tree_init(&t, fan_in, last);
	while (given < shards || nbuilding > 0 || nmerging > 0 || !merge_tree_done(&t)) {
		int what = rand() % 4;

		if (what == 0 && given < shards && nbuilding < 8) {
			assert_int_equal(merge_tree_add(&t, &name), ST_OK);
			range[name] = (struct range){ given++, 1 };
			building[nbuilding++] = name;
		} else if (what == 1 && nbuilding > 0) {
			i = (unsigned)rand() % nbuilding;
			merge_tree_ready(&t, building[i]);
			building[i] = building[--nbuilding];
		} else if (what == 2 && nmerging < 4 && merge_tree_pick(&t, given == shards, &at, &n, &into)) {
			assert_in_range(n, 2, fan_in);
			range[into].first = range[t.seg[at].name].first;
			for (i = 0; i < n; i++)
				range[into].n += range[t.seg[at + i].name].n;
			merging[nmerging++] = into;
		} else if (what == 3 && nmerging > 0) {
			i = (unsigned)rand() % nmerging;
			merge_tree_merged(&t, merging[i]);
			merging[i] = merging[--nmerging];
		}
	}
	assert_in_range(t.n, 0, last);
	for (i = 0; i < t.n; i++) {
		assert_int_equal(range[t.seg[i].name].first, sum);
		sum += range[t.seg[i].name].n;
	}
	assert_int_equal(sum, shards);
	merge_tree_fini(&t);
	free(range);
}

static void
merges_keep_order_and_end(void **state)
{
	static const unsigned sizes[] = { 0, 1, 2, 15, 16, 17, 64, 65, 300, 1000 };
	unsigned seed;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (seed = 1; seed < 6; seed++) {
			play(sizes[i], 16, 64, seed);
			play(sizes[i], 4, 5, seed);
			play(sizes[i], 2, 2, seed);
		}
}

static void
ids_seen_twice_are_noted(void **state)
{
	struct seen s;
	char id[40];
	const char *got;
	size_t at = 0;
	int i, n = 0;

	(void)state;
	seen_init(&s);
	for (i = 0; i < 50000; i++) {
		snprintf(id, sizeof(id), "folder/%d.txt", i);
		assert_int_equal(seen_add(&s, id, strlen(id)), ST_OK);
	}
	assert_int_equal(s.again.len, 0);
	for (i = 0; i < 50000; i += 1000) {
		snprintf(id, sizeof(id), "folder/%d.txt", i);
		assert_int_equal(seen_add(&s, id, strlen(id)), ST_OK);
	}
	while ((got = seen_next(&s, &at)) != NULL) {
		snprintf(id, sizeof(id), "folder/%d.txt", n++ * 1000);
		assert_string_equal(got, id);
	}
	assert_int_equal(n, 50);
	seen_fini(&s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(merges_keep_order_and_end),
		cmocka_unit_test(ids_seen_twice_are_noted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
