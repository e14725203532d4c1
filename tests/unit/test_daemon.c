/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/wire.h"
#include "daemon/job/request.h"
#include "daemon/job/rows.h"
#include "daemon/job/stats.h"
#include "daemon/socket/line.h"
#include "daemon/verbs/answer.h"

/* All lines of DATA given in pieces of STEP bytes at most, joined by "|", "!" for one too long. */
static void
lines_in_steps(const char *data, size_t len, size_t step, struct buf *out)
{
	struct line_reader l;
	const char *line;
	size_t at = 0, n, room;
	enum line_got got;

	line_init(&l);
	while (at < len) {
		char *to = line_space(&l, &room);

		assert_non_null(to);
		n = len - at < step ? len - at : step;
		n = n < room ? n : room;
		memcpy(to, data + at, n);
		line_filled(&l, n);
		at += n;
		while ((got = line_next(&l, &line, &n)) != LINE_NONE) {
			if (got == LINE_TOO_LONG)
				buf_addc(out, '!');
			else
				buf_add(out, line, n);
			buf_addc(out, '|');
		}
	}
	line_fini(&l);
}

static void
lines_are_framed(void **state)
{
	static const struct { const char *in, *out; } rows[] = {
		{ "", "" },
		{ "PING", "" },
		{ "PING\n", "PING|" },
		{ "PING\r\n", "PING|" },
		{ "a\n\nb\r\n\r\n", "a||b||" },
		{ "a\rb\r\r\nc", "a\rb\r|" },
		{ "one\ntwo\nhalf", "one|two|" },
	};
	struct buf out = BUF_INIT;
	size_t i, step;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (step = 1; step < 9; step++) {
			buf_clear(&out);
			lines_in_steps(rows[i].in, strlen(rows[i].in), step, &out);
			assert_string_equal(buf_str(&out), rows[i].out);
		}
	}
	buf_fini(&out);
}

static void
long_lines_are_told_once(void **state)
{
	static const size_t steps[] = { 1, 7, 1000, 4096, 100000 };
	struct buf in = BUF_INIT, out = BUF_INIT;
	size_t lens[] = { WIRE_LINE_MAX, WIRE_LINE_MAX + 1, WIRE_LINE_MAX + 2, 50000, 200000 };
	size_t i, k, s;

	(void)state;
	for (i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		for (s = 0; s < sizeof(steps) / sizeof(steps[0]); s++) {
			buf_clear(&in);
			buf_clear(&out);
			for (k = 0; k < lens[i]; k++)
				buf_addc(&in, 'x');
			buf_adds(&in, "\r\nPING\n");
			lines_in_steps(in.data, in.len, steps[s], &out);
			if (lens[i] <= WIRE_LINE_MAX) {
				assert_int_equal(out.len, lens[i] + 6);
				assert_string_equal(out.data + lens[i], "|PING|");
			} else {
				assert_string_equal(out.data, "!|PING|");
			}
		}
	}
	buf_fini(&in);
	buf_fini(&out);
}

static void
a_full_reader_says_so(void **state)
{
	struct line_reader l;
	char piece[1024];
	size_t room, n, total = 0;
	const char *line;
	char *to;

	(void)state;
	memset(piece, '\n', sizeof(piece));
	line_init(&l);
	while ((to = line_space(&l, &room)) != NULL) {
		n = room < sizeof(piece) ? room : sizeof(piece);
		memcpy(to, piece, n);
		line_filled(&l, n);
		total += n;
	}
	assert_int_equal(room, 0);
	assert_int_equal(total, LINE_BUFFER_MAX);
	assert_false(line_has_room(&l));
	for (n = 0; line_next(&l, &line, &room) == LINE_GOT; n++)
		assert_int_equal(room, 0);
	assert_int_equal(n, total);
	assert_true(line_has_room(&l));
	line_fini(&l);
}

