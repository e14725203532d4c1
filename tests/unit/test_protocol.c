/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The protocol's tables: what a row says of another row is true.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/protocol.h"
#include "client/lib/dragoman.h"

static void
names_are_found(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < OPTIONS; i++) {
		const struct protocol_option *o = &protocol_options[i];

		assert_int_equal(o->id, i);
		assert_ptr_equal(protocol_option_find(o->name, strlen(o->name)), o);
		assert_null(protocol_option_find(o->name, strlen(o->name) - 1));
		assert_true((o->wanted == NULL) == (o->type == PROTOCOL_CHOICE));
	}
	for (i = 0; i < VERBS; i++) {
		const struct protocol_verb *v = &protocol_verbs[i];

		assert_int_equal(v->id, i);
		assert_ptr_equal(protocol_verb_find(v->name, strlen(v->name)), v);
	}
	assert_ptr_equal(protocol_verb_find("sEarch it", 6), &protocol_verbs[VERB_SEARCH]);
	assert_null(protocol_verb_find("search it", 9));
	assert_null(protocol_option_find("Limit", 5));
}

static void
every_option_is_some_verbs(void **state)
{
	unsigned seen = OPTIONS_EVERY;
	size_t i;

	(void)state;
	for (i = 0; i < VERBS; i++) {
		assert_int_equal(protocol_verbs[i].options & OPTIONS_EVERY, 0);
		seen |= protocol_verbs[i].options;
	}
	assert_int_equal(seen, (1u << OPTIONS) - 1);
}

static void
every_letter_is_some_rows(void **state)
{
	char letters[ROW_KINDS + 1] = "";
	const char *at;
	size_t i;

	(void)state;
	for (i = 0; i < ROW_KINDS; i++) {
		letters[i] = protocol_rows[i].letter;
		assert_non_null(protocol_rows[i].column[0]);
		assert_null(protocol_rows[i].column[PROTOCOL_COLUMNS_MAX]);
	}
	for (i = 0; i < VERBS; i++) {
		for (at = protocol_verbs[i].rows; *at != '\0'; at++)
			assert_non_null(strchr(letters, *at));
	}
}

static void
the_librarys_hit_has_these_columns(void **state)
{
	static const char *const names[] = {
		[DRAGOMAN_RANK] = "rank", [DRAGOMAN_ID] = "id", [DRAGOMAN_SCORE] = "score",
		[DRAGOMAN_DATE] = "date", [DRAGOMAN_SOURCE] = "source", [DRAGOMAN_TITLE] = "title",
		[DRAGOMAN_COPIES] = "copies",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_string_equal(protocol_rows[ROW_HIT].column[i], names[i]);
	assert_null(protocol_rows[ROW_HIT].column[i]);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found),
		cmocka_unit_test(every_option_is_some_verbs),
		cmocka_unit_test(every_letter_is_some_rows),
		cmocka_unit_test(the_librarys_hit_has_these_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
