/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Sentences, and the parts of articles: as terms of the index, and as queries.
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
#include "engine/text/sentences.h"
#include "tests/unit/index_fixture.h"

/* The first byte from AT on that is no opening mark. */
static size_t
behind_opening(const struct buf *text, size_t at)
{
	return at + strspn(text->data + at, "(\"“«");
}

/* The sentence from BEGIN to END begins at its first word and at no other, and ends at its last mark and at no other. */
static void
begins_once(const struct buf *text, size_t begin, size_t end)
{
	size_t first = behind_opening(text, begin), i;

	assert_true(sentences_begin_at(text->data, text->len, first));
	for (i = first + 1; i < end; i++)
		if (text->data[i - 1] == ' ' && behind_opening(text, i) < end)
			assert_false(sentences_begin_at(text->data, text->len, behind_opening(text, i)));
	for (i = first; i < end; i++)
		if (strchr(".!?", text->data[i]) != NULL)
			assert_int_equal(sentences_end_at(text->data, text->len, i),
					 i + 1 + strspn(text->data + i + 1, " \n)\"”»") >= end);
}

/* Each text with | where a sentence begins. */
static void
sentences(void **state)
{
	static const char *const rows[] = {
		"", "one", "No stop at all|\nA paragraph",
		"He left. |She stayed! |Who? |Nobody… |Then silence",
		"The U.S. envoy and Mr. Orban met Adm. Zeki Akturk and J. Smith at 5 a.m. yesterday",
		"He is in the U.S. |The envoy is not. |They went to the EU. |In May. |It rained",
		"It fell to the UN. |Iran agreed", "Prof. Ali Capt. Lee Sen. Cruz Messrs. Brown and Gov. Lee",
		"See No. 5 and Art. 7 on Sept. 11. |The sun. |No. |Art moves. |Dr. Lee",
		"“We will,” he said. |“Will we?” she asked. |“No.” |(They did.) |He knew",
		"Mr. de Gaulle vs. the army etc. and so on. |No",
		"MR. KENNEDY SPOKE. |MR. RUSK LEFT HIM. |THE END",
		"THE U.S . FIRST MET HENRY R . LUCE . |THEY LEFT", "Acme Inc. |Detroit",
		"S-400. |F-35 is v1.5 of it. |3.5 is a number", "Wait ... what. |Gone",
		"外交部。|访问北京！|是", "«Oui.» |Le ministre a dit. |Il part",
		"Это так. |Да? |Нет",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf plain = BUF_INIT, got = BUF_INIT;
		const char *at;
		size_t begin = 0, end;

		for (at = rows[i]; *at != '\0'; at++)
			if (*at != '|')
				buf_addc(&plain, *at);
		while (begin < plain.len) {
			end = sentences_next(plain.data, plain.len, begin);
			begins_once(&plain, begin, end);
			/* Blanks stand before the bar here. */
			buf_addf(&got, "%s%.*s", begin > 0 ? "|" : "", (int)(end - begin), plain.data + begin);
			begin = end;
		}
		if (strstr(rows[i], "|\n") != NULL)
			assert_string_equal(buf_str(&got), "No stop at all\n|A paragraph");
		else
			assert_string_equal(buf_str(&got), rows[i]);
		buf_fini(&plain);
		buf_fini(&got);
	}
}

struct set_up { struct index_fixture index; struct searcher *searcher; };

static int
open_all(void **state)
{
	static struct set_up s;

	index_init(&s.index);
	index_add(&s.index, "a", "2025-01-01", "Wire", "Talks on treaties",
		  "The envoys met. No policy was agreed on sanctions.\n"
		  "“We lift sanctions now. Our policy is clear,” Hakan Fidan said. The ministry declined.\n"
		  "# Background: F-35 removal\n"
		  "The S-400 came first. Policies changed, and the S 400s stayed. S-400!\n"
		  "“Sanctions are unjust,” Marco Rubio said.\n"
		  "# Wider context\n"
		  "Fidan left. An obstacle remains in the skies, and re-export of grain.");
	index_add(&s.index, "b", "2025-01-02", "Wire", "",
		  "# Context\n"
		  "Nobody was quoted on obstacles. The sanctions\n"
		  "hold. Grain is hoped for; some hope, hoping again. war war war.");
	index_add(&s.index, "c", "2025-01-03", "Wire", "Grain “for peace”",
		  "Said Fidan: nothing. “Grain,” Marco Rubio said, “is policy.”");
	index_commit(&s.index);
	index_switch(&s.index);
	assert_int_equal(searcher_new(&s.searcher, s.index.dir, NULL), ST_OK);
	*state = &s;
	return 0;
}

static int
close_all(void **state)
{
	struct set_up *s = *state;

	searcher_free(s->searcher);
	index_fini(&s->index);
	return 0;
}

/* What QUERY finds, oldest first. */
static void
find(struct set_up *s, const char *query, bool match_all, const char *want)
{
	struct search_options opt = search_defaults;
	struct search_result r;
	struct error err;
	struct buf got = BUF_INIT;
	size_t k;

	opt.sort = SORT_DATE;
	opt.match_all = match_all;
	if (search_run(s->searcher, query, strlen(query), &opt, &r, &err) != ST_OK)
		fail_msg("%s: col %d: %s", query, err.col, err.text);
	for (k = 0; k < r.nrows; k++)
		buf_addf(&got, "%s%s", k > 0 ? " " : "", r.rows[k].id);
	if (strcmp(buf_str(&got), want) != 0)
		fail_msg("%s: finds \"%s\", not \"%s\"", query, buf_str(&got), want);
	buf_fini(&got);
}

