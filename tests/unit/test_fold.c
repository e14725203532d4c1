/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "engine/text/fold.h"

static int
set_up(void **state)
{
	return fold_new((struct fold **)state, NULL) == ST_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	fold_free(*state);
	return 0;
}

static void
table(void **state)
{
	static const struct { const char *word, *term, *exact; } rows[] = {
		{ "", "", "" }, { "Plain", "plain", "plain" }, { "F35", "f35", "f35" }, { "5.93", "5.93", "5.93" },
		{ "Türkiye", "turkiye", "türkiye" }, { "Tu\u0308rkiye", "turkiye", "türkiye" },
		{ "İ", "i", "i" }, { "I\u0307", "i", "i" }, { "ı", "i", "ı" }, { "I", "i", "i" },
		{ "i\u0307", "i", "i\u0307" }, { "Ł", "l", "ł" }, { "ø", "o", "ø" }, { "Đ", "d", "đ" },
		{ "Ð", "d", "ð" }, { "ß", "ss", "ß" }, { "ẞ", "ss", "ß" }, { "Æ", "ae", "æ" }, { "ǽ", "ae", "ǽ" },
		{ "œ", "oe", "œ" }, { "þ", "th", "þ" }, { "ħ", "h", "ħ" }, { "ŧ", "t", "ŧ" }, { "ŋ", "n", "ŋ" },
		{ "Ə", "e", "ə" }, { "ĳ", "ij", "ĳ" }, { "ſ", "s", "ſ" }, { "ŉ", "n", "ŉ" }, { "Ǆ", "dz", "ǆ" },
		{ "ﬀ", "ff", "ﬀ" }, { "Ａ", "a", "ａ" }, { "ế", "e", "ế" }, { "ơ", "o", "ơ" }, { "Ⅳ", "iv", "ⅳ" },
		{ "º", "o", "º" }, { "𝐀", "a", "𝐀" }, { "\u212A", "k", "k" }, { "\u212B", "a", "å" },
		{ "a\u0338b\u20DD", "ab", "a\u0338b\u20DD" },
		{ "Ά", "α", "ά" }, { "ς", "σ", "ς" }, { "ΑΣ", "ασ", "ας" }, { "ᾳ", "α", "ᾳ" }, { "ϐ", "β", "ϐ" },
		{ "Ё", "е", "ё" }, { "Й", "й", "й" }, { "И\u0306", "й", "й" }, { "Ї", "ї", "ї" }, { "ў", "ў", "ў" },
		{ "Ѓ", "ѓ", "ѓ" }, { "ќ", "ќ", "ќ" }, { "а\u0301", "а", "а\u0301" }, { "ґ", "ґ", "ґ" },
		{ "أ", "ا", "أ" }, { "إ", "ا", "إ" }, { "آ", "ا", "آ" }, { "ٱ", "ا", "ٱ" }, { "ى", "ي", "ى" },
		{ "ی", "ي", "ی" }, { "ک", "ك", "ک" }, { "ؤ", "ؤ", "ؤ" }, { "ئ", "ئ", "ئ" }, { "ة", "ة", "ة" },
		{ "مُحَمَّد", "محمد", "مُحَمَّد" }, { "مـد", "مد", "مـد" }, { "ﻻ", "لا", "ﻻ" },
		{ "שָׁ", "ש", "שָׁ" }, { "\uFB2A", "ש", "ש\u05C1" }, { "ﾊﾞ", "バ", "ﾊﾞ" }, { "か\u3099", "が", "が" },
		{ "हि", "हि", "हि" }, { "กุ", "กุ", "กุ" }, { "한", "한", "한" }, { "\u1112\u1161\u11AB", "한", "한" },
		{ "٢٠", "20", "٢٠" }, { "२", "2", "२" }, { "և", "եւ", "և" }, { "Ა", "ა", "ა" }, { "\uF900", "豈", "豈" },
	};
	struct buf term = BUF_INIT, exact = BUF_INIT;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&term);
		buf_clear(&exact);
		assert_int_equal(fold_word(*state, rows[i].word, strlen(rows[i].word), &term, &exact, NULL), ST_OK);
		assert_string_equal(buf_str(&term), rows[i].term);
		if (strcmp(buf_str(&exact), rows[i].exact) != 0)
			print_message("word: %s\n", rows[i].word);
		assert_string_equal(buf_str(&exact), rows[i].exact);
	}
	buf_fini(&term);
	buf_fini(&exact);
}

/* Every letter there is: folding again changes nothing, nor does it matter whether the letter
 * comes alone or inside a word, composed or not. */
static void
every_letter(void **state)
{
	struct buf term = BUF_INIT, exact = BUF_INIT, again = BUF_INIT, nfd = BUF_INIT;
	UErrorCode code = U_ZERO_ERROR;
	const UNormalizer2 *normalizer = unorm2_getNFDInstance(&code);
	UChar units[64];
	char four[4];
	int32_t n;
	uint32_t cp;

	for (cp = 0x80; cp <= 0x2FFFF; cp++) {
		size_t len;

		if (!(U_GET_GC_MASK((UChar32)cp) & (U_GC_L_MASK | U_GC_NL_MASK)))
			continue;
		len = utf8_put(four, cp);
		buf_clear(&term);
		buf_clear(&exact);
		buf_clear(&again);
		assert_int_equal(fold_word(*state, four, len, &term, &exact, NULL), ST_OK);
		assert_true(term.len > 0 && exact.len > 0);
		assert_int_equal(utf8_valid(term.data, term.len), term.len);
		assert_int_equal(fold_word(*state, term.data, term.len, &again, &exact, NULL), ST_OK);
		if (strcmp(term.data, again.data) != 0)
			print_message("U+%04X\n", (unsigned)cp);
		assert_string_equal(term.data, again.data);
		n = unorm2_getDecomposition(normalizer, (UChar32)cp, units, 64, &code);
		if (n < 0)
			continue;
		buf_clear(&nfd);
		buf_clear(&again);
		assert_non_null(buf_reserve(&nfd, 200));
		u_strToUTF8(nfd.data, 200, &n, units, n, &code);
		assert_true(U_SUCCESS(code));
		assert_int_equal(fold_word(*state, nfd.data, (size_t)n, &again, &exact, NULL), ST_OK);
		assert_string_equal(term.data, again.data);
	}
	buf_fini(&term);
	buf_fini(&exact);
	buf_fini(&again);
	buf_fini(&nfd);
}

/* A word without end: what is looked at is bounded, and nothing overflows. */
static void
endless_word(void **state)
{
	static const char *const letters[] = { "x", "ß", "ΐ", "\uFDFA", "a\u0301", "𝔸" };
	struct buf word = BUF_INIT, term = BUF_INIT, exact = BUF_INIT;
	size_t i, k;

	for (i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		buf_clear(&word);
		buf_clear(&term);
		buf_clear(&exact);
		for (k = 0; k < 5000; k++)
			buf_adds(&word, letters[i]);
		assert_int_equal(fold_word(*state, buf_str(&word), word.len, &term, &exact, NULL), ST_OK);
		assert_true(term.len > 0);
		assert_true(term.len <= FOLD_CHARS_MAX * 40);
	}
	buf_fini(&word);
	buf_fini(&term);
	buf_fini(&exact);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(table, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_letter, set_up, tear_down),
		cmocka_unit_test_setup_teardown(endless_word, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
