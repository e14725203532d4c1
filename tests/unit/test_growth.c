/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What an article costs grows with its length and no faster, whatever it says: texts made of a few pieces repeated,
 * doubled in size. Steps are counted, never time; what has no counter is given a text so long that it would not end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/proximity/near.h"
#include "engine/quotes/quotes.h"
#include "engine/text/acronyms.h"
#include "engine/text/sentences.h"

#define BYTES 16384       /* larger than every window in which something is looked for */
#define MIXTURES 60

/* FIRST so often that it fills half of SIZE bytes, then SECOND; each LF begins a paragraph. */
static void
fill(struct article *a, size_t size, const char *first, const char *second)
{
	struct buf text = BUF_INIT;
	size_t at, n;

	while (text.len < size / 2)
		buf_adds(&text, first);
	while (text.len < size)
		buf_adds(&text, second);
	buf_adds(&text, "\"x\" he said.");
	assert_int_equal(buf_status(&text), ST_OK);
	for (at = 0; at < text.len; at += n + 1) {
		n = strcspn(text.data + at, "\n");
		assert_int_equal(article_add_para(a, text.data + at, n, PARA_TEXT), ST_OK);
	}
	buf_fini(&text);
}

static uint64_t
steps_of(struct quotes *q, size_t size, const char *first, const char *second)
{
	const struct quote *found;
	struct article a;
	size_t n;

	article_init(&a);
	fill(&a, size, first, second);
	assert_int_equal(quotes_find(q, &a, &found, &n, NULL), ST_OK);
	article_fini(&a);
	return quotes_steps(q);
}

static void
check_growth(struct quotes *q, const char *first, const char *second)
{
	const uint64_t once = steps_of(q, BYTES, first, second), twice = steps_of(q, 2 * BYTES, first, second);

	if (once < BYTES / 64 || twice > once * 5 / 2 || quotes_cut(q))
		fail_msg("\"%s\", then \"%s\": %ju steps for %d bytes, %ju for twice as many", first, second, (uintmax_t)once,
			 BYTES, (uintmax_t)twice);
}

/* Texts that took time as the square or the cube of their length. */
static void
attribution(void **state)
{
	static const struct { const char *first, *second; } rows[] = {
		{ "though Brandt said it then ", "\"x\" " }, { "\"a\" ", "\"a\" " }, { "\"a ", "a\" " }, { "“a ", "a” " },
		{ "he said ", "he said " }, { "Ada Brandt said that he said ", "she said " }, { "Ada with ", "said " },
		{ "Ministry of Ada of ", "said \"x\" " }, { "a ", "said " }, { "now ", "said " }, { ", ", ": \"x\" " },
		{ ") ", "said " }, { "the minister said ", "\"x\" " }, { "the Ada Bank said ", "Tek said. " },
		{ "it was ", "\"x\" " }, { "Oslo ", ". Stated \"x\"" }, { "Minister Ada Brandt, ", "the minister said. " },
		{ "quoted ", "as saying " }, { "In opposing a bill a ", "said " }, { "\"x\", a, ", "b, said " },
		{ "Ada Brandt said that.\n", "\"x\"\n" }, { "Ada ", "said \"x\" " }, { "Mr Mr Mr Mr ", "Ada said \"x\". " },
		{ "Ada said that he said.\n", "\"x\" he said.\n" }, { "though Brandt said it then \"x\"\n", "\"x\" \"x\"\n" },
	};
	struct quotes *q;
	size_t i;

	(void)state;
	assert_int_equal(quotes_new(&q, NULL), ST_OK);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_growth(q, rows[i].first, rows[i].second);
	quotes_free(q);
}

struct looks { unsigned n, last; };

static enum status
look(void *arg, struct error *err)
{
	struct looks *l = arg;

	return ++l->n == l->last ? error_set(err, ST_DEADLINE, "late") : ST_OK;
}

/* The clock is looked at all along an article, be it one paragraph, and ends the search at once. */
static void
clock_within(void **state)
{
	static const char *const pieces[] = { "\"x\" ", "Ada said \"x\". ", "a ", "Ada Brandt said \"x\".\n" };
	struct looks l = { 0, 0 };
	const struct quotes_clock clock = { look, &l };
	const struct quote *found;
	struct quotes *q;
	struct error err;
	struct article a;
	unsigned all, last;
	size_t i, n;

	(void)state;
	assert_int_equal(quotes_new(&q, NULL), ST_OK);
	quotes_set_clock(q, &clock);
	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		article_init(&a);
		fill(&a, 64 * BYTES, pieces[i], pieces[i]);
		l = (struct looks){ 0, 0 };
		assert_int_equal(quotes_find(q, &a, &found, &n, &err), ST_OK);
		all = l.n;
		assert_true(all > quotes_steps(q) / 100000 && all > 5);
		for (last = 1; last <= all; last += all / 5) {
			l = (struct looks){ 0, last };
			assert_int_equal(quotes_find(q, &a, &found, &n, &err), ST_DEADLINE);
			assert_string_equal(err.text, "late");
			assert_int_equal(l.n, last);
		}
		/* So early on, only the marks of quotations, if any, are looked for. */
		l = (struct looks){ 0, 10 };
		assert_int_equal(quotes_find(q, &a, &found, &n, &err), ST_DEADLINE);
		assert_true(quotes_steps(q) == 0 || strchr(pieces[i], '"') == NULL);
		article_fini(&a);
	}
	quotes_free(q);
}

static bool
stop(void *arg)
{
	struct looks *l = arg;

	return ++l->n == l->last;
}

