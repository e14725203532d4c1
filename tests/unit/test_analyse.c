/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "engine/text/analyse.h"
#include "engine/text/words.h"
#include "tests/unit/analyse_rows.h"

static int
set_up(void **state)
{
	return analyser_new((struct analyser **)state, NULL) == ST_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	analyser_free(*state);
	return 0;
}

/* Appends what analyse_rows.h describes. */
static void
show(struct analyser *an, const char *text, size_t len, struct buf *out)
{
	struct token tok;
	bool got, first = true;
	uint32_t pos = 0;

	assert_int_equal(analyse_begin(an, text, len, "", NULL, NULL), ST_OK);
	for (;;) {
		assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
		if (!got)
			break;
		assert_true(first || tok.pos == pos || tok.pos == pos + 1);
		assert_true(tok.start < tok.end && tok.end <= len);
		if (!first)
			buf_addc(out, tok.pos == pos ? '|' : ' ');
		buf_add(out, tok.term, tok.len);
		buf_adds(out, tok.flags & TOKEN_CAPS ? "^" : "");
		buf_adds(out, tok.kind == TOKEN_DESIGNATOR ? "#" : tok.kind == TOKEN_GRAM ? "*" : "");
		buf_adds(out, tok.flags & TOKEN_JOINED ? "+" : tok.flags & TOKEN_ALSO ? "~" : "");
		pos = tok.pos;
		first = false;
	}
	assert_int_equal(analyse_positions(an), first ? 0 : pos + 1);
}

/* TEXT decomposed as far as canonical equivalence goes. */
static const char *
decomposed(const char *text, char *out, int32_t cap)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar a[2048], b[2048];
	int32_t n = 0;

	u_strFromUTF8(a, 2048, &n, text, -1, &code);
	n = unorm2_normalize(unorm2_getNFDInstance(&code), a, n, b, 2048, &code);
	u_strToUTF8(out, cap, NULL, b, n, &code);
	assert_true(U_SUCCESS(code));
	return out;
}

