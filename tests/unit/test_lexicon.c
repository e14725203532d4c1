/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The lexicon: its files, what is wrong in them, the compiled form, and the
 * dictionary that carries it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/lexicon/compile.h"
#include "engine/lexicon/lexicon.h"
#include "engine/store/dictionary.h"

static enum status
compile(const char *const *texts, struct buf *out, struct error *err)
{
	struct lexicon_compile *c;
	enum status st = ST_OK;

	assert_int_equal(lexicon_compile_new(&c, err), ST_OK);
	for (; *texts != NULL && st == ST_OK; texts++)
		st = lexicon_compile_read(c, "x.lex", *texts, strlen(*texts), err);
	if (st == ST_OK)
		st = lexicon_compile_finish(c, out, err);
	lexicon_compile_free(c);
	return st;
}

static struct lexicon *
load(const char *const *texts)
{
	struct buf out = BUF_INIT;
	struct lexicon *lx;
	struct error err = { ST_OK, 0, "" };
	enum status st = compile(texts, &out, &err);

	if (st != ST_OK)
		fail_msg("%s", err.text);
	assert_int_equal(lexicon_load(&lx, buf_str(&out), out.len, &err), ST_OK);
	buf_fini(&out);
	return lx;
}

/* The entities that WORDS (folded) name, "country:tr org:x"; with their care. */
static void
names(const struct lexicon *lx, const char *words, char *out)
{
	uint32_t node = LEXICON_ROOT, word, i;
	const char *space;

	*out = '\0';
	for (; words != NULL; words = space != NULL ? space + 1 : NULL) {
		space = strchr(words, ' ');
		word = lexicon_word(lx, words, space != NULL ? (size_t)(space - words) : strlen(words));
		if (word == LEXICON_NONE || (node = lexicon_step(lx, node, word)) == LEXICON_NONE)
			return;
	}
	for (i = lexicon_names_at(lx, node); i != LEXICON_NONE; i = lexicon_name(lx, i)->next) {
		const struct lexicon_entity *e = lexicon_entity(lx, lexicon_name(lx, i)->entity);

		out += sprintf(out, "%s%.*s/%u", *out != '\0' || i != lexicon_names_at(lx, node) ? " " : "", (int)e->len, e->id,
			       lexicon_name(lx, i)->care);
	}
}

static void
expect(const struct lexicon *lx, const char *words, const char *want)
{
	char got[200];

	names(lx, words, got);
	if (strcmp(got, want) != 0)
		fail_msg("%s: %s, not %s", words, got, want);
}

static void
test_names(void **state)
{
	static const char *const texts[] = {
		"# a comment\n"
		"country:tr\r\n"
		"\tname Türkiye, Republic of Turkey, Turkey  # the second is longer\n"
		"\tnoun Turkey\n"
		"  demonym Turkish\n"
		"country:gn\n\tname Guinea\n\tforeign Guinée\n"
		"country:gq\n\tforeign Guinea, Fas, Guinea Ecuatorial\n",
		"country:tr\n\tforeign Turquie\n\tname Turkey\nskip:x\n\tname Turkey Creek\n", NULL };
	struct lexicon *lx = load(texts);
	uint32_t tr = lexicon_find(lx, "country:tr", 10);

	(void)state;
	expect(lx, "turkey", "country:tr/1");
	expect(lx, "turkiye", "country:tr/0");
	expect(lx, "turquie", "country:tr/0");
	expect(lx, "republic of turkey", "country:tr/0");
	expect(lx, "republic of", "");
	expect(lx, "turkey creek", "skip:x/0");
	/* What is another's name by hand is no foreign one; three letters are too few for that. */
	expect(lx, "guinea", "country:gn/0");
	expect(lx, "guinea ecuatorial", "country:gq/0");
	expect(lx, "fas", "");
	assert_int_not_equal(tr, LEXICON_NONE);
	assert_int_equal(lexicon_hint(lx, lexicon_word(lx, "turkish", 7), tr), 1);
	assert_int_equal(lexicon_find(lx, "country:t", 9), LEXICON_NONE);
	lexicon_free(lx);
}

static void
test_override(void **state)
{
	static const char *const texts[] = { "country:ru\n\tname Russia\n\tcapital Moscow\n\tnoun Moscow\n",
		"country:ru\n\twithout Moscow\norg:cmx\n\tname Moscow Exchange\n\tacronym MOEX\n"
		"words:given\n\tword Sergei, Olga\n", NULL };
	struct lexicon *lx = load(texts);

	(void)state;
	expect(lx, "moscow", "");
	expect(lx, "moscow exchange", "org:cmx/0");
	expect(lx, "russia", "country:ru/0");
	assert_int_equal(lexicon_word_kinds(lx, lexicon_word(lx, "olga", 4)), LEXICON_WORD_GIVEN);
	lexicon_free(lx);
}

