/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Standing queries against brute force: what newly matches in a revision is
 * what a search finds after it and did not find before it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/standing/standing.h"
#include "tests/unit/standing_world.h"

#define ROUNDS 12
#define CLIENTS 5
#define CUT_REVS 30

/* Queries FIRST to END. */
static struct standing *
some_queries(uint64_t after, size_t first, size_t end)
{
	struct standing *r;
	size_t q;

	assert_int_equal(standing_new(&r, after, NULL), ST_OK);
	for (q = first; q < end; q++)
		assert_int_equal(standing_add(r, &(struct standing_query){ .text = queries[q], .len = strlen(queries[q]) },
					      NULL), ST_OK);
	return r;
}

static struct standing *
all_queries(uint64_t after)
{
	return some_queries(after, 0, QUERIES);
}

/* Steps of no length. */
static void
run(struct standing *r, struct searcher *s)
{
	bool done;

	do
		assert_int_equal(standing_step(r, s, now(), 0, NULL, &done, NULL), ST_OK);
	while (!done);
}

/* Whether revision REV made article I one that query Q finds. */
static bool
news(const struct world *w, uint64_t rev, size_t q, unsigned i)
{
	const struct past *past = w->past[rev];

	return past->touched[i] && past->there[i] && past->found[q][i] && !w->past[rev - 1]->found[q][i];
}

/* How often each article was told, by revision and query. */
typedef unsigned char tally[QUERIES][IDS];

/* R, of the queries from FIRST on, tells of the revisions after AFTER what is news of articles that are there at
 * its end, in order; returns how much that is, and adds it to TOLD (by revision). */
static unsigned
compare(struct world *w, struct standing *r, uint64_t after, size_t first, tally *told)
{
	uint64_t end = standing_rev(r), rev, last;
	const struct standing_hit *hit;
	unsigned n = 0, due = 0, i;
	size_t q, at;

	for (q = first; q < first + standing_told(r) && q < QUERIES; q++) {
		for (at = 0, last = after + 1; (hit = standing_next(r, q - first, &at)) != NULL; n++) {
			i = (unsigned)atoi(hit->id + 1);
			if (hit->rev < last || hit->rev > end || !news(w, hit->rev, q, i) || !w->past[end]->there[i] ||
			    told[hit->rev][q][i]++ > 0)
				fail_msg("%s: %s in revision %u", queries[q], hit->id, (unsigned)hit->rev);
			assert_string_equal(hit->title, w->past[hit->rev]->title[i]);
			last = hit->rev;
		}
		for (rev = after + 1; rev <= end; rev++)
			for (i = 0; i < IDS; i++)
				due += news(w, rev, q, i) && w->past[end]->there[i];
	}
	assert_int_equal(n, due);
	return n;
}

static tally told[REVS_MAX];

static unsigned
compare_all(struct world *w, struct standing *r, uint64_t after)
{
	memset(told, 0, sizeof(told));
	return compare(w, r, after, 0, told);
}

static void
agrees_with_search(void **state)
{
	unsigned round, n = 0;
	struct standing *r;
	struct searcher *s;
	struct world w;

	(void)state;
	world_init(&w, 11);
	world_begin(&w, &s);
	for (round = 0; round < ROUNDS; round++) {
		uint64_t from = w.m.rev;
		unsigned commits = draw(&w, 4);

		while (commits-- > 0)
			some_changes(&w, draw(&w, round % 3 == 0 ? 300 : 20));
		r = all_queries(from);
		run(r, s);
		assert_int_equal(standing_rev(r), w.m.rev);
		assert_int_equal(standing_told(r), QUERIES);
		n += compare_all(&w, r, from);
		standing_free(r);
	}
	assert_true(n > 1000);
	searcher_free(s);
	world_fini(&w);
}

/* A small index holds enough for each query by itself, not just for all of them together. */
static void
each_query_alone(void **state)
{
	struct standing *r;
	struct searcher *s;
	struct world w;
	unsigned round, n = 0;
	uint64_t from;
	size_t q;

	(void)state;
	world_init(&w, 14);
	world_begin(&w, &s);
	memset(told, 0, sizeof(told));
	for (round = 0; round < 4; round++) {
		from = w.m.rev;
		some_changes(&w, 200);
		for (q = 0; q < QUERIES; q++) {
			r = some_queries(from, q, q + 1);
			run(r, s);
			n += compare(&w, r, from, q, told);
			standing_free(r);
		}
	}
	assert_true(n > 1000);
	searcher_free(s);
	world_fini(&w);
}