static void
check_rows(struct analyser *an, const struct row *rows, size_t n)
{
	struct buf out = BUF_INIT;
	char nfd[4096];
	size_t i;

	for (i = 0; i < n; i++) {
		buf_clear(&out);
		show(an, rows[i].text, strlen(rows[i].text), &out);
		if (strcmp(buf_str(&out), rows[i].tokens) != 0)
			print_message("text: %s\n", rows[i].text);
		assert_string_equal(buf_str(&out), rows[i].tokens);
		buf_clear(&out);
		decomposed(rows[i].text, nfd, sizeof(nfd));
		show(an, nfd, strlen(nfd), &out);
		if (strcmp(buf_str(&out), rows[i].tokens) != 0)
			print_message("text, decomposed: %s\n", rows[i].text);
		assert_string_equal(buf_str(&out), rows[i].tokens);
	}
	buf_fini(&out);
}

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define TABLE(name) static void name(void **state) { check_rows(*state, name##_rows, COUNT(name##_rows)); }

TABLE(plain)
TABLE(accents)
TABLE(apostrophes)
TABLE(hyphens)
TABLE(designators)
TABLE(acronyms)
TABLE(capitals)
TABLE(numbers)
TABLE(scripts)
TABLE(latin)
TABLE(odd)

/* The first token's spelling, and the bytes of the text that it is. */
static void
spelling_and_place(void **state)
{
	static const struct { const char *text, *exact, *source; } rows[] = {
		{ "Türkiye’nin", "türkiye", "Türkiye" },
		{ "Tu\u0308rkiye", "türkiye", "Tu\u0308rkiye" },
		{ " TURKIYE ", "turkiye", "TURKIYE" },
		{ "İstanbul'da", "istanbul", "İstanbul" },
		{ "ıslak", "ıslak", "ıslak" },
		{ "ISLAK", "islak", "ISLAK" },
		{ "Straße.", "straße", "Straße" },
		{ "ŁÓDŹ", "łódź", "ŁÓDŹ" },
		{ "«Ёлка»", "ёлка", "Ёлка" },
		{ "ΣΕΙΣΜΟΣ", "σεισμος", "ΣΕΙΣΜΟΣ" },
		{ "ΣΕΙΣΜΌΣ", "σεισμός", "ΣΕΙΣΜΌΣ" },
		{ "U.S., said", "us", "U.S." },
		{ "(U.S)", "us", "U.S" },
		{ "the", "the", "the" },
		{ "F 35s,", "f35s", "F 35s" },
		{ "F\u201135's", "f35", "F\u201135" },
		{ "1,750.5%", "1750.5", "1,750.5" },
		{ "O’Brien's", "obrien", "O’Brien" },
		{ "soft\u00ADhyphen\u00AD ", "softhyphen", "soft\u00ADhyphen" },
		{ "states' rights", "states", "states" },
		{ "Ｆｕｌｌ", "ｆｕｌｌ", "Ｆｕｌｌ" },
		{ "がく", "が", "が" },
		{ "الرَّئيس", "الرَّئيس", "الرَّئيس" },
	};
	struct analyser *an = *state;
	struct token tok;
	bool got;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(analyse_begin(an, rows[i].text, strlen(rows[i].text), NULL, NULL, NULL), ST_OK);
		assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
		assert_true(got);
		assert_int_equal(tok.exact_len, strlen(rows[i].exact));
		assert_memory_equal(tok.exact, rows[i].exact, tok.exact_len);
		assert_int_equal(tok.end - tok.start, strlen(rows[i].source));
		assert_memory_equal(rows[i].text + tok.start, rows[i].source, tok.end - tok.start);
	}
}

static void
compounds_are_numbered(void **state)
{
	static const char text[] = "re-export to Al-Assad";
	static const struct { uint32_t pos, compound, start, end; unsigned flags; } rows[] = {
		{ 0, 1, 0, 2, TOKEN_PART }, { 0, 1, 0, 9, TOKEN_JOINED },
		{ 1, 1, 3, 9, TOKEN_PART }, { 1, 1, 0, 9, TOKEN_JOINED },
		{ 2, 0, 10, 12, 0 },
		{ 3, 2, 13, 15, TOKEN_PART }, { 3, 2, 13, 21, TOKEN_JOINED },
		{ 4, 2, 16, 21, TOKEN_PART }, { 4, 2, 13, 21, TOKEN_JOINED },
	};
	struct analyser *an = *state;
	struct token tok;
	bool got;
	size_t i;

	assert_int_equal(analyse_begin(an, text, strlen(text), "en", NULL, NULL), ST_OK);
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
		assert_true(got);
		assert_int_equal(tok.pos, rows[i].pos);
		assert_int_equal(tok.compound, rows[i].compound);
		assert_int_equal(tok.start, rows[i].start);
		assert_int_equal(tok.end, rows[i].end);
		assert_int_equal(tok.flags, rows[i].flags);
	}
	assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
	assert_false(got);
}

