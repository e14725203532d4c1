/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/text/analyse.h"
#include "engine/text/namekey.h"

static int
set_up(void **state)
{
	struct analyser *an;

	if (analyser_new(&an, NULL) != ST_OK)
		return -1;
	*state = an;
	return 0;
}

static int
tear_down(void **state)
{
	analyser_free(*state);
	return 0;
}

/* WORD, folded, in Latin letters. */
static enum latin_script
read_name(struct analyser *an, const char *word, char out[128], size_t *len)
{
	enum latin_script script;
	struct token tok;
	const char *latin;
	char folded[128];
	bool got;

	assert_int_equal(analyse_begin(an, word, strlen(word), "", NULL, NULL), ST_OK);
	assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
	assert_true(got && tok.len < sizeof(folded));
	memcpy(folded, tok.term, *len = tok.len);
	assert_int_equal(analyse_latin(an, folded, *len, &script, &latin, len, NULL), ST_OK);
	assert_true(*len < 128);
	memcpy(out, latin, *len);
	return script;
}

static bool
share_a_key(const char *a, size_t a_len, enum latin_script as, const char *b, size_t b_len, enum latin_script bs)
{
	struct namekey x[NAMEKEY_READINGS], y[NAMEKEY_READINGS];
	size_t n = namekey_make(a, a_len, as, x), m = namekey_make(b, b_len, bs, y), i, k;

	for (i = 0; i < n; i++)
		for (k = 0; k < m; k++)
			if (strcmp(x[i].text, y[k].text) == 0)
				return true;
	return false;
}

static void
check(struct analyser *an, const char *a, const char *b, bool want)
{
	char x[128], y[128];
	size_t n, m;
	enum latin_script xs = read_name(an, a, x, &n), ys = read_name(an, b, y, &m);
	bool got = share_a_key(x, n, xs, y, m, ys) && namekey_alike(x, n, xs, y, m, ys);

	if (got != want)
		fail_msg("%s (%.*s) and %s (%.*s)", a, (int)n, x, b, (int)m, y);
	assert_true(namekey_alike(x, n, xs, y, m, ys) == namekey_alike(y, m, ys, x, n, xs));
}

/* Spellings of one name each: all find one another. */
static void
one_name(void **state)
{
	static const char *const names[][12] = {
		{ "Erdogan", "Erdoğan", "ERDOĞAN", "Эрдоган", "Ερντογάν", "أردوغان" },
		{ "Zelensky", "Zelenskyy", "Zelenskiy", "Zelenski", "Selenskyj", "Зеленський", "Зеленский" },
		{ "Gaddafi", "Qaddafi", "Kadhafi", "Gadhafi", "Khadafy", "Qadhafi", "Kaddafi", "القذافي" },
		{ "Khrushchev", "Chruschtschow", "Хрущёв", "Хрущев" },
		{ "Gorbachev", "Gorbatschow", "Gorbachov", "Горбачёв" },
		{ "Yeltsin", "Jelzin", "Eltsin", "Ельцин" },
		{ "Brezhnev", "Breschnew", "Брежнев" },
		{ "Netanyahu", "Netanjahu", "Нетаньяху" },
		{ "Mohammed", "Muhammad", "Mohamed", "Muhammed" },
		{ "Hussein", "Husain", "Hussain", "Husayn", "Хусейн" },
		{ "Tymoshenko", "Timoschenko", "Тимошенко" },
		{ "Shevardnadze", "Schewardnadse", "Шеварднадзе", "შევარდნაძე" },
		{ "Putin", "Poutine", "Путин" },
		{ "Zhukov", "Schukow", "Жуков" }, { "Mueller", "Müller" }, { "Assad", "Asad" }, { "Gheorghi", "Georgi" },
		{ "Saakashvili", "Saakaschwili", "სააკაშვილი", "Саакашвили" },
	};
	size_t i, k, l;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (k = 0; names[i][k] != NULL; k++)
			for (l = 0; names[i][l] != NULL; l++)
				check(*state, names[i][k], names[i][l], true);
}

static void
two_names(void **state)
{
	static const char *const names[][2] = {
		{ "Bush", "Bosch" }, { "Gordon", "Cordon" }, { "March", "Marsh" }, { "Carter", "Garter" },
		{ "Kerry", "Gary" }, { "Kerry", "Curry" }, { "Martin", "Morton" }, { "Nixon", "Nakson" },
		{ "Nelson", "Nilsen" }, { "Johnson", "Johnston" }, { "Johnson", "Jansen" }, { "Clinton", "Colinton" },
		{ "Powell", "Pauli" }, { "Rubio", "Ruby" }, { "Fidan", "Fodan" }, { "Khamenei", "Khomeini" },
		{ "Turkey", "Tarka" }, { "Rusk", "Risk" }, { "Dulles", "Dallas" }, { "Thatcher", "Teacher" },
		{ "Reagan", "Rogan" }, { "Chang", "Chiang" }, { "King", "Ching" }, { "Iran", "Irian" }, { "File", "Phil" },
		{ "Chairman", "German" }, { "New", "Nov" }, { "Rose", "Ross" }, { "Hansen", "Hanson" }, { "Mark", "March" }, { "Lenin", "London" }, { "China", "Kenya" }, { "Iran", "Iraq" },
		{ "Tehran", "Tiran" }, { "Nasser", "Nazer" }, { "Reagan", "Regan" }, { "Peres", "Perez" }, { "Peres", "Pires" },
		{ "Minh", "Min" }, { "Minh", "Minn" }, { "Korea", "Correa" }, { "Korea", "Corea" }, { "Georgia", "Georgi" },
		{ "Georgia", "Gheorghi" }, { "Geneva", "Genova" }, { "Bundy", "Buhindi" }, { "Wheet", "Viet" },
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		check(*state, names[i][0], names[i][1], false);
}

static void
keys(void **state)
{
	static const struct { const char *word, *first, *second; } list[] = {
		{ "erdogan", "ARDKN", NULL }, { "gaddafi", "KDF", NULL }, { "khadafy", "KDF", "HDF" },
		{ "chruschtschow", "KRXV", NULL }, { "jelzin", "JLSN", "ALSN" }, { "li", NULL, NULL },
		{ "ada", NULL, NULL }, { "r2d2", NULL, NULL }, { "", NULL, NULL }, { "kim", "KM", NULL },
		{ "bcdfghklmnprstvbcdfghklmnprstv", NULL, NULL },
	};
	struct namekey got[NAMEKEY_READINGS];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		n = namekey_make(list[i].word, strlen(list[i].word), LATIN_NONE, got);
		assert_int_equal(n, (list[i].first != NULL) + (list[i].second != NULL));
		if (n > 0)
			assert_string_equal(got[0].text, list[i].first);
		if (n > 1)
			assert_string_equal(got[1].text, list[i].second);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_name), cmocka_unit_test(two_names), cmocka_unit_test(keys),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
