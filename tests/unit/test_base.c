/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/bisect.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/visible.h"
#include "base/wire.h"

static void
error_keeps_whole_characters(void **state)
{
	struct error err;
	char long_text[2 * sizeof(err.text)];
	size_t i;

	(void)state;
	for (i = 0; i + 2 < sizeof(long_text); i += 2)
		memcpy(long_text + i, "\xC3\xBC", 2);
	long_text[i] = '\0';
	assert_int_equal(error_set(&err, ST_INVALID, "x%s", long_text), ST_INVALID);
	assert_int_equal(utf8_valid(err.text, strlen(err.text)), strlen(err.text));
	assert_true(strlen(err.text) >= sizeof(err.text) - 3);
	assert_int_equal(error_errno(&err, EAGAIN, "starting a thread"), ST_NOMEM);
	assert_int_equal(error_errno(&err, ENOSPC, "writing %s", "f"), ST_NOSPACE);
	assert_string_equal(err.text, "writing f: No space left on device");
	assert_int_equal(error_set(NULL, ST_IO, "nobody listens"), ST_IO);
}

static void
buf_grows_and_remembers_failure(void **state)
{
	struct buf b = BUF_INIT;
	size_t i;

	(void)state;
	assert_string_equal(buf_str(&b), "");
	for (i = 0; i < 1000; i++)
		buf_addf(&b, "%zu,", i % 10);
	assert_int_equal(b.len, 2000);
	assert_int_equal(strlen(b.data), 2000);
	assert_null(buf_reserve(&b, SIZE_MAX - 10));
	buf_adds(&b, "lost");
	assert_int_equal(b.len, 2000);
	assert_int_equal(buf_status(&b), ST_NOMEM);
	buf_clear(&b);
	assert_int_equal(buf_status(&b), ST_OK);
	buf_add_quoted(&b, "/srv/news-1/g");
	buf_add_quoted(&b, " it's $HOME");
	buf_add_quoted(&b, "");
	assert_string_equal(buf_str(&b), "/srv/news-1/g' it'\\''s $HOME'''");
	buf_fini(&b);
}