static void
stems_table(void **state)
{
	static const struct { const char *lang, *word, *stems; } rows[] = {
		{ "", "sanctions", "sanction" }, { "en", "Sanctioned", "sanction" },
		{ "en-GB", "negotiating", "negoti" }, { "", "THE", "" },
		{ "xx", "treaties", "treati" }, { "zh-Hans", "ties", "tie" },
		{ "", "Türkiye's", "turkiy" }, { "", "1980s", "1980s" }, { "", "1,750", "" }, { "", "EU", "" },
		{ "", "F-35", "f35" }, { "", "F-35s", "f35s f35" }, { "", "Su-35S", "su35s" },
		{ "", "f35", "f35" }, { "", "F-35As", "f35as f35a" }, { "", "H5N1", "h5n1" },
		{ "", "F 35s", "f35s f35" }, { "tr", "S-400s", "s400s s400" },
		{ "", "中国", "" }, { "", "Россия", "россия" }, { "", "fiancés", "fianc" },
		{ "fr", "négociations", "negoci fr:negoci" }, { "FR", "négociations", "negoci fr:negoci" },
		{ "fr-CA", "économiques", "economiqu fr:econom" }, { "French", "les", "les fr:le" },
		{ "ru", "переговорами", "переговорами ru:переговор" },
		{ "ru", "переговоров", "переговоров ru:переговор" },
		{ "tr", "görüşmelerin", "gorusmelerin tr:gorusme" },
		{ "tr", "Türkiye'de", "turkiy tr:turki" }, { "fr", "1980s", "1980s" },
		{ "de", "Verhandlungen", "verhandlungen de:verhandl" }, { "fr", "F-35", "f35" },
	};
	struct analyser *an = *state;
	struct stem stems[ANALYSE_STEMS_MAX];
	struct buf out = BUF_INIT;
	struct token tok;
	size_t i, k, n, round;
	bool got;

	/* Twice: the second time from memory. */
	for (round = 0; round < 2; round++) {
		for (i = 0; i < COUNT(rows); i++) {
			buf_clear(&out);
			assert_int_equal(analyse_begin(an, rows[i].word, strlen(rows[i].word), rows[i].lang, NULL, NULL), ST_OK);
			assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
			assert_int_equal(analyse_stems(an, &tok, stems, &n, NULL), ST_OK);
			for (k = 0; k < n; k++) {
				buf_adds(&out, k > 0 ? " " : "");
				buf_add(&out, stems[k].text, stems[k].len);
			}
			assert_string_equal(buf_str(&out), rows[i].stems);
		}
	}
	buf_fini(&out);
}

/* More distinct words than the memory of stems holds: it begins anew, and answers the same. */
static void
stems_outgrow_their_memory(void **state)
{
	struct analyser *an = *state;
	struct stem stems[ANALYSE_STEMS_MAX];
	struct token tok;
	char word[16];
	size_t n;
	unsigned i;
	bool got;

	for (i = 0; i < 40000; i++) {
		snprintf(word, sizeof(word), "qa%c%c%c%cings", 'a' + i / 8000, 'a' + i / 400 % 20, 'a' + i / 20 % 20, 'a' + i % 20);
		assert_int_equal(analyse_begin(an, word, strlen(word), "", NULL, NULL), ST_OK);
		assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
		assert_int_equal(analyse_stems(an, &tok, stems, &n, NULL), ST_OK);
		assert_int_equal(n, 1);
		assert_in_range(stems[0].len, 3, 7);
		assert_memory_equal(stems[0].text, word, 3);   /* a doubled letter before -ing goes */
	}
}

static void
long_words_are_cut(void **state)
{
	struct analyser *an = *state;
	struct token tok;
	char text[3000];
	bool got;
	size_t i;

	memset(text, 'A', 1000);
	assert_int_equal(analyse_begin(an, text, 1000, "", NULL, NULL), ST_OK);
	assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
	assert_int_equal(tok.len, ANALYSE_WORD_MAX);
	assert_int_equal(tok.end, 1000);
	for (i = 0; i < 1000; i++)
		memcpy(text + 3 * i, "ẞ", 3);
	assert_int_equal(analyse_begin(an, text, 3000, "", NULL, NULL), ST_OK);
	assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
	assert_int_equal(tok.len, ANALYSE_WORD_MAX);
	assert_int_equal(tok.exact_len, 2 * ANALYSE_WORD_MAX);
	assert_int_equal(tok.end, 3000);
	assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
	assert_false(got);
}

