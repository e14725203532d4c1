/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "engine/snippet/passage.h"

#define MAX_SPANS 64

/* Each row's words are looked up in the text as they stand, every occurrence of
 * the Nth word being a match of group N. */
struct row {
	const char *text, *words, *want;
	size_t chars;
};

static int
by_start(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static size_t
find_spans(const char *text, const char *words, struct span *spans, size_t *ngroups)
{
	size_t n = 0, group = 0;
	char copy[200], *save, *w;

	snprintf(copy, sizeof(copy), "%s", words);
	for (w = strtok_r(copy, "|", &save); w != NULL; w = strtok_r(NULL, "|", &save), group++) {
		const char *at = text;

		while ((at = strstr(at, w)) != NULL && n < MAX_SPANS) {
			spans[n].start = (uint32_t)(at - text);
			spans[n].end = spans[n].start + (uint32_t)strlen(w);
			spans[n].at = (uint32_t)utf8_count(text, spans[n].start);
			spans[n].at_end = (uint32_t)utf8_count(text, spans[n].end);
			spans[n++].group = (unsigned)group;
			at += strlen(w);
		}
	}
	qsort(spans, n, sizeof(*spans), by_start);
	*ngroups = group;
	return n;
}

static void
write_passage(const char *text, const char *words, size_t chars, struct buf *out)
{
	struct span spans[MAX_SPANS];
	struct passage_chooser *p;
	struct passage_source source = { .text = text, .len = strlen(text), .whole = true, .spans = spans };
	const struct passage_look look = { chars, "[", "]" };

	source.nspans = find_spans(text, words, spans, &source.ngroups);
	assert_int_equal(passage_chooser_new(&p), ST_OK);
	assert_int_equal(passage_write(p, &source, &look, out), ST_OK);
	passage_chooser_free(p);
}

static void
table(void **state)
{
	static const struct row rows[] = {
		{ "", "", "", 240 },
		{ "Short.", "", "Short.", 240 },
		{ "The envoy left.", "envoy", "The [envoy] left.", 240 },
		{ "A line\nand\tanother \x01 one", "and|one", "A line [and] another [one]", 240 },
		/* the sentence that holds it, and no more than fits */
		{ "The first sentence is of no use here. The envoy left. Then the rain began to fall on the city.",
		  "envoy", "The [envoy] left.", 26 },
		/* inside a sentence: a word limit and dots */
		{ "In a long declaration that the two ministries had prepared over several weeks in the capital "
		  "the envoy left no doubt that the talks on fisheries would be resumed before the summer recess",
		  "envoy", "... the capital the [envoy] left no doubt that the talks on ...", 60 },
		/* abbreviations end no sentence */
		{ "Talks went on. The U.S. envoy and Mr. Orban met twice.", "Orban",
		  "The U.S. envoy and Mr. [Orban] met twice.", 48 },
		/* the richer place wins over the earlier */
		{ "Grain was sold. Nothing else happened in the markets of the region that week at all. "
		  "Buyers of grain and of steel met.", "grain|steel",
		  "Buyers of [grain] and of [steel] met.", 40 },
		/* overlapping matches are marked as one */
		{ "the defense cooperation act", "defense cooperation|cooperation act",
		  "the [defense cooperation act]", 240 },
		/* paragraphs begin sentences */
		{ "Heading without a stop\nThe envoy left", "envoy", "The [envoy] left", 22 },
		/* no blanks: between any two characters */
		{ "\xE5\xA4\x96\xE4\xBA\xA4\xE9\x83\xA8\xE9\x95\xBF\xE8\xAE\xBF\xE9\x97\xAE\xE5\x8C\x97\xE4\xBA\xAC",
		  "\xE8\xAE\xBF\xE9\x97\xAE",
		  "... \xE9\x95\xBF[\xE8\xAE\xBF\xE9\x97\xAE]\xE5\x8C\x97\xE4\xBA\xAC", 6 },
	};
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&out);
		write_passage(rows[i].text, rows[i].words, rows[i].chars, &out);
		assert_string_equal(buf_str(&out), rows[i].want);
	}
	buf_fini(&out);
}

static void
two_passages_show_more(void **state)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	int i;

	(void)state;
	buf_adds(&text, "The canal was closed.");
	for (i = 0; i < 40; i++)
		buf_adds(&text, " Nothing of note was said.");
	buf_adds(&text, " The minister spoke of wheat.");
	write_passage(buf_str(&text), "canal|wheat", 240, &out);
	assert_non_null(strstr(out.data, "The [canal] was closed."));
	assert_non_null(strstr(out.data, " ... "));
	assert_non_null(strstr(out.data, "[wheat]."));
	assert_true(utf8_count(out.data, out.len) < 260);
	buf_fini(&text);
	buf_fini(&out);
}

/* Takes the marks and dots away and looks whether what is left stands in the text between
 * word limits, is not too long, and holds each mark as typed. */
static void
check_shape(const char *text, const struct buf *out, size_t chars)
{
	struct buf plain = BUF_INIT;
	const char *s = out->data, *e = s + out->len, *at;
	size_t n;

	if (strncmp(s, "... ", 4) == 0)
		s += 4;
	if (e - s > 4 && strcmp(e - 4, " ...") == 0)
		e -= 4;
	for (; s < e; s++)
		if (*s != '[' && *s != ']')
			buf_addc(&plain, *s);
	at = strstr(text, buf_str(&plain));
	assert_non_null(at);
	assert_true(at == text || at[-1] == ' ');
	n = plain.len;
	assert_true(at[n] == '\0' || at[n] == ' ');
	assert_true(utf8_count(plain.data, n) <= chars);
	assert_int_equal(utf8_valid(plain.data, n), n);
	assert_non_null(strstr(out->data, "["));
	buf_fini(&plain);
}

static void
never_cuts_a_word(void **state)
{
	static const char *const words[] = { "T\xC3\xBCrkiye", "a", "rapprochement", "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0",
		"talks.", "of", "U.S.", "Yes!", "the", "\xE2\x80\x9Cwell\xE2\x80\x9D" };
	struct buf text = BUF_INIT, out = BUF_INIT;
	unsigned seed = 7, round;
	size_t i, n;

	(void)state;
	for (round = 0; round < 2000; round++) {
		buf_clear(&text);
		buf_clear(&out);
		n = 1 + round % 60;
		for (i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			buf_adds(&text, i ? " " : "");
			buf_adds(&text, i == n / 2 ? "embargo" : words[(seed >> 16) % 10]);
		}
		write_passage(text.data, "embargo", 20 + round % 90, &out);
		check_shape(text.data, &out, 20 + round % 90);
	}
	buf_fini(&text);
	buf_fini(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(two_passages_show_more),
		cmocka_unit_test(never_cuts_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