static void
utf8_table(void **state)
{
	static const struct { const char *text; size_t len, good; } rows[] = {
		{ "", 0, 0 },
		{ "plain ascii, long enough for a stride", 37, 37 },
		{ "T\xC3\xBCrkiye", 8, 8 },
		{ "12345678\xFF", 9, 8 },
		{ "\xC0\x80", 2, 0 },                 /* overlong NUL */
		{ "a\xE0\x80\x80", 4, 1 },            /* overlong */
		{ "\xED\xA0\x80", 3, 0 },             /* surrogate */
		{ "\xF4\x90\x80\x80", 4, 0 },         /* over U+10FFFF */
		{ "\xF0\x9F\x98\x80", 4, 4 },
		{ "\xE4\xB8", 2, 0 },                 /* cut */
		{ "ab\x80", 3, 2 },                   /* lone continuation */
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(utf8_valid(rows[i].text, rows[i].len), rows[i].good);
}

static void
utf8_round_trip(void **state)
{
	char four[4];
	uint32_t cp, back;
	size_t n;

	(void)state;
	for (cp = 0; cp <= 0x10FFFF; cp += cp < 0x1000 ? 1 : 37) {
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		n = utf8_put(four, cp);
		assert_int_equal(utf8_next(four, n, &back), n);
		assert_int_equal(back, cp);
	}
}

static void
cp1252(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_true(utf8_from_cp1252("\x93" "caf\xE9\x94 \x80", 8, &b));
	assert_string_equal(buf_str(&b), "“café” €");
	buf_clear(&b);
	assert_false(utf8_from_cp1252("a\x81", 2, &b));
	assert_false(utf8_from_cp1252("a\0b", 3, &b));
	assert_int_equal(b.len, 0);
	buf_fini(&b);
}

static void
wire_fields(void **state)
{
	static const char raw[] = "a\tb\nc\rd\\e\x01\x7F\xC2\x85 Türkiye";
	struct buf b = BUF_INIT;

	(void)state;
	wire_escape(&b, raw, sizeof(raw) - 1);
	assert_string_equal(buf_str(&b), "a\\tb\\nc\\rd\\\\e\\x01\\x7F\\x85 Türkiye");
	b.len = wire_unescape(b.data, b.len);
	assert_int_equal(b.len, sizeof(raw) - 1);
	assert_memory_equal(b.data, raw, b.len);
	buf_fini(&b);
}

static void
visible_characters(void **state)
{
	static const struct { uint32_t cp; const char *put, *escape; } rows[] = {
		{ 'a', "a", "" }, { 0xFC, "\xC3\xBC", "" }, { 0x1F600, "\xF0\x9F\x98\x80", "" }, { 0xE002, "\xEE\x80\x82", "" },
		{ 0x200D, "\xE2\x80\x8D", "" },   /* joins letters and emoji */
		{ '"', "\"", "\\\"" }, { '\\', "\\", "\\\\" },
		{ '\t', " ", "\\u0009" }, { '\n', " ", "\\u000a" }, { '\r', " ", "\\u000d" }, { 0x85, " ", "\\u0085" },
		{ 0x2028, " ", "" }, { 0, "<U+0000>", "\\u0000" }, { 0x1B, "<U+001B>", "\\u001b" },
		{ 0x7F, "<U+007F>", "\\u007f" }, { 0x9B, "<U+009B>", "\\u009b" }, { 0xA0, "\xC2\xA0", "" },
		{ 0x61C, "<U+061C>", "\\u061c" }, { 0x200E, "<U+200E>", "\\u200e" }, { 0x200F, "<U+200F>", "\\u200f" },
		{ 0x202A, "<U+202A>", "\\u202a" }, { 0x202E, "<U+202E>", "\\u202e" }, { 0x202F, "\xE2\x80\xAF", "" },
		{ 0x2066, "<U+2066>", "\\u2066" }, { 0x2069, "<U+2069>", "\\u2069" }, { 0xFEFF, "<U+FEFF>", "\\ufeff" },
		{ 0xE000, "<U+E000>", "\\ue000" }, { 0xE001, "<U+E001>", "\\ue001" },
		{ 0xE0041, "<U+E0041>", "\\udb40\\udc41" }, { 0xE0080, "\xF3\xA0\x82\x80", "" },
	};
	struct buf json = BUF_INIT;
	char out[VISIBLE_MAX];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		n = visible_put(out, rows[i].cp);
		assert_int_equal(n, strlen(rows[i].put));
		assert_memory_equal(out, rows[i].put, n);
		n = visible_escape(out, rows[i].cp);
		assert_int_equal(n, strlen(rows[i].escape));
		assert_memory_equal(out, rows[i].escape, n);
	}
	visible_json(&json, "\xC2\x9B\"T\xC3\xBC\xE2\x80\xAE\n", 10);
	assert_string_equal(buf_str(&json), "\\u009b\\\"T\xC3\xBC\\u202e\\u000a");
	buf_fini(&json);
}

static void
wire_lines(void **state)
{
	char line[WIRE_LINE_MAX + 1];
	const char *why;

	(void)state;
	memset(line, 'a', sizeof(line));
	assert_int_equal(wire_check_line(line, WIRE_LINE_MAX, &why), 0);
	assert_int_equal(wire_check_line(line, WIRE_LINE_MAX + 1, &why), WIRE_TOO_LARGE);
	assert_int_equal(wire_check_line("a\tb", 3, &why), 0);
	assert_int_equal(wire_check_line("a\x01", 2, &why), WIRE_BAD_BYTES);
	assert_int_equal(wire_check_line("a\xFF", 2, &why), WIRE_BAD_BYTES);
}

static void
wire_options(void **state)
{
	static const char line[] = "  limit=2 speaker=\"ha\\\"kan fidan\" x=  -- a=b";
	struct wire_pair pair;
	size_t at = 0;
	struct buf b = BUF_INIT;

	(void)state;
	assert_true(wire_option(line, sizeof(line) - 1, &at, &pair));
	assert_int_equal(pair.key_len, 5);
	assert_memory_equal(pair.value, "2", pair.value_len);
	assert_true(wire_option(line, sizeof(line) - 1, &at, &pair));
	assert_true(pair.quoted);
	wire_unquote(&b, pair.value, pair.value_len);
	assert_string_equal(buf_str(&b), "ha\"kan fidan");
	assert_true(wire_option(line, sizeof(line) - 1, &at, &pair));
	assert_int_equal(pair.value_len, 0);
	assert_false(wire_option(line, sizeof(line) - 1, &at, &pair));
	assert_string_equal(line + at, "-- a=b");
	buf_fini(&b);
}

