/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Any text, queried with its own words and phrases, finds itself: analysing a
 * word's source alone, or a passage between blanks alone, yields the very
 * terms that the whole text yields there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/reader.h"
#include "engine/text/analyse.h"

#define WINDOW_WORDS 6   /* passages have up to so many positions */

struct seen {
	struct token tok;
	size_t text;         /* where its strings are: term, then exact */
};

struct check {
	struct analyser *whole, *part;
	struct seen *seen;
	size_t n, cap;
	struct buf strings;
	size_t words, passages;
	unsigned seed;
};

static int
set_up(void **state)
{
	struct check *c = calloc(1, sizeof(*c));

	*state = c;
	if (c == NULL || analyser_new(&c->whole, NULL) != ST_OK || analyser_new(&c->part, NULL) != ST_OK)
		return -1;
	c->seed = 1;
	return 0;
}

static int
tear_down(void **state)
{
	struct check *c = *state;

	analyser_free(c->whole);
	analyser_free(c->part);
	free(c->seen);
	buf_fini(&c->strings);
	free(c);
	return 0;
}

/* All tokens of TEXT into C->seen. */
static void
read_whole(struct check *c, const char *text, size_t len, const char *lang)
{
	struct token tok;
	bool got;

	c->n = 0;
	buf_clear(&c->strings);
	assert_int_equal(analyse_begin(c->whole, text, len, lang, NULL, NULL), ST_OK);
	for (;;) {
		assert_int_equal(analyse_next(c->whole, &tok, &got, NULL), ST_OK);
		if (!got)
			break;
		if (c->n == c->cap) {
			c->cap = c->cap ? 2 * c->cap : 1024;
			c->seen = realloc(c->seen, c->cap * sizeof(*c->seen));
			assert_non_null(c->seen);
		}
		c->seen[c->n++] = (struct seen){ tok, c->strings.len };
		buf_add(&c->strings, tok.term, tok.len);
		buf_add(&c->strings, tok.exact, tok.exact_len);
	}
	assert_int_equal(buf_status(&c->strings), ST_OK);
}

static void
same_token(const struct check *c, const struct seen *s, const struct token *tok, const char *text)
{
	const char *term = buf_str(&c->strings) + s->text;

	if (s->tok.len == tok->len && memcmp(term, tok->term, tok->len) == 0 &&
	    s->tok.exact_len == tok->exact_len &&
	    memcmp(term + s->tok.len, tok->exact, tok->exact_len) == 0 && s->tok.kind == tok->kind)
		return;
	fail_msg("\"%.*s\" is \"%.*s\" within the text, \"%.*s\" alone",
		 (int)(s->tok.end - s->tok.start), text + s->tok.start,
		 (int)s->tok.len, term, (int)tok->len, tok->term);
}

/* Each word alone. The joined form stands behind the compound's first word. */
static void
check_words(struct check *c, const char *text, const char *lang)
{
	const struct seen *s;
	struct token tok;
	bool got;

	for (s = c->seen; s < c->seen + c->n; s++) {
		if (s->tok.flags & (TOKEN_ALSO | TOKEN_JOINED))
			continue;
		assert_int_equal(analyse_begin(c->part, text + s->tok.start, s->tok.end - s->tok.start,
					       lang, NULL, NULL), ST_OK);
		assert_int_equal(analyse_next(c->part, &tok, &got, NULL), ST_OK);
		assert_true(got);
		same_token(c, s, &tok, text);
		c->words++;
	}
}

/* Whether a passage may begin before token I, or end there: blanks around, and no
 * compound or several readings across. */
static bool
edge(const struct check *c, const char *text, size_t i)
{
	size_t from, at;

	if (i == 0 || i == c->n)
		return true;
	if (c->seen[i].tok.pos == c->seen[i - 1].tok.pos ||
	    (c->seen[i].tok.compound != 0 && c->seen[i].tok.compound == c->seen[i - 1].tok.compound))
		return false;
	from = c->seen[i - 1].tok.end;
	for (at = c->seen[i].tok.start; at > from; at--) {
		if (text[at - 1] == ' ' || text[at - 1] == '\n')
			return true;
	}
	return false;
}

/* The text between tokens FROM and TO, with the punctuation up to the blanks around. */
static void
check_passage(struct check *c, const char *text, size_t len, const char *lang, size_t from, size_t to)
{
	size_t start = from == 0 ? 0 : c->seen[from].tok.start, end = c->seen[to - 1].tok.end, i;
	uint32_t pos = c->seen[from].tok.pos;
	struct token tok;
	bool got;

	while (start > 0 && text[start - 1] != ' ' && text[start - 1] != '\n')
		start--;
	for (i = from; i < to; i++)
		end = c->seen[i].tok.end > end ? c->seen[i].tok.end : end;
	while (end < len && text[end] != ' ' && text[end] != '\n')
		end++;
	assert_int_equal(analyse_begin(c->part, text + start, end - start, lang, NULL, NULL), ST_OK);
	for (i = from; i < to; i++) {
		assert_int_equal(analyse_next(c->part, &tok, &got, NULL), ST_OK);
		assert_true(got);
		same_token(c, &c->seen[i], &tok, text);
		assert_int_equal(tok.pos, c->seen[i].tok.pos - pos);
		assert_int_equal(tok.flags, c->seen[i].tok.flags);
	}
	assert_int_equal(analyse_next(c->part, &tok, &got, NULL), ST_OK);
	assert_false(got);
	c->passages++;
}