/* What it tells is of its own end, whatever is committed between its steps. */
static void
keeps_to_its_end(void **state)
{
	unsigned round, n = 0, steps, most = 0;
	struct standing *r;
	struct searcher *s;
	struct world w;
	bool done;

	(void)state;
	world_init(&w, 12);
	world_begin(&w, &s);
	for (round = 0; round < ROUNDS; round++) {
		uint64_t from = w.m.rev, to;

		some_changes(&w, 500);
		some_changes(&w, 500);
		to = w.m.rev;
		r = all_queries(from);
		for (steps = 0, done = false; !done; steps++) {
			assert_int_equal(standing_step(r, s, now(), 0, NULL, &done, NULL), ST_OK);
			some_changes(&w, 50);
		}
		assert_int_equal(standing_rev(r), to);
		n += compare_all(&w, r, from);
		most = steps > most ? steps : most;
		standing_free(r);
	}
	assert_true(n > 1000);
	assert_true(most > 3);
	searcher_free(s);
	world_fini(&w);
}

/* One who is told of the revisions in intervals: when it is ready it begins another, which ends at the revision of
 * that time, and goes on with it while commits come. */
struct client {
	struct standing *standing;   /* or NULL */
	uint64_t after;
	unsigned pieces;
	tally told[CUT_REVS + 2];
};

static void
client_act(struct client *c, struct world *w, struct searcher *s, bool begin)
{
	bool done;

	if (c->standing == NULL && begin && w->m.rev > c->after)
		c->standing = all_queries(c->after);
	if (c->standing == NULL)
		return;
	assert_int_equal(standing_step(c->standing, s, now(), 0, NULL, &done, NULL), ST_OK);
	if (!done)
		return;
	compare(w, c->standing, c->after, 0, c->told);
	c->after = standing_rev(c->standing);
	c->pieces++;
	standing_free(c->standing);
	c->standing = NULL;
}

/* What C, who is through, was told: all that is news of articles that were not removed after it, each once. */
static unsigned
all_once(const struct client *c, const struct world *w, uint64_t after)
{
	unsigned n = 0, i;
	uint64_t rev;
	size_t q;

	for (i = 0; i < IDS; i++)
		for (rev = w->m.rev; rev > after && w->past[rev]->there[i]; rev--)
			for (q = 0; q < QUERIES; q++) {
				assert_int_equal(c->told[rev][q][i], news(w, rev, q, i));
				n += c->told[rev][q][i];
			}
	return n;
}

/* However the revisions are cut into intervals, all of them together tell the same. */
static void
any_cut(void **state)
{
	static struct client client[CLIENTS];
	unsigned n, i, most = 0;
	struct standing *r;
	struct searcher *s;
	struct world w;
	uint64_t begin, after;

	(void)state;
	world_init(&w, 15);
	w.removals = 30;
	world_begin(&w, &s);
	begin = w.m.rev;
	for (i = 0; i < CLIENTS; i++)
		client[i] = (struct client){ .after = begin };
	while (w.m.rev < begin + CUT_REVS) {
		some_changes(&w, draw(&w, 4) == 0 ? 500 : 60);
		for (i = 0; i < CLIENTS; i++)
			client_act(&client[i], &w, s, draw(&w, 1 + 2 * i) == 0);
	}
	for (i = 0; i < CLIENTS; i++) {
		while (client[i].after < w.m.rev)
			client_act(&client[i], &w, s, true);
		most = client[i].pieces > most ? client[i].pieces : most;
		n = all_once(&client[i], &w, begin);
		assert_true(n > 1000);
		assert_int_equal(n, all_once(&client[0], &w, begin));
	}
	assert_true(client[CLIENTS - 1].pieces < most);
	/* One who begins again behind any of them. */
	for (after = begin; after <= w.m.rev; after++) {
		r = all_queries(after);
		run(r, s);
		(void)compare_all(&w, r, after);
		standing_free(r);
	}
	searcher_free(s);
	world_fini(&w);
}

