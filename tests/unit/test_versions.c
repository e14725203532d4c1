/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * VERSIONS of large groups and of long articles: pages, bounds, and how the work grows, in looks at the clock.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/search/search.h"
#include "engine/store/neardup.h"
#include "engine/store/sealed.h"
#include "tests/unit/index_fixture.h"

#define SAME "The talks were opened on Monday. "

struct kit {
	struct index_fixture index;
	struct searcher *s;
	struct search_options opt;
	struct version_result r;
	struct error err;
	unsigned looks, stop;    /* looks at the clock; which of them ends the request (0: none) */
};

static bool
looked_at(void *arg)
{
	struct kit *k = arg;

	return ++k->looks == k->stop;
}

static int
set_up(void **state)
{
	struct kit *k = calloc(1, sizeof(*k));

	assert_non_null(k);
	index_init(&k->index);
	k->opt = search_defaults;
	k->opt.deadline = (struct xap_deadline){ 0, looked_at, k };
	*state = k;
	return 0;
}

static int
tear_down(void **state)
{
	struct kit *k = *state;

	searcher_free(k->s);
	index_fini(&k->index);
	free(k);
	return 0;
}

/* Documents 1 to N, which were added in this order, are copies of one text. */
static void
make_group(struct kit *k, unsigned n)
{
	char key[NEARDUP_KEY_MAX];
	struct buf list = BUF_INIT;
	unsigned i;

	for (i = 1; i <= n; i++) {
		buf_addf(&list, "%s%u", i > 1 ? " " : "", i);
		neardup_key(key, i);
		assert_int_equal(sealed_put(k->index.wdb, key, "1", 1, NULL), ST_OK);
	}
	neardup_group_key(key, 1);
	assert_int_equal(sealed_put(k->index.wdb, key, list.data, list.len, NULL), ST_OK);
	buf_fini(&list);
}

/* Commits the articles that were added, and opens them. */
static void
open_index(struct kit *k)
{
	index_commit(&k->index);
	index_switch(&k->index);
	searcher_free(k->s);
	assert_int_equal(searcher_new(&k->s, k->index.dir, &k->err), ST_OK);
}

/* Another index: N short copies, the later documents the older ones. */
static void
copies(struct kit *k, unsigned n)
{
	char id[16], date[16], body[80];
	unsigned i;

	index_generation(&k->index);
	for (i = 1; i <= n; i++) {
		snprintf(id, sizeof(id), "v%u", n - i);
		snprintf(date, sizeof(date), "%04u", 2900 - i);
		snprintf(body, sizeof(body), SAME "Note %u was added.", n - i);
		index_add(&k->index, id, date, "Wire", "Talks", body);
	}
	make_group(k, n);
	open_index(k);
}

/* The status of VERSIONS of ID, LIMIT of them from OFFSET on; the result is in K. */
static enum status
ask(struct kit *k, const char *id, uint32_t limit, uint32_t offset)
{
	k->opt.limit = limit;
	k->opt.offset = offset;
	k->looks = 0;
	return search_versions(k->s, id, strlen(id), &k->opt, &k->r, &k->err);
}

static void
check_note(const struct kit *k, size_t i, const char *text)
{
	assert_true(i < k->r.nnotes);
	assert_string_equal(k->r.notes[i].text, text);
	assert_false(k->r.notes[i].damage);
}

/* Pages of every size are cut from one order. */
static void
pages(void **state)
{
	struct kit *k = *state;
	char text[80], id[16];
	uint32_t at, size;
	size_t i;

	copies(k, 50);
	for (size = 1; size < 60; size += 7) {
		for (at = 0; at < 60; at += size) {
			const uint32_t left = at + size < 50 ? 50 - at - size : 0;

			assert_int_equal(ask(k, "v20", size, at), ST_OK);
			assert_int_equal(k->r.total, 50);
			assert_int_equal(k->r.nrows, at >= 50 ? 0 : left > 0 ? size : 50 - at);
			for (i = 0; i < k->r.nrows; i++) {
				snprintf(id, sizeof(id), "v%u", (unsigned)(at + i));
				assert_string_equal(k->r.rows[i].id, id);
				assert_int_equal(k->r.rows[i].rank, at + i + 1);
				assert_int_equal(k->r.rows[i].nchanges, at + i == 20 ? 0 : 2);
			}
			assert_int_equal(k->r.nnotes, left > 0);
			snprintf(text, sizeof(text), "more versions follow from offset=%u on (50 in all)", (unsigned)(at + size));
			if (left > 0)
				check_note(k, 0, text);
		}
	}
	assert_int_equal(ask(k, "v20", 0, 0), ST_OK);
	assert_int_equal(k->r.nrows + k->r.nnotes, 0);
	assert_int_equal(k->r.total, 50);
}

