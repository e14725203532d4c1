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

#include "engine/plan/plan.h"
#include "engine/search/search.h"
#include "engine/store/schema.h"
#include "tests/unit/index_fixture.h"

struct set_up {
	struct index_fixture index;
	struct store *store;
	struct analyser *an;
	struct searcher *searcher;
};

/* The articles of all tests; the ids are what the tables name. */
static void
add_articles(struct index_fixture *f)
{
	char id[16], body[64];
	unsigned i;

	index_add(f, "a", "2024-02-29", "Sample Wire", "Türkiye and the US resume talks",
		  "The air defense missile system, an F-35 and WHO doctors.\nIt is up to us to re-export grain.");
	index_add(f, "b", "2025-03-27", "Reuters", "Turkiye writes",
		  "Turkiye writes Turkiye. Who said that war is war? The system of air defense.");
	index_add(f, "c", "", "The Wire", "Reexport of oil", "Reexport, re export, and Türkiye. war; sanctions sanctioned");
	index_add(f, "d", "2025", "Reuters", "F-16 and S-400", "制裁土耳其 one two three four five. Sana'a");
	index_add(f, "e", "2023-12-31T23:59:59", "", "IT FALLS TO US ALL", "TÜRKİYE WRITES. one five two");
	for (i = 0; i < PLAN_PREFIX_TERMS_MAX + 50; i += 5) {
		snprintf(id, sizeof(id), "w%u", i);
		snprintf(body, sizeof(body), "zzz%u zzz%u zzz%u zzz%u zzz%u", i, i + 1, i + 2, i + 3, i + 4);
		index_add(f, id, "1999", "Words", "", body);
	}
}

static int
open_all(void **state)
{
	static struct set_up s;

	index_init(&s.index);
	add_articles(&s.index);
	index_commit(&s.index);
	index_switch(&s.index);
	assert_int_equal(store_open(&s.store, s.index.dir, NULL), ST_OK);
	assert_int_equal(analyser_new(&s.an, NULL), ST_OK);
	assert_int_equal(searcher_new(&s.searcher, s.index.dir, NULL), ST_OK);
	*state = &s;
	return 0;
}

static int
close_all(void **state)
{
	struct set_up *s = *state;

	searcher_free(s->searcher);
	analyser_free(s->an);
	store_free(s->store);
	index_fini(&s->index);
	return 0;
}

static enum status
make(struct set_up *s, const char *text, const struct xap_deadline *deadline, struct plan **plan, struct error *err)
{
	static const struct query_options opt = { .now = 1743084600 };
	struct node *tree;
	enum status st = query_parse(&tree, text, strlen(text), &opt, err);

	*plan = NULL;
	if (st != ST_OK)
		return st;
	st = plan_new(plan, tree, s->store, s->an, &search_defaults.plan, deadline, err);
	query_free(tree);
	return st;
}