static void
requests_are_read(void **state)
{
	static const struct { const char *line; int code; const char *verb, *tag, *rest; } rows[] = {
		{ "PING", 0, "PING", "", "" },
		{ "  ping \t", 0, "PING", "", "" },
		{ "@a.b_c:d-1 Ping", 0, "PING", "a.b_c:d-1", "" },
		{ "@ PING", WIRE_BAD_OPTION, NULL, "", "" },
		{ "@a/b PING", WIRE_BAD_OPTION, NULL, "", "" },
		{ "@0123456789012345678901234567890123456789012345678901234567890123 PING", 0, "PING",
		  "0123456789012345678901234567890123456789012345678901234567890123", "" },
		{ "@01234567890123456789012345678901234567890123456789012345678901234 PING",
		  WIRE_BAD_OPTION, NULL, "", "" },
		{ "", WIRE_UNKNOWN, NULL, "", "" },
		{ "@t", WIRE_UNKNOWN, NULL, "t", "" },
		{ "PINGS", WIRE_UNKNOWN, NULL, "", "" },
		{ "SEARCH caatsa", 0, "SEARCH", "", "caatsa" },
		{ "SEARCH -- caatsa", 0, "SEARCH", "", "caatsa" },
		{ "SEARCH --", 0, "SEARCH", "", "" },
		{ "SEARCH --  (", 0, "SEARCH", "", " (" },
		{ "SEARCH --x", 0, "SEARCH", "", "--x" },
		{ "SEARCH limit=2 a -- b", 0, "SEARCH", "", "a -- b" },
		{ "SEARCH limit=2 -- limit=3", 0, "SEARCH", "", "limit=3" },
		{ "SEARCH limit=2 snippets=0 offset=10 sort=-date match=all x y", 0, "SEARCH", "", "x y" },
		{ "SEARCH foo=bar", 0, "SEARCH", "", "foo=bar" },
		{ "SEARCH limt=2 -- x", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "SEARCH id=a x", 0, "SEARCH", "", "id=a x" },
		{ "SEARCH limit=2 limit=3 x", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "SEARCH limit= x", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "SEARCH limit=1001 x", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "SEARCH limit=-1 x", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "SEARCH limit=99999999999999999999 x", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "SEARCH sort=up x", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "SEARCH from=2025-02-30 x", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "SEARCH from=\"2025-02-28\" to=2025 x", 0, "SEARCH", "", "x" },
		{ "SEARCH from=\"2025 -- x", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "SEARCH mark=x y", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "SEARCH alias=0 correct=1 collapse=0 x", 0, "SEARCH", "", "x" },
		{ "SEARCH alias=2 x", WIRE_BAD_OPTION, "SEARCH", "", "" },
		{ "COUNT snippets=0 x", 0, "COUNT", "", "snippets=0 x" },
		{ "GET 2025/a b.txt ", 0, "GET", "", "2025/a b.txt " },
		{ "EXPLAIN id=\"a b\" -- x", 0, "EXPLAIN", "", "x" },
		{ "PING format=xml", WIRE_BAD_OPTION, "PING", "", "" },
		{ "PING \x01", WIRE_BAD_BYTES, NULL, "", "" },
		{ "PING \x7F", WIRE_BAD_BYTES, NULL, "", "" },
		{ "PING \xFF", WIRE_BAD_BYTES, NULL, "", "" },
	};
	struct request r;
	struct error err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int code = request_parse(&r, rows[i].line, strlen(rows[i].line), &err);

		if (code != rows[i].code)
			fail_msg("%s: %d", rows[i].line, code);
		assert_string_equal(r.tag, rows[i].tag);
		if (rows[i].verb != NULL)
			assert_string_equal(r.verb->name, rows[i].verb);
		else
			assert_null(r.verb);
		if (code == 0) {
			assert_string_equal(r.rest, rows[i].rest);
			assert_int_equal(r.rest_len, strlen(r.rest));
		} else {
			assert_true(err.text[0] != '\0');
		}
		request_fini(&r);
	}
}

static void
options_reach_the_request(void **state)
{
	static const char line[] = "SEARCH limit=7 offset=20 sort=date match=all snippets=0 "
		"from=2024 to=\"2025-03\" mark=\"[\\\" ,]\" format=json -- q";
	static const char marks[] = "SEARCH mark=, x";
	struct request r;

	(void)state;
	assert_int_equal(request_parse(&r, line, strlen(line), NULL), 0);
	assert_int_equal(r.search.limit, 7);
	assert_int_equal(r.search.offset, 20);
	assert_int_equal(r.search.sort, SORT_DATE);
	assert_true(r.search.match_all);
	assert_false(r.search.snippets);
	assert_string_equal(r.search.from, "2024");
	assert_string_equal(r.search.to, "2025-03");
	assert_string_equal(r.search.mark_open, "[\" ");
	assert_string_equal(r.search.mark_close, "]");
	assert_true(r.json);
	request_fini(&r);
	assert_int_equal(request_parse(&r, marks, strlen(marks), NULL), 0);
	assert_string_equal(r.search.mark_open, "");
	assert_string_equal(r.search.mark_close, "");
	assert_int_equal(r.search.limit, search_defaults.limit);
	request_fini(&r);
}