static void
check_text(struct check *c, const char *text, size_t len, const char *lang)
{
	size_t i, to;

	read_whole(c, text, len, lang);
	check_words(c, text, lang);
	for (i = 0; i < c->n; i = to + 1) {
		to = i + 1;
		if (!edge(c, text, i))
			continue;
		c->seed = c->seed * 1103515245u + 12345u;
		to = i + 1 + (c->seed >> 16) % WINDOW_WORDS;
		while (to < c->n && !edge(c, text, to))
			to++;
		if (to > c->n)
			to = c->n;
		check_passage(c, text, len, lang, i, to);
	}
}

static void
built_in_texts(void **state)
{
	static const struct { const char *lang, *text; } rows[] = {
		{ "en", "ANKARA — The U.S. will not re-export the F-35A/B to Türkiye, O'Brien's staff said at 5 p.m.; "
			"\"CAATSA’s waiver\" cost $1,750.5m (up 12.5%) in 1980s prices. A 50-page report and a plan B 20 "
			"men F. 35 jets I 35 A 10C, B 1,500; J.F. Kennedy, U.N.-backed, non-F-35 state-of-the-art." },
		{ "tr", "Türkiye’nin Ankara'daki büyükelçisi İstanbul'da konuştu; TÜRKİYE'NİN S-400'lerin ve ABD'nin "
			"F-35'ler konusunda 1990'larda başlayan görüşmelerin Sana'a'ya uzandığını söyledi." },
		{ "fr", "L’État n’a qu’une idée : l'Union européenne, aujourd'hui, s'engage jusqu’à l’été en Côte d'Ivoire. "
			"Les négociations d'après-guerre ont échoué." },
		{ "ru", "МОСКВА — С.Ш.А. и Россия обсудили договор СНВ-3; ёлка, Зелёный, съёмка, объём. «Калибр» — 3М-14." },
		{ "uk", "Київ: п'ять об’єктів, Україна, їжак, ґанок, Лук'янівка; «Нафтогаз»." },
		{ "el", "Η Ελλάδα και η ΤΟΥΡΚΙΑ συμφώνησαν· ο Κυριάκος Μητσοτάκης, ὁ Ἀθηναῖος, είπε «ναι»." },
		{ "ar", "قال الرَّئيسُ إنّ المفاوضات في صنعاء والقاهرة انتهت عام ٢٠٢٥، وبلغت ٢٬٥٠٠ دولار؛ محـــمد." },
		{ "fa", "وزیر خارجه می‌گوید که کابل و تهران ۲۵٪ توافق کردند." },
		{ "he", "צה״ל הודיע כי בית־ספר בתל־אביב נפתח; יִשְׂרָאֵל." },
		{ "zh", "土耳其外交部2025年3月27日宣布，F-35战机与S-400（防空系统）谈判；唐纳德·特朗普说NATO不会。" },
		{ "ja", "日本の外務大臣は東京で「米国とのF-35交渉」を行った。ｶﾞﾊﾞﾅﾝｽ、データ。" },
		{ "ko", "대한민국 외교부는 미국과의 협상을 F-35 도입과 함께 발표했다." },
		{ "th", "กระทรวงการต่างประเทศของประเทศไทยแถลงเรื่องน้ำ F-16 จำนวน ๑๒ ลำ" },
		{ "hi", "भारत ने राफेल विमान के लिए फ़्रांस से १२ समझौते किए; हिन्दी।" },
		{ "vi", "Thủ tướng Việt Nam đến Đà Nẵng và Thành phố Hồ Chí Minh." },
		{ "", "a-b-c-d-e-f-g-h-i-j one--two ...'' 'tis '80s -5 x's ½ ﬁn ＦＵＬＬ　ｗｉｄｅ naı̈ve 5'4\" 1,2,3 27.03.2025" },
	};
	struct check *c = *state;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_text(c, rows[i].text, strlen(rows[i].text), rows[i].lang);
	assert_true(c->words > 200 && c->passages > 50);
}

static void
every_article(void **state)
{
	static const char *const names[] = { "corpora/frus.jsonl.gz", "corpora/reuters.jsonl.gz", "corpora/time.jsonl.gz" };
	const char *shared = getenv("DRAGOMAN_SHARED"), *path;
	struct check *c = *state;
	struct reader *r = NULL;
	struct article a;
	char name[4096];
	size_t i, articles = 0;
	bool got;

	article_init(&a);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(name, sizeof(name), "%s/%s", shared != NULL ? shared : "", names[i]);
		if (shared == NULL || access(name, R_OK) != 0)
			continue;
		path = name;
		assert_int_equal(reader_new(&r, &path, 1, &(struct reader_options){ 0 }, NULL), ST_OK);
		while (assert_int_equal(reader_next(r, &a, &got, NULL), ST_OK), got) {
			const struct buf *title = &a.field[ART_TITLE];

			check_text(c, buf_str(title), title->len, "en");
			check_text(c, buf_str(&a.body), a.body.len, "en");
			articles++;
		}
		reader_free(r);
	}
	article_fini(&a);
	if (articles == 0) {
		print_message("the shared corpora are not there (DRAGOMAN_SHARED)\n");
		skip();
	}
	print_message("%zu articles, %zu words, %zu passages\n", articles, c->words, c->passages);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(built_in_texts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_article, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