/* What each query finds, oldest first. */
static void
hits(void **state)
{
	static const struct { const char *query, *ids; } rows[] = {
		/* folded words, stems, hyphens, designators */
		{ "turkiye", "e a b c" }, { "TÜRKİYE", "e a b c" }, { "sanction", "c" },
		{ "re-export", "a c" }, { "reexport", "a c" }, { "\"re-export\"", "a c" }, { "\"reexport grain\"", "a" },
		{ "title:re-export", "c" }, { "f35", "a" }, { "F 35", "a" }, { "f-35", "a" }, { "F-3*", "a" },
		{ "制裁", "d" }, { "裁土", "d" }, { "裁制", "" }, { "sana", "d" }, { "Sana’a", "d" },
		/* the hint of capitals */
		{ "US", "e a" }, { "U.S.", "e a" }, { "us", "e a" }, { "WHO", "a" }, { "who", "a b" },
		{ "title:US", "e a" }, { "title:us", "e a" }, { "\"to us\"", "e a" }, { "\"to US\"", "e" },
		{ "\"WHO IS WAR\"", "" }, { "+WHO +SAID +THAT", "b" },
		/* spellings */
		{ "=Turkiye", "b" }, { "=türkiye", "e a c" }, { "=TÜRKİYE", "e" }, { "=WHO", "a" }, { "=who", "a b" },
		{ "title:=Turkiye", "b" }, { "title:=türkiye", "a" }, { "title:=US", "e a" }, { "=sanction", "" },
		{ "=Turkiye NEAR/2 writes", "b" }, { "=türkiye NEAR/2 writes", "e" }, { "=re-export", "a c" },
		/* distances */
		{ "one NEAR/3 two", "e d" }, { "one NEAR/1 two", "d" }, { "two ADJ/1 one", "" }, { "five ADJ/1 two", "e" },
		{ "one ADJ/4 five", "e d" }, { "one ADJ/3 five", "e" }, { "\"one five\" ADJ/1 two", "e" },
		{ "\"air defense\" ADJ/2 system", "a" }, { "\"air defense\" ADJ/1 system", "" },
		{ "\"air defense\" NEAR/2 system", "a b" }, { "system ADJ/2 \"air defense\"", "b" },
		{ "war NEAR/2 war", "b" }, { "war NEAR/1 war", "" }, { "war ADJ/2 war", "b" }, { "turk* ADJ/2 turk*", "b" },
		{ "us NEAR/5 US", "" }, { "re-export NEAR/1 grain", "a" },
		{ "sanct* NEAR/1 sanct*", "c" }, { "one NEAR/4 five NEAR/1 two", "e" }, { "one NEAR/4 five ADJ/1 two", "e" },
		{ "two ADJ/2 four ADJ/1 five", "d" }, { "制裁 NEAR/3 土耳其", "d" }, { "writes NEAR/99 turkiye", "e b" },
		/* the gap between headline and body */
		{ "\"writes turkiye\"", "b" }, { "s-400 NEAR/99 one", "" }, { "\"resume talks the\"", "" },
		/* lists and filters */
		{ "source:reuters", "d b" }, { "source:reuters source:\"sample wire\"", "a d b" }, { "source:wire -oil", "a" },
		{ "date:2025", "d b" }, { "date:2025-03", "b" }, { "date:..2023", "e" }, { "since:2025-03-01", "b" },
		{ "date:2024-02-29..2025-03-27", "a d b" }, { "date:2023 date:2025-03", "e b" }, { "id:a id:c", "a c" },
		{ "turkiye source:reuters", "b" }, { "(source:reuters) oil", "d b c" }, { "+turkiye war -talks", "e b c" },
		{ "turkiye NOT title:turkiye", "e c" }, { "(air AND war) OR oil", "b c" }, { "turkiye -(us OR war)", "" },
		{ "turkiye NOT (+writes oil)", "a c" }, { "turkiye -(war AND (+writes oil))", "e a c" }, { "turkiye &", "e a b c" }, { "oil AND &", "c" }, { "oil NOT &", "c" }, { "source:reuters &", "d b" },
	};
	struct set_up *s = *state;
	struct search_options opt = search_defaults;
	struct search_result r;
	struct error err;
	struct buf got = BUF_INIT;
	size_t i, k;

	opt.limit = 1000;
	opt.sort = SORT_DATE;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&got);
		if (search_run(s->searcher, rows[i].query, strlen(rows[i].query), &opt, &r, &err) != ST_OK)
			fail_msg("%s: col %d: %s", rows[i].query, err.col, err.text);
		for (k = 0; k < r.nrows; k++)
			if (r.rows[k].id[0] != 'w')
				buf_addf(&got, "%s%s", got.len > 0 ? " " : "", r.rows[k].id);
		if (strcmp(buf_str(&got), rows[i].ids) != 0)
			fail_msg("%s: finds \"%s\", not \"%s\"", rows[i].query, buf_str(&got), rows[i].ids);
	}
	buf_fini(&got);
}