static void
bad_values_are_told_what_is_wanted(void **state)
{
	static const struct { const char *line, *text; } rows[] = {
		{ "SEARCH sort=up x", "bad value: sort=up (relevance, date or -date)" },
		{ "SEARCH sort= x", "bad value: sort= (relevance, date or -date)" },
		{ "SEARCH sort=dat x", "bad value: sort=dat (relevance, date or -date)" },
		{ "COUNT match=both x", "bad value: match=both (any or all)" },
		{ "COUNT match=any|all x", "bad value: match=any|all (any or all)" },
		{ "SEARCH limit=1001 x", "bad value: limit=1001 (0 to 1000)" },
		{ "SEARCH halflife=0 x", "bad value: halflife=0 (days, 1 to 36500)" },
		{ "WATCH name=a/b x", "bad value: name=a/b (1 to 64 of A-Z a-z 0-9 . _ : -)" },
		{ "QUOTES speaker=\"\" x", "bad value: speaker= (a name, or a part of it)" },
		{ "SEARCH rev=1 rev=2 x", "rev= is given twice" },
	};
	struct request r;
	struct error err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(request_parse(&r, rows[i].line, strlen(rows[i].line), &err), WIRE_BAD_OPTION);
		assert_string_equal(err.text, rows[i].text);
		request_fini(&r);
	}
}