/* ---- tables ---- */

static bool
is_number(const void *numbers, uint32_t at, const void *key)
{
	return ((const uint32_t *)numbers)[at] == *(const uint32_t *)key;
}

/* Keys of few hashes, so that they clash; more than the first slots hold. */
static void
test_map(void **state)
{
	enum { N = 500 };
	uint32_t numbers[N], i, key;
	struct map m = { NULL, 0, 0 };
	int turn;

	(void)state;
	key = 7;
	assert_int_equal(map_find(&m, 7, is_number, numbers, &key), MAP_NONE);
	for (turn = 0; turn < 2; turn++) {
		for (i = 0; i < N; i++) {
			key = numbers[i] = i * 3;
			assert_int_equal(map_find(&m, key % 50, is_number, numbers, &key), MAP_NONE);
			assert_int_equal(map_add(&m, key % 50, i), ST_OK);
		}
		assert_int_equal(m.n, N);
		for (key = 0; key < 3 * N; key++)
			assert_int_equal(map_find(&m, key % 50, is_number, numbers, &key), key % 3 == 0 ? key / 3 : MAP_NONE);
		map_clear(&m);
		assert_int_equal(m.n, 0);
		key = 3;
		assert_int_equal(map_find(&m, 3, is_number, numbers, &key), MAP_NONE);
	}
	assert_int_equal(map_add(&m, 0, MAP_NONE), ST_NOMEM);
	map_fini(&m);
}

/* Keys whose fixed hashes all clash in a table of HASH_SLOTS: as a stranger would choose them. */
static void
test_hash(void **state)
{
	enum { HASH_SLOTS = 1024, N = 4 * HASH_SLOTS };
	unsigned in[HASH_SLOTS] = { 0 }, most = 0, i, n = 0;
	char key[16];

	(void)state;
	for (i = 0; n < N; i++) {
		size_t len = (size_t)snprintf(key, sizeof(key), "%u", i);
		unsigned slot = hash_bytes(key, len) & (HASH_SLOTS - 1);

		if ((hash_fixed(key, len) & (HASH_SLOTS - 1)) != 0)
			continue;
		n++;
		in[slot]++;
		most = in[slot] > most ? in[slot] : most;
		assert_int_equal(hash_bytes(key, len), (uint32_t)hash_bytes_wide(key, len));
	}
	assert_true(most < 40);   /* 4 on average; 40 are as good as impossible by chance */
}

struct squares { const unsigned *v; unsigned key; };

static bool
is_less(const void *arg, size_t i)
{
	const struct squares *s = arg;

	return s->v[i] < s->key;
}

static void
test_bisect(void **state)
{
	static const unsigned v[] = { 0, 1, 4, 4, 9, 16, 25 };
	const size_t n = sizeof(v) / sizeof(v[0]);
	struct squares s = { v, 0 };
	size_t low, high, i;

	(void)state;
	for (s.key = 0; s.key < 30; s.key++)
		for (low = 0; low <= n; low++)
			for (high = low; high <= n; high++) {
				for (i = low; i < high && v[i] < s.key; i++)
					;
				assert_int_equal(bisect(low, high, is_less, &s), i);
			}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(error_keeps_whole_characters),
		cmocka_unit_test(buf_grows_and_remembers_failure),
		cmocka_unit_test(utf8_table),
		cmocka_unit_test(utf8_round_trip),
		cmocka_unit_test(cp1252),
		cmocka_unit_test(wire_fields),
		cmocka_unit_test(visible_characters),
		cmocka_unit_test(wire_lines),
		cmocka_unit_test(wire_options),
		cmocka_unit_test(test_map),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_bisect),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