static void
errors(void **state)
{
	static const struct { const char *query; int col; const char *text; } rows[] = {
		{ "ü sa*", 3, "too short before the *: three letters or digits at least, or a designator's letter and first digit" },
		{ "f-*", 1, "too short before the *: three letters or digits at least, or a designator's letter and first digit" },
		{ "a -b -&", 0, "" },
		{ "&", 1, "no word in the query" },
		{ "& -a", 1, "only excludes: say what to find as well" },
		{ "x OR (& NOT a)", 6, "only excludes: say what to find as well" },
		{ "x source:&", 3, "no word in source:" },
		{ "x NEAR/3 &", 10, "no word in an operand of NEAR, ADJ or SAME" },
	};
	struct set_up *s = *state;
	struct plan *plan;
	struct error err;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum status st = make(s, rows[i].query, NULL, &plan, &err);

		assert_int_equal(st, rows[i].col > 0 ? ST_SYNTAX : ST_OK);
		if (st == ST_SYNTAX && (err.col != rows[i].col || strcmp(err.text, rows[i].text) != 0))
			fail_msg("%s: col %d: %s", rows[i].query, err.col, err.text);
		plan_free(plan);
	}
}

static void
too_many_words(void **state)
{
	struct buf text = BUF_INIT;
	struct plan *plan;
	struct error err;
	int i;

	/* One unbroken run for the parser. */
	for (i = 0; i < QUERY_TERMS_MAX + 1; i++)
		buf_adds(&text, "裁");
	assert_int_equal(make(*state, text.data, NULL, &plan, &err), ST_TOO_LARGE);
	assert_null(plan);
	text.len -= 3;
	text.data[text.len] = '\0';
	assert_int_equal(make(*state, text.data, NULL, &plan, &err), ST_OK);
	plan_free(plan);
	/* Words of a list are read again for their pairs, and count once. */
	buf_clear(&text);
	for (i = 0; i < QUERY_TERMS_MAX; i++)
		buf_addf(&text, "word%d ", i);
	assert_int_equal(make(*state, text.data, NULL, &plan, &err), ST_OK);
	plan_free(plan);
	buf_adds(&text, "more");
	assert_int_equal(make(*state, text.data, NULL, &plan, &err), ST_TOO_LARGE);
	buf_fini(&text);
}

/* What a plan wants to know of its terms: the positions of those that stand side by side or in a part of the text. */
static void
wanted(void **state)
{
	static const struct { const char *query, *term; enum wanted_as as; } rows[] = {
		{ "oil", "oil", WANTED_NOT }, { "oil", "Zoil", WANTED_TERM },
		{ "\"oil talks\"", "talks", WANTED_POSITIONS },
		{ "oil NEAR/3 talks", "oil", WANTED_POSITIONS },
		{ "oil SAME/S talks", PREFIX_BEGIN SCHEMA_SENTENCE, WANTED_POSITIONS },
		{ "oil SAME/S talks", "talks", WANTED_POSITIONS },
		{ "section:trade \"oil talks\"", "talks", WANTED_POSITIONS },
		{ "section:trade (voice:quoted \"oil talks\" crude)", "talks", WANTED_POSITIONS },
		{ "section:trade (voice:quoted \"oil talks\" crude)", "crude", WANTED_POSITIONS },
		{ "section:trade (voice:quoted \"oil talks\" crude)", PREFIX_END SCHEMA_QUOTE, WANTED_POSITIONS },
		{ "lead:oil crude", "oil", WANTED_POSITIONS }, { "lead:oil crude", "crude", WANTED_NOT },
		{ "re-export crude", "export", WANTED_POSITIONS }, { "re-export crude", "Zcrude", WANTED_TERM },
		{ "source:wire crude", "XSRCwire", WANTED_POSITIONS }, { "lang:EN crude", "Len", WANTED_TERM },
	};
	static const struct query_options how = { .now = 1743084600 };
	struct set_up *s = *state;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct wanted *w = wanted_new();
		struct node *tree;
		struct error err;

		assert_non_null(w);
		assert_int_equal(query_parse(&tree, rows[i].query, strlen(rows[i].query), &how, &err), ST_OK);
		assert_int_equal(plan_wanted(tree, s->store, s->an, &search_defaults.plan, w, &err), ST_OK);
		wanted_ready(w);
		if (wanted_find(w, rows[i].term, strlen(rows[i].term)) != rows[i].as)
			fail_msg("%s: %s is wanted as %d", rows[i].query, rows[i].term, (int)wanted_find(w, rows[i].term, strlen(rows[i].term)));
		query_free(tree);
		wanted_free(w);
	}
}