static void
http_is_seen(void **state)
{
	static const struct { const char *line; bool http, cut; } rows[] = {
		{ "GET / HTTP/1.1", true, true },
		{ "GET /a?b HTTP/1.0", true, true },
		{ "PRI * HTTP/2.0", true, true },
		{ "POST /x", true, true },
		{ "Host: localhost", true, true },
		{ "GET a/b.txt", false, false },
		{ "GET /a/b.txt", false, true },
		{ "get /a/b.txt", false, true },
		{ "DELETE /a", false, true },
		{ "GET https://example.org/a", false, true },
		{ "GET notes on HTTP/ and others", false, false },
		{ "SEARCH -- \"HTTP/1.1\" standard", false, false },
		{ "SEARCH /a", false, false },
		{ "PING", false, false },
		{ "GET ", false, false },
		{ " /", false, false },
		{ "", false, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (request_is_http(rows[i].line, strlen(rows[i].line), true) != rows[i].http ||
		    request_is_http(rows[i].line, strlen(rows[i].line), false) != rows[i].cut)
			fail_msg("%s", rows[i].line);
	}
}

static void
put_reply(struct rows *r)
{
	rows_begin(r, ROW_HIT);
	rows_uint(r, 1);
	rows_text(r, "a\tb\n\"c\"\\", 8);
	rows_real(r, 14.206);
	rows_str(r, "2025-03-27");
	rows_str(r, "");
	rows_str(r, "T\xC3\xBCrkiye\x01\x7F\xC2\x85\xE2\x80\xAE");
	rows_end(r);
	rows_key_uint(r, "articles", 7);
	rows_close(r, 250, "t1");
	rows_figure(r, "rows", 1);
	rows_finish(r);
	rows_close(r, 510, "");
	rows_figure(r, "col", 3);
	rows_error(r, "unmatched \"(\"");
	rows_finish(r);
}

static void
rows_in_both_formats(void **state)
{
	struct buf out = BUF_INIT;
	struct rows r;

	(void)state;
	rows_init(&r, &out, false);
	put_reply(&r);
	assert_string_equal(buf_str(&out),
		"R\t1\ta\\tb\\n\"c\"\\\\\t14.21\t2025-03-27\t\tT\xC3\xBCrkiye\\x01\\x7F\\x85\xE2\x80\xAE\n"
		"K\tarticles\t7\n"
		". 250 @t1 rows=1\n"
		". 510 col=3 unmatched \"(\"\n");
	rows_restart(&r);
	rows_init(&r, &out, true);
	put_reply(&r);
	assert_string_equal(buf_str(&out),
		"{\"t\":\"R\",\"rank\":1,\"id\":\"a\\u0009b\\u000a\\\"c\\\"\\\\\",\"score\":14.21,"
		"\"date\":\"2025-03-27\",\"source\":\"\",\"title\":\"T\xC3\xBCrkiye\\u0001\\u007f\\u0085\\u202e\"}\n"
		"{\"t\":\"K\",\"key\":\"articles\",\"value\":7}\n"
		"{\"t\":\".\",\"code\":250,\"tag\":\"t1\",\"rows\":1}\n"
		"{\"t\":\".\",\"code\":510,\"col\":3,\"error\":\"unmatched \\\"(\\\"\"}\n");
	assert_int_equal(r.count[ROW_HIT], 1);
	buf_fini(&out);
}

static void
percentiles_are_close(void **state)
{
	struct stats s = { 0 };
	uint64_t us, got;
	unsigned percent;

	(void)state;
	assert_int_equal(stats_percentile(&s, 99), 0);
	stats_time(&s, UINT64_MAX);
	assert_true(stats_percentile(&s, 50) > 1000000000u);
	memset(&s, 0, sizeof(s));
	for (us = 1; us <= 100000; us++)
		stats_time(&s, us);
	for (percent = 1; percent <= 100; percent++) {
		got = stats_percentile(&s, percent);
		assert_true(got >= percent * 1000 - 1 && got <= percent * 1000 * 9 / 8 + 1);
	}
}

static void
verbs_have_figures_of_their_own(void **state)
{
	struct stats s = { 0 };
	uint64_t sum = 0, in_buckets = 0;
	unsigned i;

	(void)state;
	for (i = 0; i < STATS_BOUNDS; i++) {
		assert_true(i == 0 || stats_bound_us[i] > stats_bound_us[i - 1]);
		stats_answered(&s, 3, WIRE_DONE, true, stats_bound_us[i]);
		stats_answered(&s, 3, WIRE_DONE, true, stats_bound_us[i] + 1);
		sum += 2 * stats_bound_us[i] + 1;
	}
	stats_answered(&s, 3, WIRE_BAD_OPTION, false, 5);
	stats_answered(&s, -1, WIRE_UNKNOWN, false, 5);
	stats_turned_away(&s);
	assert_int_equal(s.verb[3].bucket[0], 1);
	assert_int_equal(s.verb[3].bucket[STATS_BOUNDS], 1);
	for (i = 0; i <= STATS_BOUNDS; i++)
		in_buckets += s.verb[3].bucket[i];
	assert_int_equal(in_buckets, 2 * STATS_BOUNDS);
	assert_int_equal(s.verb[3].timed, 2 * STATS_BOUNDS);
	assert_int_equal(s.verb[3].sum_us, sum);
	assert_int_equal(s.verb[3].requests, 2 * STATS_BOUNDS + 1);
	assert_int_equal(s.no_verb.requests, 1);
	assert_int_equal(s.requests, 2 * STATS_BOUNDS + 2);
	assert_int_equal(s.errors, 2);
	assert_int_equal(s.busy, 1);
	assert_int_equal(s.rejected[STATS_BAD_OPTION], 1);
	assert_int_equal(s.rejected[STATS_UNKNOWN_VERB], 1);
	assert_int_equal(s.rejected[STATS_CONNECTIONS], 1);
}

/* How many reasons CODE counts as. */
static unsigned
reasons_of(int code)
{
	struct stats s = { 0 };
	unsigned i, n = 0;

	stats_answered(&s, 0, code, true, 1);
	for (i = 0; i < STATS_REASONS; i++)
		n += s.rejected[i] != 0;
	return n;
}

static void
every_reason_is_one_code(void **state)
{
	unsigned found = 0;
	int code, status;

	(void)state;
	for (code = 200; code < 600; code++) {
		assert_true(reasons_of(code) <= 1);
		found += reasons_of(code);
	}
	assert_int_equal(found, STATS_REASONS - 1);   /* connections have no code */
	for (status = ST_OK + 1; status <= ST_INTERNAL; status++)
		assert_int_equal(reasons_of(answer_code((enum status)status)), 1);
}

static void
every_status_has_a_code(void **state)
{
	int status;

	(void)state;
	for (status = ST_OK; status <= ST_INTERNAL; status++)
		assert_true(answer_code((enum status)status) >= WIRE_DONE);
	assert_int_equal(answer_code(ST_SYNTAX), 510);
	assert_int_equal(answer_code(ST_NOTFOUND), 550);
	assert_int_equal(answer_code(ST_DEADLINE), 451);
	assert_int_equal(answer_code(ST_GONE), 409);
	assert_int_equal(answer_code(ST_CORRUPT), 554);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_framed),
		cmocka_unit_test(long_lines_are_told_once),
		cmocka_unit_test(a_full_reader_says_so),
		cmocka_unit_test(requests_are_read),
		cmocka_unit_test(options_reach_the_request),
		cmocka_unit_test(bad_values_are_told_what_is_wanted),
		cmocka_unit_test(http_is_seen),
		cmocka_unit_test(rows_in_both_formats),
		cmocka_unit_test(percentiles_are_close),
		cmocka_unit_test(verbs_have_figures_of_their_own),
		cmocka_unit_test(every_reason_is_one_code),
		cmocka_unit_test(every_status_has_a_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
