/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
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

#define ARTICLES 300

struct kit {
	struct index_fixture index;
	struct searcher *s;
	struct error err;
};

/* Article I of the index that most tests share: many of one length, so that scores tie; a third without
 * a date, several of one day. */
static void
add_numbered(struct index_fixture *f, unsigned i)
{
	static const char *const words[] = { "grain", "oil", "steel", "coal", "cotton" };
	char id[20], date[20], body[200];

	snprintf(id, sizeof(id), "a/%03u.txt", i);
	snprintf(date, sizeof(date), "19%02u-%02u-%02u", 60 + i % 7, 1 + i % 3, 1 + i % 5);
	snprintf(body, sizeof(body), "talks on %s and %s\nwith the %s envoy", words[i % 5], words[i / 5 % 3],
		 i % 10 == 0 ? "Turkish" : "Dutch");
	index_add(f, id, i % 3 == 2 ? "" : date, i % 2 ? "Reuters" : "TIME", i % 50 == 0 ? "Embargo" : "Notes", body);
}

static int
set_up(void **state)
{
	struct kit *k = calloc(1, sizeof(*k));
	unsigned i;

	assert_non_null(k);
	index_init(&k->index);
	/* in another order than that of ids and dates */
	for (i = 0; i < ARTICLES; i++)
		add_numbered(&k->index, i * 77 % ARTICLES);
	index_commit(&k->index);
	index_switch(&k->index);
	assert_int_equal(searcher_new(&k->s, k->index.dir, &k->err), ST_OK);
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

static struct search_options
options(uint32_t limit, uint32_t offset, enum search_sort sort)
{
	struct search_options opt = search_defaults;

	opt.limit = limit;
	opt.offset = offset;
	opt.sort = sort;
	opt.snippets = false;
	return opt;
}

static struct search_result
run(struct kit *k, const char *query, const struct search_options *opt)
{
	struct search_result r;

	assert_int_equal(search_run(k->s, query, strlen(query), opt, &r, &k->err), ST_OK);
	return r;
}

static uint64_t
count(struct kit *k, const char *query)
{
	struct search_options opt = options(0, 0, SORT_RELEVANCE);
	struct search_result r;

	assert_int_equal(search_count(k->s, query, strlen(query), &opt, &r, &k->err), ST_OK);
	assert_true(r.exact);
	return r.total;
}

/* Newer first, undated last, then by id. */
static int
by_age(const struct search_row *a, const struct search_row *b)
{
	int d = strcmp(b->date, a->date);

	return d != 0 ? d : strcmp(a->id, b->id);
}

/* The whole list is in order, and pages of every size cut it without a seam. */
static void
pages_agree(void **state)
{
	static const char *const queries[] = {
		"grain", "oil steel", "grain coal cotton envoy", "talks", "\"talks on\"", "turkish OR embargo",
		"grain NOT coal", "title:embargo", "+oil steel dutch",
	};
	static const uint32_t sizes[] = { 1, 2, 3, 7, 10, 64 };
	struct kit *k = *state;
	char (*ids)[20] = calloc(ARTICLES, sizeof(*ids));
	double *scores = calloc(ARTICLES, sizeof(*scores));
	size_t q, p, i, n, ties = 0;

	assert_true(ids != NULL && scores != NULL);
	for (q = 0; q < sizeof(queries) / sizeof(queries[0]); q++) {
		struct search_options opt = options(1000, 0, SORT_RELEVANCE);
		struct search_result r = run(k, queries[q], &opt);

		n = r.nrows;
		assert_true(n > 3);
		assert_true(r.exact);
		assert_int_equal(r.total, n);
		assert_int_equal(count(k, queries[q]), n);
		r = run(k, queries[q], &opt);
		for (i = 0; i < n; i++) {
			snprintf(ids[i], sizeof(ids[i]), "%s", r.rows[i].id);
			scores[i] = r.rows[i].score;
			assert_true(scores[i] > 0);
			if (i > 0 && scores[i] == scores[i - 1]) {
				assert_true(by_age(&r.rows[i - 1], &r.rows[i]) < 0);
				ties++;
			}
			assert_true(i == 0 || scores[i] <= scores[i - 1]);
		}
		for (p = 0; p < sizeof(sizes) / sizeof(sizes[0]); p++) {
			size_t at;

			for (at = 0; at < n + 2 * sizes[p]; at += sizes[p]) {
				opt = options(sizes[p], (uint32_t)at, SORT_RELEVANCE);
				r = run(k, queries[q], &opt);
				assert_int_equal(r.nrows, at >= n ? 0 : n - at < sizes[p] ? n - at : sizes[p]);
				for (i = 0; i < r.nrows; i++) {
					assert_string_equal(r.rows[i].id, ids[at + i]);
					assert_true(r.rows[i].score == scores[at + i]);
					assert_int_equal(r.rows[i].rank, at + i + 1);
				}
			}
		}
	}
	assert_true(ties > 200);   /* the test is about them */
	free(ids);
	free(scores);
}

static void
sorts_by_date(void **state)
{
	struct kit *k = *state;
	struct search_options opt = options(1000, 0, SORT_DATE_REVERSE);
	struct search_result r = run(k, "grain", &opt);
	size_t i, dated = 0;

	assert_true(r.nrows > 50);
	for (i = 1; i < r.nrows; i++)
		assert_true(by_age(&r.rows[i - 1], &r.rows[i]) < 0);
	opt.sort = SORT_DATE;
	r = run(k, "grain", &opt);
	for (i = 1; i < r.nrows; i++) {
		const struct search_row *a = &r.rows[i - 1], *b = a + 1;
		int d = strcmp(a->date, b->date);

		dated += a->date[0] != '\0';
		assert_true(b->date[0] == '\0' || a->date[0] != '\0');
		if (b->date[0] != '\0' || a->date[0] == '\0')
			assert_true(d < 0 || (d == 0 && strcmp(a->id, b->id) < 0));
	}
	assert_true(dated > 20);
	/* filters alone: newest first */
	opt.sort = SORT_RELEVANCE;
	r = run(k, "source:reuters", &opt);
	assert_int_equal(r.nrows, ARTICLES / 2);
	for (i = 1; i < r.nrows; i++)
		assert_true(by_age(&r.rows[i - 1], &r.rows[i]) < 0);
	assert_string_equal(r.rows[0].source, "Reuters");
}

static void
snippets_and_rows(void **state)
{
	struct kit *k = *state;
	struct search_options opt = options(3, 0, SORT_RELEVANCE);
	struct search_result r;
	size_t i;

	opt.snippets = true;
	r = run(k, "\"talks on grain\" turkish", &opt);
	assert_int_equal(r.nrows, 3);
	for (i = 0; i < r.nrows; i++) {
		assert_non_null(strstr(r.rows[i].snippet, "<b>talks on grain</b>"));
		assert_non_null(strstr(r.rows[i].snippet, "<b>Turkish</b>"));
	}
	opt.snippets = false;
	opt.mark_open = "{";
	r = run(k, "embargo", &opt);
	assert_string_equal(r.rows[0].title, "Embargo");
	assert_null(r.rows[0].snippet);
	opt.limit = 0;
	r = run(k, "talks", &opt);
	assert_int_equal(r.nrows, 0);
	assert_int_equal(r.total, ARTICLES);
}

static void
headline_outranks_body(void **state)
{
	struct kit *k = *state;
	struct search_options opt = options(2, 0, SORT_RELEVANCE);
	struct search_result r;

	index_generation(&k->index);
	index_add(&k->index, "body", "", "", "Notes of the week", "a dam on the river was opened");
	index_add(&k->index, "head", "", "", "River opened", "a dam on the Tigris was in use");
	index_commit(&k->index);
	index_switch(&k->index);
	assert_int_equal(searcher_refresh(k->s, &(bool){ false }, &k->err), ST_OK);
	r = run(k, "river", &opt);
	assert_int_equal(r.nrows, 2);
	assert_string_equal(r.rows[0].id, "head");
}

static void
parts_add_up(void **state)
{
	static const char *const queries[] = { "grain", "oil coal turkish", "\"talks on\" embargo", "embargo title:embargo",
		"(grain OR oil) AND talks", "source:time grain envoy", "tal* grain" };
	struct kit *k = *state;
	struct search_options opt = options(5, 0, SORT_RELEVANCE);
	struct explain_result e;
	size_t q, i, j;

	for (q = 0; q < sizeof(queries) / sizeof(queries[0]); q++) {
		struct search_result r = run(k, queries[q], &opt);
		char ids[5][20];
		double scores[5];

		assert_true(r.nrows == 5);
		for (i = 0; i < 5; i++) {
			snprintf(ids[i], sizeof(ids[i]), "%s", r.rows[i].id);
			scores[i] = r.rows[i].score;
		}
		for (i = 0; i < 5; i++) {
			double sum = 0;

			assert_int_equal(search_explain(k->s, queries[q], strlen(queries[q]), ids[i], &opt, &e,
							&k->err), ST_OK);
			for (j = 0; j < e.nrows; j++)
				if (e.rows[j].depth == 1)
					sum += atof(e.rows[j].detail);
			assert_true(fabs(e.score - scores[i]) < 1e-6);
			assert_true(fabs(sum - e.score) < 1e-6);
		}
	}
	assert_int_equal(search_explain(k->s, "grain", 5, "no/such", &opt, &e, &k->err), ST_NOTFOUND);
	assert_int_equal(search_explain(k->s, "zebra", 5, "a/001.txt", &opt, &e, &k->err), ST_NOTFOUND);
}

static void
gets_articles(void **state)
{
	const struct xap_deadline over = { 1, NULL, NULL };
	struct kit *k = *state;
	struct article a;

	article_init(&a);
	assert_int_equal(search_get(k->s, "a/007.txt", 9, &over, &a, &k->err), ST_DEADLINE);
	assert_int_equal(search_get(k->s, "a/007.txt", 9, NULL, &a, &k->err), ST_OK);
	assert_string_equal(buf_str(&a.field[ART_ID]), "a/007.txt");
	assert_int_equal(a.nparas, 2);
	assert_int_equal(search_get(k->s, "a/7.txt", 7, NULL, &a, &k->err), ST_NOTFOUND);
	article_fini(&a);
}

static void
suggests_words(void **state)
{
	struct kit *k = *state;
	const struct suggestion *g;
	size_t n;

	assert_int_equal(search_suggest(k->s, "CO", 2, 10, &g, &n, &k->err), ST_OK);
	assert_int_equal(n, 2);
	assert_string_equal(g[0].text, "coal");
	assert_string_equal(g[1].text, "cotton");
	assert_int_equal(g[0].count, count(k, "coal"));
	assert_int_equal(search_suggest(k->s, "t", 1, 2, &g, &n, &k->err), ST_OK);
	assert_int_equal(n, 2);
	assert_string_equal(g[0].text, "talks");
	assert_int_equal(g[0].count, ARTICLES);
	assert_int_equal(search_suggest(k->s, "", 0, 10, &g, &n, &k->err), ST_OK);
	assert_int_equal(n, 0);
	assert_int_equal(search_suggest(k->s, "zzz", 3, 10, &g, &n, &k->err), ST_OK);
	assert_int_equal(n, 0);
}

static bool
asked_to_stop(void *arg)
{
	(void)arg;
	return true;
}

static void
stops_in_time(void **state)
{
	struct kit *k = *state;
	struct search_options opt = options(10, 0, SORT_RELEVANCE);
	struct explain_result e;
	struct search_result r;

	opt.deadline.at_ns = 1;
	assert_int_equal(search_run(k->s, "talks envoy", 11, &opt, &r, &k->err), ST_DEADLINE);
	assert_int_equal(r.nrows, 0);
	opt.deadline.at_ns = 0;
	opt.deadline.cancelled = asked_to_stop;
	assert_int_equal(search_run(k->s, "talks envoy", 11, &opt, &r, &k->err), ST_CANCELLED);
	assert_int_equal(search_explain(k->s, "tal*", 4, NULL, &opt, &e, &k->err), ST_CANCELLED);
	opt.deadline.cancelled = NULL;
	assert_int_equal(search_explain(k->s, "tal*", 4, NULL, &opt, &e, &k->err), ST_OK);
	assert_int_equal(search_run(k->s, "talks (", 7, &opt, &r, &k->err), ST_SYNTAX);
	assert_int_equal(k->err.col, 7);
	r = run(k, "talks envoy", &opt);
	assert_int_equal(r.nrows, 10);
}

static bool
counted(void *arg)
{
	++*(unsigned *)arg;
	return false;
}

/* How often the clock was looked at for QUERY, which finds ROWS articles: a chain looks for each article that it
 * is asked about. */
static unsigned
looks(struct kit *k, const char *query, size_t rows)
{
	struct search_options opt = options(10, 0, SORT_RELEVANCE);
	unsigned n = 0;

	opt.deadline = (struct xap_deadline){ 0, counted, &n };
	if (run(k, query, &opt).nrows != rows)
		fail_msg("%s", query);
	return n;
}

/* Every article has a copy: each page shows one of the two. The clock is looked at for each hit that is passed over. */
static void
folds_copies(void **state)
{
	struct kit *k = *state;
	struct search_options opt = options(10, 0, SORT_DATE);
	bool met[ARTICLES / 2] = { false };
	char key[NEARDUP_KEY_MAX], text[32];
	struct search_result r;
	unsigned i, n = 0;
	size_t row;

	for (i = 0; i < ARTICLES; i++) {
		const unsigned group = i % (ARTICLES / 2) + 1;

		neardup_key(key, i + 1);
		snprintf(text, sizeof(text), "%u", group);
		assert_int_equal(sealed_put(k->index.wdb, key, text, strlen(text), NULL), ST_OK);
		neardup_group_key(key, group);
		snprintf(text, sizeof(text), "%u %u", group, group + ARTICLES / 2);
		assert_int_equal(sealed_put(k->index.wdb, key, text, strlen(text), NULL), ST_OK);
	}
	index_commit(&k->index);
	assert_int_equal(searcher_refresh(k->s, &(bool){ false }, &k->err), ST_OK);
	opt.deadline = (struct xap_deadline){ 0, counted, &n };
	for (opt.offset = 0; opt.offset < ARTICLES / 2; opt.offset += 10) {
		n = 0;
		r = run(k, "talks", &opt);
		assert_int_equal(r.nrows, 10);
		assert_true(n > opt.offset);
		for (row = 0; row < r.nrows; row++) {
			/* articles are added as i * 77 % ARTICLES, and so are numbered */
			for (i = 0; i * 77 % ARTICLES != (unsigned)atoi(r.rows[row].id + 2); i++)
				;
			assert_false(met[i % (ARTICLES / 2)]);
			met[i % (ARTICLES / 2)] = true;
			assert_int_equal(r.rows[row].copies, 2);
		}
	}
	assert_int_equal(run(k, "talks", &opt).nrows, 0);
	opt.offset = 0;
	opt.collapse = false;
	opt.limit = ARTICLES;
	r = run(k, "talks", &opt);
	assert_int_equal(r.nrows, ARTICLES);
	for (row = 0; row < r.nrows; row++)
		assert_int_equal(r.rows[row].copies, 2);
}

/* Filters are asked before positions are compared, wherever in the query that is. */
static void
filters_come_first(void **state)
{
	static const struct { const char *query; size_t rows; } confined[] = {
		{ "source:rare (talks ADJ/1 envoy ADJ/1 talks)", 0 }, { "source:nosuch (talks ADJ/1 on ADJ/1 grain)", 0 },
		{ "source:rare (talks ADJ/1 envoy ADJ/1 talks OR zebra)", 1 },
		{ "source:rare (talks ADJ/1 envoy ADJ/1 talks) zebra", 1 },
		{ "source:rare +zebra (talks ADJ/1 envoy ADJ/1 talks)", 1 },
		{ "source:rare zebra -(talks ADJ/1 envoy ADJ/1 talks)", 1 },
		{ "source:rare (zebra NOT talks ADJ/1 envoy ADJ/1 talks)", 1 },
		{ "source:rare (atleast3(talks) OR zebra)", 1 },
		{ "source:rare (zebra (=talks ADJ/1 =zebra OR talks ADJ/1 envoy ADJ/1 talks))", 1 },
		{ "source:rare (source:time (talks ADJ/1 envoy ADJ/1 talks) OR zebra)", 1 },
	};
	struct kit *k = *state;
	size_t i;

	/* in the place of the first, so that all others follow it */
	index_add(&k->index, "a/000.txt", "", "Rare", "Zebra", "a zebra and the talks with an envoy");
	index_commit(&k->index);
	assert_int_equal(searcher_refresh(k->s, &(bool){ false }, &k->err), ST_OK);
	for (i = 0; i < sizeof(confined) / sizeof(confined[0]); i++)
		if (looks(k, confined[i].query, confined[i].rows) > 20)
			fail_msg("%s", confined[i].query);
	assert_true(looks(k, "talks ADJ/1 envoy ADJ/1 talks OR zebra", 1) > ARTICLES);
}

/* A reader that was not told of several commits still answers, and follows when told. */
static void
follows_commits(void **state)
{
	struct kit *k = *state;
	struct search_options opt = options(10, 0, SORT_RELEVANCE);
	struct search_result r;
	char id[20];
	unsigned i, round;
	bool changed;

	assert_int_equal(searcher_refresh(k->s, &changed, &k->err), ST_OK);
	assert_false(changed);
	for (round = 0; round < 4; round++) {
		for (i = 0; i < ARTICLES; i++) {
			snprintf(id, sizeof(id), "n%u/%03u", round, i);
			index_add(&k->index, id, "1999-01-01", "", "Zebra", "a zebra and the talks");
		}
		index_commit(&k->index);
	}
	opt.snippets = true;
	r = run(k, "talks", &opt);
	assert_int_equal(r.nrows, 10);
	assert_int_equal(searcher_refresh(k->s, &changed, &k->err), ST_OK);
	assert_int_equal(count(k, "zebra"), 4 * ARTICLES);
	assert_int_equal(searcher_manifest(k->s)->articles, 5 * ARTICLES);
	assert_int_equal(searcher_count(k->s, &i, &k->err), ST_OK);
	assert_int_equal(i, 5 * ARTICLES);
	/* more matches than are worth counting: an estimate that says so, or the truth */
	r = run(k, "talks zebra envoy", &opt);
	assert_int_equal(r.nrows, 10);
	assert_true(!r.exact || r.total == 5 * ARTICLES);
	index_remove(&k->index, "n0/000");
	index_commit(&k->index);
	assert_int_equal(searcher_refresh(k->s, &changed, &k->err), ST_OK);
	assert_true(changed);
	assert_int_equal(count(k, "zebra"), 4 * ARTICLES - 1);
}

static void
follows_generations(void **state)
{
	struct kit *k = *state;
	char path[160], away[170];
	bool changed;

	index_generation(&k->index);
	index_add(&k->index, "x", "", "", "Okapi", "one okapi");
	index_commit(&k->index);
	assert_int_equal(searcher_refresh(k->s, &changed, &k->err), ST_OK);
	assert_false(changed);
	index_switch(&k->index);
	assert_int_equal(searcher_refresh(k->s, &changed, &k->err), ST_OK);
	assert_true(changed);
	assert_int_equal(count(k, "okapi"), 1);
	assert_int_equal(count(k, "talks"), 0);
	/* one that cannot be opened: the old one answers, until it can */
	index_generation(&k->index);
	index_commit(&k->index);
	snprintf(path, sizeof(path), "%s/g%06u/manifest.json", k->index.dir, (unsigned)k->index.generation);
	snprintf(away, sizeof(away), "%s.away", path);
	assert_int_equal(rename(path, away), 0);
	index_switch(&k->index);
	assert_int_not_equal(searcher_refresh(k->s, &changed, &k->err), ST_OK);
	assert_int_equal(count(k, "okapi"), 1);
	assert_int_not_equal(searcher_refresh(k->s, &changed, &k->err), ST_OK);
	assert_int_equal(searcher_manifest(k->s)->generation, k->index.generation - 1);
	assert_int_equal(rename(away, path), 0);
	assert_int_equal(searcher_refresh(k->s, &changed, &k->err), ST_OK);
	assert_true(changed);
	assert_int_equal(searcher_manifest(k->s)->generation, k->index.generation);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pages_agree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sorts_by_date, set_up, tear_down),
		cmocka_unit_test_setup_teardown(snippets_and_rows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(headline_outranks_body, set_up, tear_down),
		cmocka_unit_test_setup_teardown(parts_add_up, set_up, tear_down),
		cmocka_unit_test_setup_teardown(gets_articles, set_up, tear_down),
		cmocka_unit_test_setup_teardown(suggests_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(stops_in_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(folds_copies, set_up, tear_down),
		cmocka_unit_test_setup_teardown(filters_come_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(follows_commits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(follows_generations, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
