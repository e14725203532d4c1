/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What is pushed: the text that a worker makes for each watch.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/job/push.h"
#include "engine/store/journal.h"
#include "tests/unit/index_fixture.h"

static const struct xap_deadline never = { 0 };

/* Commits an article that was added, or (TITLE NULL) nothing. */
static void
commit(struct index_fixture *f, const char *id, const char *date, const char *title, const char *body)
{
	struct manifest m = { .rev = f->rev + 1 };
	struct journal_entry *e;

	assert_int_equal(journal_entry_new(&e, NULL), ST_OK);
	if (title != NULL) {
		index_add(f, id, date, "Wire", title, body);
		assert_int_equal(journal_entry_add(e, CHANGE_ADDED, id, strlen(id), NULL, NULL), ST_OK);
	}
	assert_int_equal(journal_write(e, f->wdb, &m, 1000, NULL), ST_OK);
	index_commit(f);
	journal_entry_free(e);
}

static void
set_up(struct index_fixture *f, struct searcher **s)
{
	index_init(f);
	index_add(f, "first", "2025", "Wire", "Oil", "Oil.");
	index_commit(f);
	index_switch(f);
	assert_int_equal(searcher_new(s, f->dir, NULL), ST_OK);
}

static void
tear_down(struct index_fixture *f, struct searcher *s)
{
	searcher_free(s);
	index_fini(f);
}

/* The push for a watch of "oil" that was told up to AFTER. */
static struct push *
make(struct searcher *s, uint64_t after, bool json, bool replay)
{
	struct watch w = { .number = 7, .name = "w1", .json = json, .replay = replay, .rev = after,
			   .query = { .text = "oil", .len = 3 } };
	struct push *p;

	assert_int_equal(push_new(&p, after, NULL), ST_OK);
	assert_int_equal(push_add(p, 3, &w, NULL), ST_OK);
	do
		push_work(p, s, &never);
	while (p->status == ST_OK && !p->done);
	assert_int_equal(p->status, ST_OK);
	assert_int_equal(p->told, 1);
	assert_int_equal(p->watch[0].conn, 3);
	assert_int_equal(p->watch[0].number, 7);
	return p;
}

static void
expect(struct searcher *s, uint64_t after, bool json, bool replay, uint64_t rev, const char *text)
{
	struct push *p = make(s, after, json, replay);

	assert_false(p->gone);
	assert_int_equal(p->rev, rev);
	assert_string_equal(buf_str(&p->watch[0].text), text);
	push_free(p);
}

static void
each_commit_is_told(void **state)
{
	struct index_fixture f;
	struct searcher *s;

	(void)state;
	set_up(&f, &s);
	expect(s, 1, false, false, 1, "");
	commit(&f, "a", "2025-03-27", "Oil\tprices", "Up.");
	expect(s, 1, false, false, 2, "* watch=w1 rev=2 rows=1\nR\t1\ta\t0.00\t2025-03-27\tWire\tOil\\tprices\n");
	commit(&f, "b", "", "Nothing", "Of that.");
	expect(s, 2, false, false, 3, "* watch=w1 rev=3 rows=0\n");
	expect(s, 1, false, false, 3,
	       "* watch=w1 rev=2 rows=1\nR\t1\ta\t0.00\t2025-03-27\tWire\tOil\\tprices\n* watch=w1 rev=3 rows=0\n");
	expect(s, 1, true, false, 3,
	       "{\"t\":\"*\",\"watch\":\"w1\",\"rev\":2,\"rows\":1}\n"
	       "{\"t\":\"R\",\"rank\":1,\"id\":\"a\",\"score\":0.00,\"date\":\"2025-03-27\",\"source\":\"Wire\","
	       "\"title\":\"Oil\\u0009prices\"}\n"
	       "{\"t\":\"*\",\"watch\":\"w1\",\"rev\":3,\"rows\":0}\n");
	tear_down(&f, s);
}