/* With a filter every token comes at its place; those of other words are empty. */
static void
filter_passes_over(void **state)
{
	static const char text[] = "The F-35 re-export of Türkiye’s (Éire's) T-14, 3.5 U.S.-led Tbilisi Ελλάδα a-b-c-d-e-f-g-h-i Sana'a 中国";
	struct analyse_filter filter = { .first = { ['t'] = true, ['r'] = true, ['e'] = true, ['s'] = true } };
	struct analyse_filter filter_skip = filter;
	struct analyser *an = *state, *other = NULL;
	struct token all, some;
	bool got, also;

	assert_int_equal(analyser_new(&other, NULL), ST_OK);
	assert_int_equal(analyse_begin(an, text, strlen(text), "", NULL, NULL), ST_OK);
	assert_int_equal(analyse_begin(other, text, strlen(text), "", &filter, NULL), ST_OK);
	for (;;) {
		assert_int_equal(analyse_next(an, &all, &got, NULL), ST_OK);
		assert_int_equal(analyse_next(other, &some, &also, NULL), ST_OK);
		assert_int_equal(got, also);
		if (!got)
			break;
		assert_int_equal(all.pos, some.pos);
		assert_int_equal(all.start, some.start);
		assert_int_equal(all.end, some.end);
		assert_int_equal(all.compound, some.compound);
		assert_int_equal(some.len, filter.first[(unsigned char)all.term[0]] ? all.len : 0);
		if (some.len > 0) {
			assert_memory_equal(all.term, some.term, some.len);
			assert_int_equal(all.flags, some.flags);
		}
	}
	/* And with skip just the same without the empty ones. */
	filter.skip = true;
	assert_int_equal(analyse_begin(an, text, strlen(text), "", &filter, NULL), ST_OK);
	assert_int_equal(analyse_begin(other, text, strlen(text), "", &filter_skip, NULL), ST_OK);
	do {
		assert_int_equal(analyse_next(an, &all, &got, NULL), ST_OK);
		do {
			assert_int_equal(analyse_next(other, &some, &also, NULL), ST_OK);
		} while (also && some.len == 0);
		assert_int_equal(got, also);
		if (got) {
			assert_int_equal(all.pos, some.pos);
			assert_int_equal(all.start, some.start);
			assert_int_equal(all.len, some.len);
		}
	} while (got);
	assert_int_equal(analyse_positions(an), analyse_positions(other));
	analyser_free(other);
}

static void
bytes_that_are_not_utf8(void **state)
{
	struct buf out = BUF_INIT;

	show(*state, "caf\xE9 au\xFFlait \xC3", 14, &out);
	assert_string_equal(buf_str(&out), "caf au lait");
	buf_clear(&out);
	show(*state, "a\0b\xE2\x80", 5, &out);
	assert_string_equal(buf_str(&out), "a b");
	buf_fini(&out);
}

static void
languages_and_fingerprint(void **state)
{
	static const struct { const char *lang, *code; } rows[] = {
		{ "en", "en" }, { "EN", "en" }, { "english", "en" }, { "fr", "fr" }, { "fr-CA", "fr" },
		{ "French", "fr" }, { "pt_BR", "pt" }, { "nb", "no" }, { "nn-NO", "no" }, { "tr", "tr" },
		{ "ar", "ar" }, { "ru", "ru" }, { "zh", NULL }, { "", NULL }, { "f", NULL }, { "fra", NULL },
		{ "xx", NULL }, { "frenchy", NULL },
	};
	struct analyser *an = *state;
	struct stem stems[ANALYSE_STEMS_MAX];
	struct token tok;
	char fingerprint[ANALYSE_FINGERPRINT_MAX];
	size_t i, n;
	bool got;

	/* each language of the table has its stemmer */
	for (i = 0; i < word_languages_count; i++) {
		assert_int_equal(analyse_begin(an, "word", 4, word_languages[i].code, NULL, NULL), ST_OK);
		assert_int_equal(analyse_next(an, &tok, &got, NULL), ST_OK);
		assert_int_equal(analyse_stems(an, &tok, stems, &n, NULL), ST_OK);
		assert_int_equal(n, strcmp(word_languages[i].code, "en") == 0 ? 1 : 2);
	}
	for (i = 0; i < COUNT(rows); i++) {
		if (rows[i].code == NULL)
			assert_null(analyse_stem_lang(rows[i].lang));
		else
			assert_string_equal(analyse_stem_lang(rows[i].lang), rows[i].code);
	}
	analyse_fingerprint(fingerprint);
	assert_true(strlen(fingerprint) < sizeof(fingerprint) - 10);
	assert_non_null(strstr(fingerprint, "icu"));
	assert_non_null(strstr(fingerprint, words_hash()));
}

