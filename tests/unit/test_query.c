/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "engine/query/date.h"
#include "engine/query/query.h"

#define NOW 1743084600   /* 2025-03-27T14:10:00Z */

/* (list word:a +word:b ...), with fields and distances where there are any. */
static void
print(struct buf *b, const struct node *n)
{
	size_t i;

	if (n->sign != SIGN_NONE)
		buf_addc(b, n->sign == SIGN_MUST ? '+' : '-');
	if (n->nkids == 0) {
		if (n->field != NULL)
			buf_addf(b, "%s:", n->field->name);
		if (n->kind == NODE_DATES) {
			buf_addf(b, "%s..%s", n->lo, n->hi);
			return;
		}
		buf_addf(b, "%s[%.*s]", query_kind_name(n->kind), (int)n->len, n->text);
		return;
	}
	buf_addf(b, "(%s", query_kind_name(n->kind));
	if (n->kind == NODE_NEAR || n->kind == NODE_ADJ || n->kind == NODE_ATLEAST)
		buf_addf(b, "/%u", n->distance);
	if (n->kind == NODE_SAME)
		buf_adds(b, n->same == SAME_SENTENCE ? "/S" : "/P");
	for (i = 0; i < n->nkids; i++) {
		buf_addc(b, ' ');
		print(b, n->kid[i]);
	}
	buf_addc(b, ')');
}

struct query_row { const char *text, *want; int col; };

static void
run_row(const struct query_row *r, const struct query_options *opt)
{
	struct node *tree = NULL;
	struct error err = { ST_OK, 0, "" };
	struct buf got = BUF_INIT;
	enum status st = query_parse(&tree, r->text, strlen(r->text), opt, &err);

	if (st == ST_OK) {
		print(&got, tree);
	} else {
		assert_null(tree);
		buf_adds(&got, err.text);
		assert_int_equal(err.status, st);
	}
	if ((st == ST_OK) != (r->col == 0) || strcmp(buf_str(&got), r->want) != 0 ||
	    (st == ST_SYNTAX && err.col != r->col))
		fail_msg("%s\n  gives col=%d %s\n  wanted col=%d %s", r->text, err.col, buf_str(&got), r->col, r->want);
	buf_fini(&got);
	query_free(tree);
}