static void
notes(void **state)
{
	struct plan *plan;
	struct error err;

	assert_int_equal(make(*state, "zzz* \"...\" oil", NULL, &plan, &err), ST_OK);
	assert_int_equal(plan->nnotes, 2);
	assert_int_equal(plan->notes[0].letter, 'W');
	assert_string_equal(plan->notes[0].text, "zzz*: the 1000 most frequent of 1050 words are used");
	assert_string_equal(plan->notes[1].text, "\"...\": no word in it, left out");
	plan_free(plan);
}

static void
marks(void **state)
{
	static const struct { const char *query, *want; } rows[] = {
		{ "talks", "0:stem talk" },
		{ "US \"to us\"", "0:caps us; 1:word to word us" },
		{ "re-export", "0:stem reexport; 0:word re word export" },
		{ "\"re-export now\"", "0:word re word export word now; 0:word reexport word now" },
		{ "sanct* -oil =Türkiye", "0:prefix sanct; 1:exact türkiye" },
		{ "one NEAR/3 two NOT three", "0:word one; 1:word two" },
		{ "source:reuters f35", "0:stem f35" },
		{ "40", "0:word 40" },
		{ "制裁", "0:word 制 word 裁" },
	};
	static const char *const names[] = { "stem", "word", "prefix", "caps", "exact" };
	struct buf got = BUF_INIT;
	struct plan *plan;
	size_t i, k, w;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&got);
		assert_int_equal(make(*state, rows[i].query, NULL, &plan, NULL), ST_OK);
		for (k = 0; k < plan->nmarks; k++) {
			const struct mark *m = &plan->marks[k];

			buf_addf(&got, "%s%u:", k > 0 ? "; " : "", m->group);
			for (w = 0; w < m->nwords; w++)
				buf_addf(&got, "%s%s %.*s", w > 0 ? " " : "", names[m->word[w].kind], (int)m->word[w].len, m->word[w].text);
			assert_true(m->group < plan->ngroups);
		}
		assert_string_equal(buf_str(&got), rows[i].want);
		plan_free(plan);
	}
	buf_fini(&got);
}

/* An article's parts add up to its score. */
static void
parts(void **state)
{
	static const char *const queries[] = {
		"turkiye writes war", "+turkiye (war AND us) -oil", "\"air defense\" system", "re-export OR (air AND war) OR us",
		"\"re-export grain\" grain", "turk* NEAR/3 writes turkiye", "(war talks source:reuters) writes", "=türkiye title:US",
		"turkiye NOT (oil OR talks)", "sana'a one", "lead:turkiye writes", "atleast2(war) system",
		"writes SAME/S turkiye us", "voice:reporter (war OR oil) writes",
	};
	struct set_up *s = *state;
	struct search_options opt = search_defaults;
	struct explain_result e;
	struct search_result r;
	struct error err;
	char ids[8][8];
	double scores[8], sum;
	size_t i, k, m, nhits;

	opt.limit = 8;
	for (i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		size_t len = strlen(queries[i]);

		assert_int_equal(search_run(s->searcher, queries[i], len, &opt, &r, &err), ST_OK);
		assert_true(r.nrows > 0);
		nhits = r.nrows;
		for (k = 0; k < nhits; k++) {
			snprintf(ids[k], sizeof(ids[k]), "%s", r.rows[k].id);
			scores[k] = r.rows[k].score;
		}
		for (k = 0; k < nhits; k++) {
			assert_int_equal(search_explain(s->searcher, queries[i], len, ids[k], &opt, &e, &err), ST_OK);
			for (m = 0, sum = 0; m < e.nrows; m++)
				sum += e.rows[m].depth == 1 ? atof(e.rows[m].detail) : 0;
			if (fabs(sum - scores[k]) > 1e-6 || fabs(e.score - scores[k]) > 1e-6)
				fail_msg("%s, article %s: parts %f, score %f and %f", queries[i], ids[k], sum, e.score, scores[k]);
		}
	}
}