/* N times TERM, the first at FIRST, every third word. */
static void
add_term(struct xap_doc *doc, const char *term, uint32_t first, uint32_t n)
{
	uint32_t *pos = malloc(n * sizeof(*pos)), i;

	assert_non_null(pos);
	for (i = 0; i < n; i++)
		pos[i] = first + 3 * i;
	assert_int_equal(xap_doc_add(doc, term, strlen(term), pos, n, 1, NULL), ST_OK);
	free(pos);
}

/* The clock is looked at within an article also while the words of a chain are read. */
static void
chain_clock(void **state)
{
	static const struct near_term elm = { "elm", 3 }, oak = { "oak", 3 };
	static const struct near_slot slots[] = { { .terms = &elm, .nterms = 1 }, { .terms = &oak, .nterms = 1 } };
	static const struct near_item items[] = { { &slots[0], 1, NULL }, { &slots[1], 1, NULL } };
	static const struct near_chain chain = {
		.operand = { { &items[0], 1 }, { &items[1], 1 } }, .step = { { 9, false, NEAR_SAME_NOT } }, .noperands = 2,
	};
	struct looks l = { 0, 0 };
	const struct xap_deadline deadline = { 0, stop, &l };
	struct near_work *work;
	struct near_matcher *m;
	struct xap_wdb *w;
	struct xap_doc *doc;
	struct xap_db *db;
	struct error err;
	unsigned all, last;
	bool match;

	(void)state;
	assert_int_equal(xap_wdb_memory(&w, &err), ST_OK);
	assert_int_equal(xap_doc_new(&doc, &err), ST_OK);
	add_term(doc, "elm", 1, 400000);
	add_term(doc, "oak", 2, 400000);
	assert_int_equal(xap_wdb_add(w, doc, NULL, &err), ST_OK);
	assert_int_equal(xap_wdb_reader(w, &db, &err), ST_OK);
	assert_int_equal(near_work_new(&work, &err), ST_OK);
	for (all = last = 0; last <= all; last++) {
		l = (struct looks){ 0, last };
		assert_int_equal(near_matcher_new(&m, db, &chain, work, &deadline, &err), ST_OK);
		assert_int_equal(near_match(m, 1, &match, &err), last == 0 ? ST_OK : ST_CANCELLED);
		all = last == 0 ? l.n : all;
		near_matcher_free(m);
	}
	assert_true(all > 7);
	near_work_free(work);
	xap_db_free(db);
	xap_doc_free(doc);
	xap_wdb_free(w);
}

/* One to three pieces by chance. */
static void
mix(char *out, size_t size)
{
	static const char *const pieces[] = {
		"though ", "Ada ", "Brandt ", "the ", "minister ", "of ", "with ", "said ", "called ", "told ", "saying ", "as ",
		"quoted ", "who ", ", ", ". ", "; ", ": ", "— ", "( ", ") ", "\"x\" ", "\"x,\" ", "\"x y z w.\" ", "\"", "“", "”", "'",
		"it ", "was ", "agreed ", "I ", "he ", "they ", "his ", "Bank ", "Ministry ", "president ", "president's ", "and ",
		"by ", "statement ", "according to ", "Mr. ", "named ", "another ", "his words", "!", "? ", "\n", "ADA ",
	};
	size_t n = 1 + (size_t)rand() % 3;

	out[0] = '\0';
	while (n-- > 0)
		strncat(out, pieces[(size_t)rand() % (sizeof(pieces) / sizeof(pieces[0]))], size - strlen(out) - 1);
	/* Such paragraphs as are empty are none. */
	strncat(out, "a ", size - strlen(out) - 1);
}

/* SEED=N repeats what was made by chance. */
static void
mixtures(void **state)
{
	const char *given = getenv("SEED");
	const unsigned seed = given != NULL ? (unsigned)strtoul(given, NULL, 10) : 1;
	char first[64], second[64];
	struct quotes *q;
	int i;

	(void)state;
	srand(seed);
	assert_int_equal(quotes_new(&q, NULL), ST_OK);
	for (i = 0; i < MIXTURES; i++) {
		mix(first, sizeof(first));
		mix(second, sizeof(second));
		check_growth(q, first, second);
	}
	quotes_free(q);
}

/* An acronym whose letters are those of stop words: which word gave which letter was tried in every way. */
static void
acronyms(void **state)
{
	struct buf words = BUF_INIT;
	struct acronym_pair pair;
	size_t at = 0, i;

	(void)state;
	buf_adds(&words, "AAAAAAAAAB (Ax");
	for (i = 0; i < 100; i++)
		buf_adds(&words, " a");
	buf_addc(&words, ')');
	assert_int_equal(buf_status(&words), ST_OK);
	assert_false(acronyms_next(words.data, words.len, &at, &pair));
	assert_true(acronyms_strict("aab", 3, "ax a a a a of b", 15));
	assert_false(acronyms_strict("aab", 3, "ax a a a a of c", 15));
	assert_false(acronyms_strict("abb", 3, "ax a a a a of b", 15));
	buf_fini(&words);
}

/* Marks that close, in a row: none ends a sentence, and none is looked at once for each that follows. */
static void
closing_marks(void **state)
{
	struct buf text = BUF_INIT;
	size_t i;

	(void)state;
	buf_adds(&text, "One.");
	for (i = 0; i < 500000; i++)
		buf_adds(&text, "”");
	assert_int_equal(buf_status(&text), ST_OK);
	assert_int_equal(sentences_next(text.data, text.len, 0), text.len);
	buf_fini(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attribution), cmocka_unit_test(clock_within), cmocka_unit_test(chain_clock), cmocka_unit_test(mixtures),
		cmocka_unit_test(acronyms), cmocka_unit_test(closing_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