static void
trees(void **state)
{
	static const struct query_row rows[] = {
		{ "caatsa", "word[caatsa]", 0 },
		{ "  caatsa\tsanctions ", "(list word[caatsa] word[sanctions])", 0 },
		{ "\"defense cooperation\"", "phrase[defense cooperation]", 0 },
		{ "“defense cooperation”", "phrase[defense cooperation]", 0 },
		{ "„Zusammenarbeit heute“ «coopération»", "(list phrase[Zusammenarbeit heute] phrase[coopération])", 0 },
		{ "»samarbejde« ”samarbete”", "(list phrase[samarbejde] phrase[samarbete])", 0 },
		{ "「制裁」『外交』", "(list phrase[制裁] phrase[外交])", 0 },
		{ "\"he said “no” today\"", "phrase[he said “no” today]", 0 },
		{ "a AND b", "(and word[a] word[b])", 0 },
		{ "a AND b AND c", "(and word[a] word[b] word[c])", 0 },
		{ "a OR b OR c", "(or word[a] word[b] word[c])", 0 },
		{ "a OR b AND c", "(or word[a] (and word[b] word[c]))", 0 },
		{ "(a OR b) AND c", "(and (or word[a] word[b]) word[c])", 0 },
		{ "a OR (b OR c)", "(or word[a] (or word[b] word[c]))", 0 },
		{ "a NOT b", "(not word[a] word[b])", 0 },
		{ "a NOT b NOT c", "(not (not word[a] word[b]) word[c])", 0 },
		{ "a AND b NOT c AND d", "(and (not (and word[a] word[b]) word[c]) word[d])", 0 },
		{ "a AND -b", "(not word[a] word[b])", 0 },
		{ "-a AND b", "(not word[b] word[a])", 0 },
		{ "a AND -b -org:c AND d", "(and (not (not word[a] word[b]) (list org:filter[c])) word[d])", 0 },
		{ "a AND -(b c)", "(not word[a] (list word[b] word[c]))", 0 },
		{ "a b AND c d", "(and (list word[a] word[b]) (list word[c] word[d]))", 0 },
		{ "and or not near adj", "(list word[and] word[or] word[not] word[near] word[adj])", 0 },
		{ "\"AND\" ANDY NEAR5", "(list phrase[AND] word[ANDY] word[NEAR5])", 0 },
		{ "+a -b c", "(list +word[a] -word[b] word[c])", 0 },
		{ "+a", "word[a]", 0 },
		{ "(+a)", "word[a]", 0 },
		{ "-(a b) c", "(list -(list word[a] word[b]) word[c])", 0 },
		{ "re-export co+op", "(list word[re-export] word[co+op])", 0 },
		{ "a NEAR/5 b", "(near/5 word[a] word[b])", 0 },
		{ "a ADJ/99 \"b c\"", "(adj/99 word[a] phrase[b c])", 0 },
		{ "a NEAR/5 b ADJ/1 =c x", "(list (adj/1 (near/5 word[a] word[b]) exact[c]) word[x])", 0 },
		{ "x -a NEAR/5 b", "(list word[x] -(near/5 word[a] word[b]))", 0 },
		{ "a NEAR/3 b c NEAR/4 d*", "(list (near/3 word[a] word[b]) (near/4 word[c] prefix[d]))", 0 },
		{ "a SAME/S b", "(same/S word[a] word[b])", 0 },
		{ "a* SAME/P \"b c\" NEAR/3 =d", "(near/3 (same/P prefix[a] phrase[b c]) exact[d])", 0 },
		{ "THE SAME STORY same/s SAMES/P", "(list word[THE] word[SAME] word[STORY] word[same/s] word[SAMES/P])", 0 },
		{ "atleast3(s-400)", "(atleast/3 word[s-400])", 0 },
		{ "x -AtLeast99( \"a b\" ) atleast1(=c) +atleast2(d*)",
		  "(list word[x] -(atleast/99 phrase[a b]) (atleast/1 exact[c]) +(atleast/2 prefix[d]))", 0 },
		{ "atleast3 (a) atleast atleast2x(b) \"atleast2\"(c)",
		  "(list word[atleast3] word[a] word[atleast] word[atleast2x] word[b] phrase[atleast2] word[c])", 0 },
		{ "lead:talks LEAD:\"a b\" lead:f-3* lead:=Iran", "(list lead:word[talks] lead:phrase[a b] lead:prefix[f-3] lead:exact[Iran])", 0 },
		{ "speaker:\"hakan fidan\" voice:Quoted x", "(list speaker:filter[hakan fidan] voice:filter[quoted] word[x])", 0 },
		{ "voice:reporter", "(list voice:filter[reporter])", 0 },
		{ "sanction* F-3* =Türkiye", "(list prefix[sanction] prefix[F-3] exact[Türkiye])", 0 },
		{ "title:f-35 TITLE:türkiye", "(list title:word[f-35] title:word[türkiye])", 0 },
		{ "title:\"a b\" title:f-3* title:=Iran", "(list title:phrase[a b] title:prefix[f-3] title:exact[Iran])", 0 },
		{ "source:reuters oil price", "(list source:filter[reuters] word[oil] word[price])", 0 },
		{ "source:reuters", "(list source:filter[reuters])", 0 },
		{ "(source:reuters) oil", "(list (list source:filter[reuters]) word[oil])", 0 },
		{ "source:a OR source:b", "(or (list source:filter[a]) (list source:filter[b]))", 0 },
		{ "person:\"hakan fidan\" -org:nato x", "(list person:filter[hakan fidan] -org:filter[nato] word[x])", 0 },
		{ "id:\"a/b.txt\" id:c-d*e.txt", "(list id:filter[a/b.txt] id:filter[c-d*e.txt])", 0 },
		{ "lang:en byline:smith topic:trade", "(list lang:filter[en] byline:filter[smith] topic:filter[trade])", 0 },
		{ "date:2025", "(list date:20250101000000..20251231235959)", 0 },
		{ "date:2024-02", "(list date:20240201000000..20240229235959)", 0 },
		{ "date:2025-03-01..2025-03-31", "(list date:20250301000000..20250331235959)", 0 },
		{ "date:2024..2025-02", "(list date:20240101000000..20250228235959)", 0 },
		{ "date:..2025 date:2025..", "(list date:..20251231235959 date:20250101000000..)", 0 },
		{ "date:2025-03-27T14:30", "(list date:20250327143000..20250327143059)", 0 },
		{ "date:\"2025-03-27 14:30:05\"", "(list date:20250327143005..20250327143005)", 0 },
		{ "since:7d", "(list since:20250320000000..)", 0 },
		{ "since:2w since:1m since:1y", "(list since:20250313000000.. since:20250227000000.. since:20240327000000..)", 0 },
		{ "since:12h", "(list since:20250327021000..)", 0 },
		{ "since:13m", "(list since:20240227000000..)", 0 },
		{ "since:2025-03-01", "(list since:20250301000000..)", 0 },
		{ "F 35 jets", "(list word[F 35] word[jets])", 0 },
		{ "F 35A, NEAR/3 jets", "(near/3 word[F 35A,] word[jets])", 0 },
		{ "F 3* =S 400", "(list prefix[F 3] exact[S 400])", 0 },
		{ "f 35 F 3500 F. 35", "(list word[f] word[35] word[F] word[3500] word[F.] word[35])", 0 },
		{ "10:30 http://a.b/c?d=e S-400:x", "(list word[10:30] word[http://a.b/c?d=e] word[S-400:x])", 0 },
		{ "Analysis: what next", "(list word[Analysis:] word[what] word[next])", 0 },
		{ "a(b)c\"d\"", "(list word[a] word[b] word[c] phrase[d])", 0 },
		{ "AT & T", "(list word[AT] word[&] word[T])", 0 },
		{ "don't l’Europe", "(list word[don't] word[l’Europe])", 0 },
		{ "a\xC2\xA0" "b\xE3\x80\x80" "c", "(list word[a] word[b] word[c])", 0 },
	};
	static const struct query_options opt = { .now = NOW };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		run_row(&rows[i], &opt);
}