static void
test_wrong(void **state)
{
	static const struct { const char *text, *error; } rows[] = {
		{ "\tname Turkey\n", "x.lex:1: a property before the first KIND:ID" },
		{ "Country:tr\n", "x.lex:1: \"Country:tr\" is no KIND:ID in small letters" },
		{ "country\n", "x.lex:1: \"country\" is no KIND:ID in small letters" },
		{ "country:tr\n\n\tnames Turkey\n", "x.lex:3: no property \"names\"" },
		{ "country:tr\n\tname\n", "x.lex:2: nothing behind \"name\"" },
		{ "country:tr\n\tname Turkey,, Türkiye\n", "x.lex:2: an empty value" },
		{ "country:tr\n\tname !?\n", "x.lex:2: no word in \"!?\"" },
		{ "country:tr\n\tname \xFF\n", "x.lex:2: not UTF-8" },
		{ "country:tr\n\tname Turkey\n\tnoun Turquie\n", "x.lex:3: \"turquie\" is no name of it" },
		{ "country:tr\n\tfor South Ossetia\n", "x.lex:2: \"for\" takes single words, not \"South Ossetia\"" },
		{ "country:tr\n\tname a b c d e f g h i j k l m\n",
		  "x.lex:2: more than 12 words in a name: \"a b c d e f g h i j k l m\"" },
		{ "words:nouns\n", "x.lex:1: no list \"words:nouns\"" },
		{ "\xEF\xBB\xBF# ours\ncontry:tr\n", "x.lex:2: no kind \"contry\"" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *const texts[] = { rows[i].text, NULL };
		struct buf out = BUF_INIT;
		struct error err = { ST_OK, 0, "" };

		assert_int_equal(compile(texts, &out, &err), ST_INVALID);
		assert_string_equal(err.text, rows[i].error);
		buf_fini(&out);
	}
}

static void
test_damaged(void **state)
{
	static const char *const rows[] = {
		"e", "e\tcountry:tr", "n\tn\t0\t0\tturkey\n", "e\tc:t\nn\tq\t0\t0\tturkey\n", "e\tc:t\nn\tn\t9999999\t0\tx\n",
		"e\tc:t\nn\tn\t0\t0\t\n", "e\tc:t\nh\t*\tx\n", "w\tx\ty\n", "z\tx\n", "\n", "e\tc:t\nn\tn\t0\t0\ta  b\n",
		"e\tc:t\nn\tn\t0\t0\ta b c d e f g h i j k l m\n",
	};
	struct lexicon *lx;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (lexicon_load(&lx, rows[i], strlen(rows[i]), NULL) != ST_CORRUPT)
			fail_msg("row %zu", i);
		assert_null(lx);
	}
	assert_int_equal(lexicon_load(&lx, "", 0, NULL), ST_OK);
	assert_int_equal(lexicon_entities(lx), 0);
	assert_int_equal(lexicon_word(lx, "x", 1), LEXICON_NONE);
	lexicon_free(lx);
}

static void
test_dictionary(void **state)
{
	static const char *const broken[] = { "dragoman-lexicon ", "dragoman-lexicon 9\nab", "dragoman-lexicon x\nab",
		"dragoman-lexicon 99999999999\nab", "dragoman-lexicon 2" };
	struct dictionary d;
	struct buf both = BUF_INIT;
	size_t i;

	(void)state;
	dictionary_join(&both, "e\tc:t\n", 6, "texts", 5);
	dictionary_split(both.data, both.len, &d);
	assert_int_equal(d.lexicon_len, 6);
	assert_memory_equal(d.lexicon, "e\tc:t\n", 6);
	assert_int_equal(d.texts_len, 5);
	assert_memory_equal(d.texts, "texts", 5);
	buf_clear(&both);
	dictionary_join(&both, "", 0, "texts", 5);
	assert_string_equal(both.data, "texts");
	for (i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		dictionary_split(broken[i], strlen(broken[i]), &d);
		assert_int_equal(d.lexicon_len, 0);
		assert_int_equal(d.texts_len, strlen(broken[i]));
	}
	buf_fini(&both);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names), cmocka_unit_test(test_override), cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_damaged), cmocka_unit_test(test_dictionary),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