/* What was missed comes without the commits in which nothing matched, but with the present revision. */
static void
what_was_missed_is_told(void **state)
{
	struct index_fixture f;
	struct searcher *s;
	int i;

	(void)state;
	set_up(&f, &s);
	expect(s, 1, false, true, 1, "* watch=w1 rev=1 rows=0\n");
	commit(&f, "x", "", "Nothing", "Of that.");
	commit(&f, "a", "", "Oil", "Up.");
	expect(s, 1, false, true, 3, "* watch=w1 rev=3 rows=1\nR\t1\ta\t0.00\t\tWire\tOil\n");
	commit(&f, "y", "", "Nothing", "Of that.");
	commit(&f, NULL, NULL, NULL, NULL);
	expect(s, 1, false, true, 5, "* watch=w1 rev=3 rows=1\nR\t1\ta\t0.00\t\tWire\tOil\n* watch=w1 rev=5 rows=0\n");
	/* Likewise where very many came at once. */
	for (i = 0; i < 61; i++)
		commit(&f, NULL, NULL, NULL, NULL);
	expect(s, 1, false, false, 66, "* watch=w1 rev=3 rows=1\nR\t1\ta\t0.00\t\tWire\tOil\n* watch=w1 rev=66 rows=0\n");
	tear_down(&f, s);
}

static void
what_is_gone_is_told(void **state)
{
	struct index_fixture f;
	struct searcher *s;
	struct push *p;

	(void)state;
	set_up(&f, &s);
	commit(&f, "a", "", "Oil", "Up.");
	f.journal_floor = 3;
	commit(&f, "b", "", "Oil", "Up.");
	p = make(s, 2, false, false);
	assert_true(p->gone);
	assert_string_equal(buf_str(&p->watch[0].text), "* watch=w1 rev=2 gone=1\n");
	push_free(p);
	p = make(s, 1, true, true);
	assert_true(p->gone);
	assert_string_equal(buf_str(&p->watch[0].text), "{\"t\":\"*\",\"watch\":\"w1\",\"rev\":1,\"gone\":1}\n");
	push_free(p);
	expect(s, 3, false, true, 3, "* watch=w1 rev=3 rows=0\n");
	tear_down(&f, s);
}

/* Names, the limit, and what is remembered of a request. */
static void
lists_hold_watches(void **state)
{
	struct watch_list list = { 0 };
	struct request req;
	struct watch *w, *first = NULL;
	struct error err;
	char line[80];
	int i;

	(void)state;
	for (i = 0; i < WATCHES_MAX; i++) {
		snprintf(line, sizeof(line), i % 2 ? "WATCH -- a%d" : "WATCH name=w%d since=9 from=2024 format=json -- a", i + 2);
		assert_int_equal(request_parse(&req, line, strlen(line), NULL), 0);
		assert_int_equal(watch_new(&w, &list, &req, &err), ST_OK);
		request_fini(&req);
		w->number = (uint64_t)i + 1;
		first = i == 0 ? w : first;
		watch_list_add_take(&list, w);
	}
	assert_int_equal(list.n, WATCHES_MAX);
	assert_int_equal(list.replays, WATCHES_MAX / 2);
	assert_string_equal(first->name, "w2");
	assert_string_equal(first->query.from, "2024");
	assert_null(first->query.to);
	assert_true(first->json);
	assert_int_equal(first->rev, 9);
	assert_ptr_equal(watch_list_find(&list, 1), first);
	assert_string_equal(watch_list_find(&list, 2)->name, "w1");
	assert_string_equal(watch_list_find(&list, 4)->name, "w3");
	assert_null(watch_list_find(&list, WATCHES_MAX + 1));
	assert_int_equal(request_parse(&req, "WATCH -- a", 10, NULL), 0);
	assert_int_equal(watch_new(&w, &list, &req, &err), ST_TOO_LARGE);
	request_fini(&req);
	assert_true(watch_list_remove(&list, "w4"));
	assert_false(watch_list_remove(&list, "w4"));
	assert_int_equal(request_parse(&req, "WATCH name=w2 -- a", 18, NULL), 0);
	assert_int_equal(watch_new(&w, &list, &req, &err), ST_INVALID);
	request_fini(&req);
	watch_list_told(&list, first, 12);
	assert_int_equal(first->rev, 12);
	assert_int_equal(list.replays, WATCHES_MAX / 2 - 2);
	watch_list_clear(&list);
	assert_int_equal(list.n + list.replays, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_commit_is_told),
		cmocka_unit_test(what_was_missed_is_told),
		cmocka_unit_test(what_is_gone_is_told),
		cmocka_unit_test(lists_hold_watches),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