#define NO_FIELD "; there are: title lead source place person org country law office weapon topic section speaker voice byline lang id date since" \
	" (quote a word with a colon in it)"
#define ALONE "stands alone: put it right before a word, or leave it out"
#define DATE_HELP "write a date as 2025, 2025-03 or 2025-03-27"
#define OPERAND "takes words, prefixes and phrases, "

static void
errors(void **state)
{
	static const struct query_row rows[] = {
		{ "", "empty query", 1 },
		{ " \t ", "empty query", 1 },
		{ "(", "unmatched \"(\"", 1 },
		{ "a (b (c)", "unmatched \"(\"", 3 },
		{ "ü )", "unmatched \")\"", 3 },
		{ ")", "unmatched \")\"", 1 },
		{ "a ()", "nothing between the parentheses", 3 },
		{ "a \"b", "unmatched \"", 3 },
		{ "ab“c d\"", "unmatched \"“\"", 3 },
		{ "x \" \"", "nothing between the quotes", 3 },
		{ "a AND", "nothing after AND", 3 },
		{ "OR a", "nothing before OR", 1 },
		{ "a OR OR b", "nothing before OR", 6 },
		{ "a OR ", "nothing after OR", 3 },
		{ "(a OR) b", "nothing after OR", 4 },
		{ "NOT a", "nothing before NOT (to exclude a word, put - right before it)", 1 },
		{ "a AND NOT b", "AND NOT: write a NOT b", 3 },
		{ "a NEAR b", "NEAR needs a number: NEAR/5 (quote it if it is meant as a word)", 3 },
		{ "a ADJ b", "ADJ needs a number: ADJ/5 (quote it if it is meant as a word)", 3 },
		{ "a NEAR/0 b", "the number after NEAR/ is from 1 to 99", 3 },
		{ "a NEAR/100 b", "the number after NEAR/ is from 1 to 99", 3 },
		{ "a NEAR/99999999999999999999 b", "the number after NEAR/ is from 1 to 99", 3 },
		{ "a ADJ/ b", "the number after ADJ/ is from 1 to 99", 3 },
		{ "a ADJ/3x b", "the number after ADJ/ is from 1 to 99", 3 },
		{ "a SAME/X b", "SAME/S is the same sentence, SAME/P the same paragraph", 3 },
		{ "a SAME/ b", "SAME/S is the same sentence, SAME/P the same paragraph", 3 },
		{ "a SAME/SP b", "SAME/S is the same sentence, SAME/P the same paragraph", 3 },
		{ "SAME/S b", "nothing before SAME", 1 },
		{ "a SAME/P", "nothing after SAME", 3 },
		{ "a SAME/S (b c)", "SAME " OPERAND "no parentheses", 10 },
		{ "a SAME/S lead:b", "SAME " OPERAND "not lead:", 10 },
		{ "a SAME/S atleast2(b)", "SAME " OPERAND "no parentheses", 10 },
		{ "ü atleast0(x)", "atleast needs a number from 1 to 99: atleast3(word)", 3 },
		{ "atleast100(x)", "atleast needs a number from 1 to 99: atleast3(word)", 1 },
		{ "atleast99999999999999999999(x)", "atleast needs a number from 1 to 99: atleast3(word)", 1 },
		{ "atleast(x)", "atleast needs a number from 1 to 99: atleast3(word)", 1 },
		{ "x atleast3(", "unmatched \"(\"", 3 },
		{ "atleast3(a", "unmatched \"(\"", 1 },
		{ "atleast3( )", "atleast takes a word, a prefix or a phrase", 11 },
		{ "atleast3((a))", "atleast takes a word, a prefix or a phrase", 10 },
		{ "atleast3(title:a)", "atleast takes a word, a prefix or a phrase", 10 },
		{ "atleast3(AND)", "atleast takes a word, a prefix or a phrase", 10 },
		{ "atleast3(a b)", "atleast takes one word, prefix or phrase: a phrase stands in quotes", 12 },
		{ "voice:foo x", "voice: is quoted or reporter", 7 },
		{ "voice:\"quoted\"", "voice: is quoted or reporter", 7 },
		{ "voice:", "voice: needs a value right after it", 1 },
		{ "lead: x", "lead: needs a value right after it", 1 },
		{ "speaker:a*", "* cannot be used in speaker:", 9 },
		{ "NEAR/5 b", "nothing before NEAR", 1 },
		{ "a NEAR/5", "nothing after NEAR", 3 },
		{ "a NEAR/5 AND b", "nothing after NEAR", 3 },
		{ "a NEAR/5 (b c)", "NEAR " OPERAND "no parentheses", 10 },
		{ "(a) NEAR/5 b", "NEAR " OPERAND "no parentheses", 1 },
		{ "a NEAR/5 title:b", "NEAR " OPERAND "not title:", 10 },
		{ "source:a ADJ/5 b", "ADJ " OPERAND "not source:", 1 },
		{ "a NEAR/5 -b", "no sign after NEAR", 10 },
		{ "-a", "only excludes: say what to find as well", 1 },
		{ "-a -source:b", "only excludes: say what to find as well", 1 },
		{ "a (-b)", "only excludes: say what to find as well", 4 },
		{ "a OR -b", "only excludes: say what to find as well", 6 },
		{ "a NOT -b", "only excludes: say what to find as well", 7 },
		{ "-a AND -b", "only excludes: say what to find as well", 1 },
		{ "-a NOT b", "only excludes: say what to find as well", 1 },
		{ "a - b", "\"-\" " ALONE, 3 },
		{ "a +", "\"+\" " ALONE, 3 },
		{ "--a", "\"-\" after \"-\": one sign is enough", 2 },
		{ "\"a\"-b", "put a blank before \"-\"", 4 },
		{ "(a)+b", "put a blank before \"+\"", 4 },
		{ "a -AND b", "\"-\" before AND (quote it if it is meant as a word)", 3 },
		{ "x same:sentence", "no field \"same\": words in one sentence or paragraph are asked for with "
		  "a SAME/S b, a SAME/P b", 3 },
		{ "x foo:bar", "no field \"foo\"" NO_FIELD, 3 },
		{ "тема:мир", "no field \"тема\"" NO_FIELD, 1 },
		{ "source: reuters", "source: needs a value right after it", 1 },
		{ "a title:", "title: needs a value right after it", 3 },
		{ "title:(a b)", "title: takes a word or words in quotes, no parentheses", 7 },
		{ "source:reut*", "* cannot be used in source:", 8 },
		{ "source:=reuters", "= cannot be used in source:", 8 },
		{ "*", "* needs the beginning of a word before it", 1 },
		{ "x a*b", "a * stands at the end of a word only", 4 },
		{ "ü**", "a * stands at the end of a word only", 2 },
		{ "\"sanct* talks\"", "no * between quotes: it stands at the end of a single word", 7 },
		{ "=", "= needs a word right after it", 1 },
		{ "=\"a b\"", "= takes a single word, not a phrase", 1 },
		{ "=a*", "= and * contradict each other", 1 },
		{ "date:2025-13", "no date \"2025-13\": " DATE_HELP, 6 },
		{ "x date:2025-02-30", "no date \"2025-02-30\": " DATE_HELP, 8 },
		{ "date:27.3.2025", "no date \"27.3.2025\": " DATE_HELP, 6 },
		{ "date:..", "no date \"..\": a range needs a date on one side at least", 6 },
		{ "date:2025..2024", "no date \"2025..2024\": the range ends before it begins", 6 },
		{ "date:2025-03-27T14", "no date \"2025-03-27T14\": " DATE_HELP, 6 },
		{ "since:7", "no date \"7\": write 7d (h hours, d days, w weeks, m months, y years) or a date", 7 },
		{ "since:d", "no date \"d\": write 7d (h hours, d days, w weeks, m months, y years) or a date", 7 },
		{ "since:99999y", "no date \"99999y\": that is too long ago", 7 },
		{ "ü \xFF", "not valid UTF-8", 3 },
		{ "a \x01", "control character", 3 },
	};
	static const struct query_options opt = { .now = NOW };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		run_row(&rows[i], &opt);
}