/* Of a large group no more is read than the page. */
static void
reads_its_page(void **state)
{
	struct kit *k = *state;
	unsigned n, few = 0;

	for (n = 100; n <= 400; n *= 2) {
		copies(k, n);
		assert_int_equal(ask(k, "v7", 10, 0), ST_OK);
		assert_int_equal(k->r.nrows, 10);
		if (n == 100)
			few = k->looks;
	}
	assert_true(k->looks < few + 10);
}

/* An article of N sentences that stand twice each, and a copy without every second one; their order does not count. */
static void
add_long(struct kit *k, unsigned n)
{
	struct buf one = BUF_INIT, other = BUF_INIT;
	unsigned i, half;

	index_generation(&k->index);
	for (half = 0; half < 2; half++) {
		for (i = 0; i < n; i++)
			buf_addf(&one, "Envoy %u of them  spoke. ", i);
		for (i = n; i-- > 0;)
			buf_addf(&other, i % 2 == 0 ? "Envoy %u of\tthem spoke. " : "Nobody spoke. ", i);
	}
	index_add(&k->index, "one", "2001", "", "Talks", buf_str(&one));
	index_add(&k->index, "other", "2002", "", "Talks", buf_str(&other));
	buf_fini(&one);
	buf_fini(&other);
	make_group(k, 2);
	open_index(k);
}

static void
sentences_of_long_ones(void **state)
{
	const unsigned n = 600;
	struct kit *k = *state;
	unsigned looks = 0, size, i;

	for (size = n; size <= 4 * n; size *= 2) {
		const struct version *v;

		add_long(k, size);
		assert_int_equal(ask(k, "one", 10, 0), ST_OK);
		assert_int_equal(k->r.nrows, 2);
		assert_int_equal(k->r.nnotes, 0);
		v = &k->r.rows[1];
		assert_int_equal(v->nchanges, 2 * size);
		for (i = 0; i < 2 * size; i++) {
			char text[40];

			snprintf(text, sizeof(text), "Envoy %u of them  spoke.", i * 2 % size + 1);
			assert_int_equal(v->changes[i].sign, i < size ? '+' : '-');
			assert_string_equal(v->changes[i].text, i < size ? "Nobody spoke." : text);
		}
		assert_true(looks == 0 || k->looks <= 2 * looks);
		looks = k->looks;
		/* a look for each sentence, which costs more than the look */
		assert_true(looks >= 4 * size);
	}
	for (i = 1; i <= looks; i += 97) {
		k->stop = i;
		assert_int_equal(ask(k, "one", 10, 0), ST_CANCELLED);
		assert_int_equal(k->looks, i);
		assert_int_equal(k->r.nrows, 0);
	}
}

/* Articles that differ in too much for one page, or are too long to be compared. */
static void
bounds(void **state)
{
	static const size_t lengths[] = { 65535, 65536, 65536, 200001 - 3 * 65536 + 1 };
	struct kit *k = *state;
	struct buf text = BUF_INIT;
	size_t bytes = 0, i;
	unsigned n;

	for (n = 0; n < 300000; n++)
		buf_addf(&text, "War %x. ", n);
	index_generation(&k->index);
	index_add(&k->index, "short", "2001", "", "", SAME);
	index_add(&k->index, "long", "2002", "", "", buf_str(&text));
	buf_clear(&text);
	buf_addc(&text, 'x');
	for (n = 0; n < 100000; n++)
		buf_adds(&text, "\xC3\xA4");
	index_add(&k->index, "word", "2003", "", "", buf_str(&text));
	make_group(k, 3);
	open_index(k);
	/* a version that fits nowhere has a page of its own */
	assert_int_equal(ask(k, "short", 10, 0), ST_OK);
	assert_int_equal(k->r.nrows, 1);
	check_note(k, 0, "more versions follow from offset=1 on (3 in all)");
	assert_int_equal(ask(k, "short", 10, 1), ST_OK);
	assert_int_equal(k->r.nrows, 1);
	assert_int_equal(k->r.nnotes, 3);
	for (i = 0; i < k->r.rows[0].nchanges; i++)
		bytes += strlen(k->r.rows[0].changes[i].text) + sizeof(k->r.rows[0].changes[i]) + 1;
	assert_true(bytes > 4000000 && bytes <= 4 << 20);
	snprintf(k->err.text, sizeof(k->err.text), "the first version shown differs in further sentences (%zu)", 250001 - i);
	check_note(k, 0, k->err.text);
	check_note(k, 1, "of a long article the first 250000 sentences are compared");
	check_note(k, 2, "more versions follow from offset=2 on (3 in all)");
	/* pieces of a sentence are whole characters */
	assert_int_equal(ask(k, "short", 10, 2), ST_OK);
	assert_int_equal(k->r.rows[0].nchanges, 5);
	for (i = 0; i < 4; i++)
		assert_int_equal(strlen(k->r.rows[0].changes[i].text), lengths[i]);
	buf_fini(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reads_its_page, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sentences_of_long_ones, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bounds, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