static void
word_lists(void **state)
{
	static const char *const yes[] = { "us", "it", "who", "am", "in", "or", "no", "are", "a", "yourselves" };
	static const char *const no[] = { "nato", "", "u", "usa", "caatsa", "zz", "whom's" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(yes); i++)
		assert_true(words_stop_word(yes[i], strlen(yes[i])));
	for (i = 0; i < COUNT(no); i++)
		assert_false(words_stop_word(no[i], strlen(no[i])));
	assert_true(words_stop_word("usage", 2));
	assert_false(words_stop_word("us", 1));
	assert_true(words_elision("l", 1));
	assert_false(words_elision("o", 1));
	assert_true(words_turkish_ending("nin", 3));
	assert_false(words_turkish_ending("ll", 2));
}

static uint64_t
classes_in(const char *lang, const char *word)
{
	return words_classes(word, strlen(word), words_language_number(words_language(lang)));
}

static void
word_languages_and_classes(void **state)
{
	(void)state;
	assert_int_equal(classes_in("", "MR"), WORD_ABBREVIATION | WORD_TITLE);
	assert_int_equal(classes_in("", "no"), WORD_FUNCTION | WORD_BEFORE_NUMBER | WORD_DETERMINER);
	assert_int_equal(classes_in("", "sagte"), WORD_SAY);
	assert_int_equal(classes_in("en", "sagte"), WORD_SAY);
	assert_int_equal(classes_in("", "\u0421\u041A\u0410\u0417\u0410\u041B"), WORD_SAY);
	assert_int_equal(classes_in("ru", "\u043E"), WORD_PREPOSITION);
	/* what it is in the language, in English, in every other; and in all of them */
	assert_int_equal(classes_in("fr", "un"), WORD_ELISION | WORD_DETERMINER);
	assert_int_equal(classes_in("it", "un"), WORD_ELISION);
	assert_int_equal(classes_in("en", "all") & (WORD_ELISION | WORD_FUNCTION), WORD_FUNCTION);
	assert_int_equal(classes_in("it", "all") & (WORD_ELISION | WORD_FUNCTION), WORD_ELISION);
	assert_int_equal(classes_in("de", "der"), WORD_DETERMINER | WORD_DEFINITE | WORD_JOINER);
	assert_int_equal(classes_in("ru", "der"), WORD_DETERMINER | WORD_DEFINITE | WORD_JOINER);
	/* of the lexicon */
	assert_int_equal(classes_in("", "Uganda"), WORD_PLACE);
	assert_int_equal(classes_in("", "Jordan"), 0);
	assert_int_equal(classes_in("", ""), 0);
	assert_int_equal(classes_in("", "une\u00E9"), 0);
	assert_int_equal(classes_in("", "\xFF"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(plain), TEST(accents), TEST(apostrophes), TEST(hyphens), TEST(designators),
		TEST(acronyms), TEST(capitals), TEST(numbers), TEST(scripts), TEST(latin), TEST(odd),
		TEST(spelling_and_place), TEST(compounds_are_numbered), TEST(stems_table),
		TEST(stems_outgrow_their_memory), TEST(long_words_are_cut), TEST(filter_passes_over),
		TEST(bytes_that_are_not_utf8), TEST(languages_and_fingerprint), TEST(word_lists), TEST(word_languages_and_classes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