static void
options(void **state)
{
	static const struct query_options all = { .match_all = true, .now = NOW };
	static const struct query_options dated = { .from = "2024-06", .to = "2025", .now = NOW };
	static const struct query_options bad = { .to = "soon", .now = NOW };
	static const struct query_row rows[] = {
		{ "a b -c source:d", "(list +word[a] +word[b] -word[c] source:filter[d])", 0 },
		{ "a (b c) OR d", "(or (list +word[a] +(list +word[b] +word[c])) word[d])", 0 },
		{ "a", "(list date:20240601000000..20251231235959 word[a])", 0 },
		{ "date:2023 x", "(list date:20240601000000..20251231235959 (list date:20230101000000..20231231235959 word[x]))", 0 },
		{ "a", "to: no date \"soon\"", -1 },
	};

	(void)state;
	run_row(&rows[0], &all);
	run_row(&rows[1], &all);
	run_row(&rows[2], &dated);
	run_row(&rows[3], &dated);
	run_row(&rows[4], &bad);
}

static void
quotations(void **state)
{
	static const struct query_options whoever = { .quoted = true, .now = NOW };
	static const struct query_options his = { .quoted = true, .speaker = "ada \"brandt", .now = NOW };
	static const struct query_options all = { .quoted = true, .speaker = "tek", .match_all = true, .from = "2024", .now = NOW };
	static const struct query_options starred = { .quoted = true, .speaker = "a*", .now = NOW };
	static const struct query_options broken = { .quoted = true, .speaker = "\xFF", .now = NOW };
	static const struct { const struct query_options *how; struct query_row row; } rows[] = {
		{ &whoever, { "a", "(list word[a] voice:filter[quoted])", 0 } },
		{ &whoever, { "a b source:c", "(list word[a] word[b] source:filter[c] voice:filter[quoted])", 0 } },
		{ &whoever, { "a OR b", "(list (or word[a] word[b]) voice:filter[quoted])", 0 } },
		{ &his, { "a -b", "(list word[a] -word[b] speaker:filter[ada \"brandt])", 0 } },
		{ &his, { " \n", "(list speaker:filter[ada \"brandt])", 0 } },
		{ &all, { "a b", "(list date:20240101000000.. (list +word[a] +word[b] speaker:filter[tek]))", 0 } },
		{ &all, { "", "(list date:20240101000000.. (list speaker:filter[tek]))", 0 } },
		{ &whoever, { " ", "nothing to look for: words, or speaker=", 1 } },
		{ &his, { "a) OR (b", "unmatched \")\"", 2 } },
		{ &his, { "a AND (b", "unmatched \"(\"", 7 } },
		{ &starred, { "a", "* cannot be used in speaker:", 1 } },
		{ &broken, { "a", "speaker: control character, or not valid UTF-8", 1 } },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		run_row(&rows[i].row, rows[i].how);
}

static enum status
parse_repeated(const char *unit, int times, const char *close)
{
	static const struct query_options opt = { .now = NOW };
	struct buf text = BUF_INIT;
	struct node *tree = NULL;
	struct error err;
	enum status st;
	int i;

	for (i = 0; i < times; i++)
		buf_adds(&text, unit);
	if (*close != '\0') {
		buf_addc(&text, 'x');
		for (i = 0; i < times; i++)
			buf_adds(&text, close);
	}
	st = query_parse(&tree, text.data, text.len, &opt, &err);
	assert_true((st == ST_OK) == (tree != NULL));
	query_free(tree);
	buf_fini(&text);
	return st;
}

static void
limits(void **state)
{
	(void)state;
	assert_int_equal(parse_repeated("(", QUERY_DEPTH_MAX, ")"), ST_OK);
	assert_int_equal(parse_repeated("(", QUERY_DEPTH_MAX + 1, ")"), ST_TOO_LARGE);
	assert_int_equal(parse_repeated("(", 16000, ""), ST_TOO_LARGE);
	assert_int_equal(parse_repeated("a ", QUERY_TERMS_MAX, ""), ST_OK);
	assert_int_equal(parse_repeated("a ", QUERY_TERMS_MAX + 1, ""), ST_TOO_LARGE);
	assert_int_equal(parse_repeated("\"a b c d\" ", QUERY_TERMS_MAX / 4, ""), ST_OK);
	assert_int_equal(parse_repeated("\"a b c d\" ", QUERY_TERMS_MAX / 4 + 1, ""), ST_TOO_LARGE);
	assert_int_equal(parse_repeated("a NOT ", QUERY_TERMS_MAX - 1, " "), ST_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees),
		cmocka_unit_test(errors),
		cmocka_unit_test(options),
		cmocka_unit_test(quotations),
		cmocka_unit_test(limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