/* Results that would take too much memory are told of some of the queries only, but whole. */
static void
too_much_is_told_in_turns(void **state)
{
	static const struct standing_query q = { .text = "source:reuters OR source:wire", .len = 29 };
	const size_t n = 6000;
	size_t through = 0, turns = 0, hits, most = 0, i, at;
	struct standing *r;
	struct searcher *s;
	struct world w;
	uint64_t from;
	bool done;

	(void)state;
	world_init(&w, 16);
	world_begin(&w, &s);
	from = w.m.rev;
	some_changes(&w, IDS);
	for (; through < n; turns++) {
		assert_int_equal(standing_new(&r, from, NULL), ST_OK);
		for (i = through; i < n; i++)
			assert_int_equal(standing_add(r, &q, NULL), ST_OK);
		assert_int_equal(standing_step(r, s, now(), UINT64_MAX / 4, NULL, &done, NULL), ST_OK);
		assert_true(done);
		assert_in_range(standing_told(r), 1, n - through);
		for (i = 0; i < standing_told(r); i++) {
			for (at = hits = 0; standing_next(r, i, &at) != NULL; hits++)
				;
			most = most == 0 ? hits : most;
			assert_int_equal(hits, most);
		}
		through += standing_told(r);
		standing_free(r);
	}
	assert_true(most > 100);
	assert_true(turns > 1);
	searcher_free(s);
	world_fini(&w);
}

/* A query that takes longer than its budget takes nothing from the others, and can be asked again. */
static void
late_queries_harm_no_others(void **state)
{
	static const struct standing_query slow = { .text = "oil NEAR/99 oil", .len = 15, .budget_ns = 1 };
	struct standing *r;
	struct searcher *s;
	struct world w;
	uint64_t from;
	unsigned n;

	(void)state;
	world_init(&w, 17);
	world_begin(&w, &s);
	from = w.m.rev;
	some_changes(&w, IDS);
	some_changes(&w, IDS);
	r = all_queries(from);
	assert_int_equal(standing_add(r, &slow, NULL), ST_OK);
	run(r, s);
	assert_int_equal(standing_told(r), QUERIES + 1);
	assert_true(standing_late(r, QUERIES));
	assert_false(standing_late(r, 0));
	n = compare_all(&w, r, from);
	assert_true(n > 100);
	standing_free(r);
	/* Alone, it ends the work at once. */
	assert_int_equal(standing_new(&r, from, NULL), ST_OK);
	assert_int_equal(standing_add(r, &slow, NULL), ST_OK);
	run(r, s);
	assert_true(standing_late(r, 0));
	assert_int_equal(standing_rev(r), w.m.rev);
	standing_free(r);
	searcher_free(s);
	world_fini(&w);
}

static void
what_is_gone_is_told(void **state)
{
	struct standing *r;
	struct searcher *s;
	struct world w;
	bool done;

	(void)state;
	world_init(&w, 13);
	world_begin(&w, &s);
	w.m.journal_floor = w.m.rev;
	some_changes(&w, 10);
	r = all_queries(w.m.rev - 2);
	assert_int_equal(standing_step(r, s, now(), 0, NULL, &done, NULL), ST_GONE);
	standing_free(r);
	assert_int_equal(standing_reaches(s, w.m.rev - 2, NULL), ST_GONE);
	assert_int_equal(standing_reaches(s, w.m.rev + 1, NULL), ST_GONE);
	assert_int_equal(standing_reaches(s, w.m.rev - 1, NULL), ST_OK);
	assert_int_equal(standing_reaches(s, w.m.rev, NULL), ST_OK);
	assert_int_equal(standing_check(s, &(struct standing_query){ .text = "(", .len = 1 }, now(), NULL), ST_SYNTAX);
	assert_int_equal(standing_check(s, &(struct standing_query){ .text = "-a", .len = 2 }, now(), NULL), ST_SYNTAX);
	assert_int_equal(standing_check(s, &(struct standing_query){ .text = "oil", .len = 3 }, now(), NULL), ST_OK);
	/* Nothing happened since: at once, and nothing. */
	r = all_queries(w.m.rev);
	assert_int_equal(standing_step(r, s, now(), 0, NULL, &done, NULL), ST_OK);
	assert_true(done);
	assert_null(standing_next(r, 0, &(size_t){ 0 }));
	standing_free(r);
	searcher_free(s);
	world_fini(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_search),
		cmocka_unit_test(each_query_alone),
		cmocka_unit_test(keeps_to_its_end),
		cmocka_unit_test(any_cut),
		cmocka_unit_test(too_much_is_told_in_turns),
		cmocka_unit_test(late_queries_harm_no_others),
		cmocka_unit_test(what_is_gone_is_told),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