static void
hits(void **state)
{
	static const struct { const char *query, *ids; } rows[] = {
		/* sections, their headings among them; forms of a word */
		{ "section:background", "a" }, { "section:context", "a b" }, { "section:\"F-35 removal\" S-400", "a" },
		{ "section:context obstacles", "a b" }, { "section:background obstacles", "" },
		{ "section:background removal", "a" }, { "section:background policy", "a" }, { "section:context policy", "" },
		{ "section:wider sky", "a" }, { "section:context hopes", "b" }, { "section:context \"some hope\"", "b" },
		{ "section:background sanctions -unjust", "" }, { "section:context sanctions -unjust", "b" },
		{ "section:context obst* NEAR/3 remains", "a" }, { "section:background removal NEAR/3 s-400", "a" },
		{ "section:context first NEAR/99 obstacle", "" }, { "section:context re-export", "a" },
		{ "section:context =obstacles", "b" }, { "section:context (grain AND obstacle)", "a b" },
		{ "section:context title:talks", "a" }, { "(section:background) policy", "a c" },
		{ "section:context section:wider grain", "a" }, { "section:context section:background grain", "" },
		{ "-section:background grain", "b c" }, { "treaty -section:background", "" },
		{ "section:background lead:treaty", "a" }, { "section:background atleast2(policy)", "" },
		/* quotations */
		{ "voice:quoted", "a c" }, { "voice:quoted sanction", "a" }, { "voice:reporter sanctions", "a b" },
		{ "voice:reporter unjust", "" }, { "voice:quoted policy", "a c" }, { "voice:reporter policies", "a" },
		{ "voice:quoted \"lift sanctions\"", "a" }, { "voice:quoted grain NEAR/9 policy", "" },
		{ "voice:reporter said NEAR/9 nothing", "c" }, { "voice:quoted section:background sanctions", "a" },
		{ "voice:quoted section:background policy", "" }, { "voice:reporter -voice:quoted grain", "b" },
		{ "voice:QUOTED peace", "" }, { "voice:reporter peace", "c" }, { "voice:quoted lift ADJ/1 sanctions", "a" },
		{ "voice:reporter treaty", "a" }, { "voice:quoted (+sanctions -unjust)", "" },
		/* the lead */
		{ "lead:treaties", "a" }, { "lead:policy", "a c" }, { "lead:clear", "" }, { "lead:\"the envoys\"", "a" },
		{ "lead:obstacle", "b" }, { "lead:context", "" }, { "lead:=treaty", "" }, { "lead:treat*", "a" },
		{ "lead:grain -lead:nothing", "" }, { "lead:sanctions", "a b" }, { "+lead:sanctions title:talks", "a b" },
		/* sentences and paragraphs */
		{ "met SAME/S envoys", "a" }, { "met SAME/S policy", "" }, { "met SAME/P policy", "a" },
		{ "sanctions SAME/S hold", "" }, { "sanctions SAME/P hold", "" }, { "obstacles SAME/P sanctions", "b" },
		{ "\"talks on\" SAME/S treaties", "a" }, { "talks SAME/P envoys", "" }, { "war SAME/S war", "b" },
		{ "obst* SAME/S re-export", "a" }, { "came SAME/S first SAME/P stayed", "a" },
		{ "first NEAR/3 policies SAME/S came", "" }, { "first NEAR/3 policies SAME/P came", "a" },
		{ "x OR lift SAME/S now", "a" }, { "voice:quoted clear SAME/P sanctions", "a" }, { "clear SAME/S sanctions", "" },
		/* how often */
		{ "atleast1(s-400)", "a" }, { "atleast3(s-400)", "a" }, { "atleast4(s-400)", "" }, { "atleast3(policy)", "a" },
		{ "atleast4(policy)", "" }, { "atleast3( \"war\" )", "b" }, { "atleast2(\"war war\")", "b" },
		{ "atleast3(hop*)", "b" }, { "atleast2(=policy)", "a" }, { "atleast3(=policy)", "" },
		{ "+atleast2(obstacle) grain", "" }, { "grain -atleast3(war)", "a c" }, { "ATLEAST2(grain)", "c" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		find(*state, rows[i].query, false, rows[i].ids);
	/* Any of several words, or all of them. */
	find(*state, "section:background removal obstacle", false, "a");
	find(*state, "section:background removal obstacle", true, "");
	find(*state, "section:context grain obstacle", true, "a b");
}

static void
explained(void **state)
{
	static const struct { const char *query, *want; } rows[] = {
		{ "section:wider a SAME/S b", "0 list  / 1 filter section:wider = XSECTIONwider / 1 same sentence / "
		  "2 word a = a / 2 word b = b" },
		{ "atleast3(\"x y\")", "0 atleast 3 / 1 phrase \"x y\" = x y" },
		{ "lead:talks SAME voice:quoted", "0 list  / 1 word lead:talks = Ztalk / 1 word SAME = XCsame / 1 filter voice:quoted" },
		{ "a SAME/P b", "0 same paragraph / 1 word a = a / 1 word b = b" },
	};
	struct set_up *s = *state;
	struct search_options opt = search_defaults;
	struct explain_result e;
	struct buf got = BUF_INIT;
	struct error err;
	size_t i, k;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&got);
		assert_int_equal(search_explain(s->searcher, rows[i].query, strlen(rows[i].query), NULL, &opt, &e, &err), ST_OK);
		for (k = 0; k < e.nrows; k++)
			buf_addf(&got, "%s%u %s %s", k > 0 ? " / " : "", e.rows[k].depth, e.rows[k].node, e.rows[k].detail);
		assert_string_equal(buf_str(&got), rows[i].want);
	}
	buf_fini(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences),
		cmocka_unit_test(hits),
		cmocka_unit_test(explained),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
