/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/search/search.h"
#include "engine/xapian/xap.h"
#include "tests/unit/index_fixture.h"

#define ARTICLES 320

struct kit {
	struct index_fixture index;
	struct searcher *s;
	struct search_options opt;
	struct search_result r;
	struct error err;
};

static void
add(struct kit *k, const char *id, const char *title, const char *body)
{
	index_add(&k->index, id, "2025", "", title, body);
}

/* The text has taught what an acronym stands for. */
static void
teach(struct kit *k, const char *term)
{
	struct xap_doc *doc;
	uint32_t docid;

	assert_int_equal(xap_doc_new(&doc, &k->err), ST_OK);
	assert_int_equal(xap_doc_add(doc, term, strlen(term), NULL, 0, 0, &k->err), ST_OK);
	assert_int_equal(xap_wdb_add(k->index.wdb, doc, &docid, &k->err), ST_OK);
	xap_doc_free(doc);
}

static int
set_up(void **state)
{
	struct kit *k = calloc(1, sizeof(*k));
	char id[20];
	unsigned i;

	assert_non_null(k);
	index_init(&k->index);
	for (i = 0; i < ARTICLES; i++) {
		snprintf(id, sizeof(id), "a/%03u", i);
		add(k, id, "Notes", i < 300 ? "on sanctions of the government, approved\nby F-35 talks with a weather minister" :
		    "other matters");
	}
	add(k, "less", "Sanctons", "sanctons, sanctons and again sanctons");
	add(k, "swapped", "Notes", "sancitons that the goverment of nobody wants");
	add(k, "first", "Notes", "functions, fanctions and whether or not");
	add(k, "last", "Notes", "sanctiony");
	add(k, "form", "Notes", "sanction");
	add(k, "family", "Notes", "approving to approvedly");
	add(k, "real", "Notes", "reproved approve; appproved twice");
	add(k, "acronym", "Notes", "the CAATSA, CAATSA, CAATSA act");
	add(k, "moved", "CATSAA act", "the CATSAA act");
	for (i = 0; i < 6; i++) {
		snprintf(id, sizeof(id), "m/%u", i);
		add(k, id, "Notes", i < 2 ? "CATSAA again" : "the wezther");
	}
	teach(k, "XAcaatsa\tcountering adversaries");
	index_commit(&k->index);
	index_switch(&k->index);
	assert_int_equal(searcher_new(&k->s, k->index.dir, &k->err), ST_OK);
	k->opt = search_defaults;
	k->opt.limit = 1000;
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

/* How many articles the query finds. */
static size_t
run(struct kit *k, const char *query)
{
	assert_int_equal(search_run(k->s, query, strlen(query), &k->opt, &k->r, &k->err), ST_OK);
	assert_int_equal(k->r.nrows, k->r.total);
	return k->r.nrows;
}

static const struct search_row *
row_of(const struct kit *k, const char *id)
{
	size_t i;

	for (i = 0; i < k->r.nrows; i++)
		if (strcmp(k->r.rows[i].id, id) == 0)
			return &k->r.rows[i];
	return NULL;
}

static void
assert_note(const struct kit *k, size_t i, char letter, const char *typed, const char *text)
{
	assert_true(i < k->r.nnotes);
	assert_int_equal(k->r.notes[i].letter, letter);
	assert_string_equal(k->r.notes[i].typed, typed);
	assert_string_equal(k->r.notes[i].text, text);
}

static void
finds_misspellings(void **state)
{
	struct kit *k = *state;

	assert_int_equal(run(k, "sanctions"), 303);
	assert_int_equal(k->r.nnotes, 2);
	assert_note(k, 0, 'C', "sanctions", "sancitons");
	assert_note(k, 1, 'C', "sanctions", "sanctons");
	/* in the last places, however often and wherever they stand */
	assert_non_null(row_of(k, "less"));
	assert_true(row_of(k, "less")->rank > 301);
	assert_true(row_of(k, "swapped")->rank > 301);
	assert_non_null(strstr(row_of(k, "swapped")->snippet, "<b>sancitons</b>"));
	assert_non_null(row_of(k, "form"));
	assert_null(row_of(k, "first"));
	assert_null(row_of(k, "last"));

	assert_int_equal(run(k, "government"), 301);
	assert_note(k, 0, 'C', "government", "goverment");
	/* "approve" and "approvedly" are of one family with other words; "reproved" begins with another letter */
	assert_int_equal(run(k, "approved"), 302);
	assert_int_equal(k->r.nnotes, 1);
	assert_note(k, 0, 'C', "approved", "appproved");
	/* four articles of 300 are too many for another letter in so short a word, and "whether" is another word */
	run(k, "weather");
	assert_int_equal(k->r.nnotes, 0);
	/* each in its own way, as part of a query */
	assert_int_equal(run(k, "sanctions AND goverment"), 1);
	assert_non_null(row_of(k, "swapped"));
}

static void
leaves_alone(void **state)
{
	static const char *const queries[] = {
		"=sanctions", "\"sanctions\"", "sanction*", "sanctions NEAR/3 of", "F-35", "2025", "talks -sanctions",
	};
	struct kit *k = *state;
	size_t i, before;

	for (i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		k->opt.plan.correct = CORRECT_SHOW;
		before = run(k, queries[i]);
		assert_int_equal(k->r.nnotes, 0);
		k->opt.plan.correct = CORRECT_OFF;
		assert_int_equal(run(k, queries[i]), before);
	}
	assert_int_equal(run(k, "sanctions"), 301);
	assert_int_equal(k->r.nnotes, 0);
	assert_int_equal(run(k, "sanktions"), 0);
	assert_int_equal(k->r.nnotes, 0);
}

static void
finds_acronyms(void **state)
{
	struct kit *k = *state;

	/* three articles have it so, one as it should be */
	assert_int_equal(run(k, "CAATSA"), 4);
	assert_int_equal(k->r.nnotes, 1);
	assert_note(k, 0, 'C', "CAATSA", "catsaa");
	assert_string_equal(k->r.rows[0].id, "acronym");
	assert_non_null(strstr(row_of(k, "moved")->snippet, "<b>CATSAA</b>"));
	assert_int_equal(run(k, "caatsa"), 4);
	assert_int_equal(run(k, "title:caatsa"), 1);
	assert_int_equal(run(k, "CATSAA"), 3);
}

static void
suggests(void **state)
{
	struct kit *k = *state;

	assert_int_equal(run(k, "sanktions"), 0);
	assert_int_equal(k->r.nnotes, 1);
	assert_note(k, 0, 'W', "", "no article has \"sanktions\"; did you mean: sanctions");
	assert_int_equal(search_count(k->s, "sanktions", 9, &k->opt, &k->r, &k->err), ST_OK);
	assert_int_equal(k->r.nnotes, 1);
	k->opt.plan.correct = CORRECT_SEARCH;
	/* with its other forms, as if it had been typed */
	assert_int_equal(run(k, "sanktions"), 301);
	assert_int_equal(k->r.nnotes, 1);
	assert_note(k, 0, 'C', "sanktions", "sanctions");
	assert_non_null(row_of(k, "form"));
	assert_non_null(strstr(row_of(k, "form")->snippet, "<b>sanction</b>"));
	/* nothing is near */
	assert_int_equal(run(k, "zyxwvuts"), 0);
	assert_int_equal(k->r.nnotes, 0);
	assert_int_equal(run(k, "title:sanktons"), 1);
	assert_note(k, 0, 'C', "sanktons", "sanctons");
}

static void
explains(void **state)
{
	struct explain_result e;
	struct kit *k = *state;
	double sum = 0;
	size_t i;

	assert_int_equal(search_explain(k->s, "government", 10, NULL, &k->opt, &e, &k->err), ST_OK);
	assert_int_equal(e.nrows, 2);
	assert_string_equal(e.rows[1].node, "correction");
	assert_string_equal(e.rows[1].detail, "goverment = goverment");
	assert_int_equal(search_explain(k->s, "government", 10, "swapped", &k->opt, &e, &k->err), ST_OK);
	for (i = 0; i < e.nrows; i++)
		if (e.rows[i].depth == 1)
			sum += atof(e.rows[i].detail);
	assert_true(e.score > 0 && sum > 0.9 * e.score && sum < 1.1 * e.score);
}

/* Another searcher has the same words. */
static void
shares(void **state)
{
	struct kit *k = *state;
	struct searcher *other;

	assert_int_equal(searcher_new(&other, k->index.dir, &k->err), ST_OK);
	assert_int_equal(searcher_prepare(k->s, &k->err), ST_OK);
	searcher_share(other, k->s);
	searcher_free(k->s);
	k->s = other;
	assert_int_equal(searcher_prepare(k->s, &k->err), ST_OK);
	assert_int_equal(run(k, "government"), 301);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(finds_misspellings, set_up, tear_down),
		cmocka_unit_test_setup_teardown(leaves_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(finds_acronyms, set_up, tear_down),
		cmocka_unit_test_setup_teardown(suggests, set_up, tear_down),
		cmocka_unit_test_setup_teardown(explains, set_up, tear_down),
		cmocka_unit_test_setup_teardown(shares, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
