/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/text/sketch.h"

/* The words from FROM to before TO, one a number, but that every SKIPth (0: none) is another. */
static void
fill(struct sketch *s, unsigned from, unsigned to, unsigned skip)
{
	unsigned i;

	sketch_clear(s);
	for (i = from; i < to; i++) {
		char word[16];
		struct token tok = { .term = word };

		tok.len = (size_t)snprintf(word, sizeof(word), skip != 0 && i % skip == 0 ? "other%u" : "word%u", i);
		assert_int_equal(sketch_token(s, &tok), ST_OK);
	}
}

static bool
copies(unsigned a_from, unsigned a_to, unsigned b_from, unsigned b_to, unsigned skip)
{
	struct sketch a, b;
	bool yes;

	sketch_init(&a);
	sketch_init(&b);
	fill(&a, a_from, a_to, 0);
	fill(&b, b_from, b_to, skip);
	sketch_sort(&a);
	sketch_sort(&b);
	yes = sketch_alike(&a, &b);
	assert_int_equal(yes, sketch_alike(&b, &a));
	sketch_fini(&a);
	sketch_fini(&b);
	return yes;
}

static void
test_copies(void **state)
{
	(void)state;
	assert_true(copies(0, 300, 0, 300, 0));
	assert_true(copies(0, 300, 150, 300, 0));     /* truncated to half */
	assert_false(copies(0, 300, 250, 300, 0));    /* no more than a quotation of it */
	assert_true(copies(0, 300, 100, 400, 0));     /* two thirds shared */
	assert_false(copies(0, 300, 150, 450, 0));    /* half */
	assert_true(copies(0, 300, 0, 300, 50));      /* a word changed now and then */
	assert_true(copies(0, 30, 0, 40, 0));         /* short, and all of it */
	assert_false(copies(0, 30, 0, 30, 20));       /* short: notices of one form */
	assert_false(copies(0, 94, 0, 94, 12));       /* as long as a note, with other names and dates */
	assert_true(copies(0, 94, 0, 94, 40));        /* but not one with two words changed */
	assert_false(copies(0, 10, 0, 10, 0));        /* too short to say */
	assert_false(copies(0, 300, 1000, 1300, 0));
}

/* Runs of words, not the words, make a copy; joined forms and further readings do not count. */
static void
test_order(void **state)
{
	struct sketch a, b;
	struct token tok = { .term = "joined", .len = 6, .flags = TOKEN_JOINED };

	(void)state;
	sketch_init(&a);
	sketch_init(&b);
	fill(&a, 0, 50, 0);
	assert_int_equal(a.n, 50 - SKETCH_WORDS + 1);
	assert_int_equal(sketch_token(&a, &tok), ST_OK);
	tok.flags = TOKEN_ALSO;
	assert_int_equal(sketch_token(&a, &tok), ST_OK);
	assert_int_equal(a.n, 50 - SKETCH_WORDS + 1);
	fill(&b, 25, 50, 0);
	sketch_sort(&a);
	sketch_sort(&b);
	assert_int_equal(sketch_shared(&a, &b), 25 - SKETCH_WORDS + 1);
	sketch_fini(&a);
	sketch_fini(&b);
}

/* The least hashes are those of sorting them all. */
static void
test_least(void **state)
{
	struct sketch s;
	uint64_t least[SKETCH_SIZE];
	char code[SKETCH_CODE], other[SKETCH_CODE];
	unsigned n;

	(void)state;
	sketch_init(&s);
	for (n = 0; n < 400; n += 7) {
		size_t got, i;

		fill(&s, 0, n, 0);
		if (n > 20)
			fill(&s, 0, n, n / 5);
		got = sketch_least(&s, least);
		sketch_sort(&s);
		assert_int_equal(got, s.n < SKETCH_LEAST ? 0 : s.n < SKETCH_SIZE ? s.n : SKETCH_SIZE);
		for (i = 0; i < got; i++)
			assert_true(least[i] == s.shingle[i]);
	}
	sketch_code(least[0], code);
	sketch_code(least[1], other);
	assert_memory_not_equal(code, other, SKETCH_CODE);
	sketch_fini(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_least),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