/* Conditions are counted as far as words are. */
static void
totals(void **state)
{
	static const char *const queries[] = {
		"zzz* ADJ/1 zzz*", "source:words (zzz* NEAR/2 zzz*)", "oil OR (zzz* ADJ/1 zzz*)", "lead:zzz*", "lead:zzz* -(zzz1* ADJ/1 zzz1*)",
		"atleast2(turkiye) OR zzz*",
	};
	struct set_up *s = *state;
	struct search_result r, counted;
	struct error err;
	size_t i;

	for (i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		assert_int_equal(search_run(s->searcher, queries[i], strlen(queries[i]), &search_defaults, &r, &err), ST_OK);
		assert_int_equal(r.nrows, search_defaults.limit);
		assert_int_equal(search_count(s->searcher, queries[i], strlen(queries[i]), &search_defaults, &counted, &err), ST_OK);
		assert_true(counted.total > 100);
		if (!r.exact || r.total != counted.total)
			fail_msg("%s: %u, exact=%d, not %u", queries[i], (unsigned)r.total, (int)r.exact, (unsigned)counted.total);
	}
}

static bool
at_once(void *arg)
{
	(void)arg;
	return true;
}

/* Plans TEXT and finds all of it. */
static enum status
run(struct set_up *s, const char *text, const struct xap_deadline *deadline)
{
	struct xap_enquire *e = NULL;
	struct xap_hits hits;
	struct plan *plan;
	struct error err;
	enum status st = make(s, text, deadline, &plan, &err);

	if (st == ST_OK)
		st = xap_enquire_new(&e, s->store->db, &err);
	if (st == ST_OK)
		st = xap_enquire_set_query(e, plan->query, &err);
	if (st == ST_OK)
		st = xap_enquire_run(e, 0, 100, 0, &hits, &err);
	xap_enquire_free(e);
	plan_free(plan);
	return st;
}

static void
deadlines(void **state)
{
	static const struct xap_deadline late = { .at_ns = 1 }, stopped = { .cancelled = at_once };
	static const struct { const char *query; enum status late, stopped; } rows[] = {
		{ "war NEAR/2 war", ST_DEADLINE, ST_CANCELLED }, { "lead:war", ST_DEADLINE, ST_CANCELLED },
		{ "oil OR (said SAME/S war)", ST_DEADLINE, ST_CANCELLED }, { "oil -atleast2(war)", ST_DEADLINE, ST_CANCELLED },
		/* no article is asked about */
		{ "source:nosuch (war NEAR/2 war)", ST_OK, ST_OK }, { "war peace", ST_OK, ST_OK },
	};
	struct set_up *s = *state;
	struct plan *plan;
	size_t i;

	/* Positions are read while a query is run, not while it is planned. */
	assert_int_equal(make(s, "war NEAR/2 war", &late, &plan, NULL), ST_OK);
	plan_free(plan);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (run(s, rows[i].query, &late) != rows[i].late)
			fail_msg("%s: the deadline", rows[i].query);
		if (run(s, rows[i].query, &stopped) != rows[i].stopped)
			fail_msg("%s: the cancelling", rows[i].query);
	}
}

static void
ranked(void **state)
{
	struct plan *plan;

	assert_int_equal(make(*state, "source:reuters date:2025", NULL, &plan, NULL), ST_OK);
	assert_false(plan->ranked);
	plan_free(plan);
	assert_int_equal(make(*state, "source:reuters OR oil", NULL, &plan, NULL), ST_OK);
	assert_true(plan->ranked);
	plan_free(plan);
	assert_int_equal(make(*state, "source:reuters -oil", NULL, &plan, NULL), ST_OK);
	assert_false(plan->ranked);
	plan_free(plan);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hits),
		cmocka_unit_test(errors),
		cmocka_unit_test(too_many_words),
		cmocka_unit_test(wanted),
		cmocka_unit_test(notes),
		cmocka_unit_test(marks),
		cmocka_unit_test(parts),
		cmocka_unit_test(totals),
		cmocka_unit_test(deadlines),
		cmocka_unit_test(ranked),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
