/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which names in a text are proved to be persons', with the lexicon as it ships.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/entities/persons.h"
#include "tests/unit/lexicon_fixture.h"

struct world {
	struct lexicon *lx;
	struct analyser *an;
	struct entities *e;
	struct quotes *quotes;
	struct article a;
	struct persons found;
};

static int
set_up(void **state)
{
	static struct world w;
	struct error err = { ST_OK, 0, "" };

	w.lx = lexicon_built();
	assert_int_equal(analyser_new(&w.an, &err), ST_OK);
	assert_int_equal(quotes_new(&w.quotes, &err), ST_OK);
	w.e = entities_new();
	assert_non_null(w.e);
	article_init(&w.a);
	*state = &w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	lexicon_free(w->lx);
	analyser_free(w->an);
	quotes_free(w->quotes);
	entities_free(w->e);
	article_fini(&w->a);
	persons_fini(&w->found);
	return 0;
}

/* The words of the body go past as when it is indexed. */
static void
read_words(struct world *w)
{
	const struct buf *body = &w->a.body;
	struct error err = { ST_OK, 0, "" };
	struct token tok;
	bool got;

	assert_int_equal(entities_begin(w->e, w->lx), ST_OK);
	entities_text(w->e, "", 0);
	entities_text(w->e, buf_str(body), body->len);
	assert_int_equal(analyse_begin(w->an, buf_str(body), body->len, "", NULL, &err), ST_OK);
	for (;;) {
		assert_int_equal(analyse_next(w->an, &tok, &got, &err), ST_OK);
		if (!got)
			break;
		assert_int_equal(entities_token(w->e, &tok, 1 + tok.pos), ST_OK);
	}
}

/* The names in TEXT, whose paragraphs are lines: "Hakan Fidan; Marco Rubio". */
static void
names(struct world *w, const char *text, struct buf *out)
{
	struct persons_text in = { .lexicon = w->lx };
	struct error err = { ST_OK, 0, "" };
	const char *end;
	size_t i;

	article_clear(&w->a);
	for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
		end = strchr(text, '\n') != NULL ? strchr(text, '\n') : text + strlen(text);
		assert_int_equal(article_add_para(&w->a, text, (size_t)(end - text), PARA_TEXT), ST_OK);
	}
	read_words(w);
	assert_int_equal(entities_finish(w->e, &in.mention, &in.nmentions), ST_OK);
	in.text = buf_str(&w->a.body);
	in.words = entities_words(w->e, 1);
	assert_int_equal(quotes_find(w->quotes, &w->a, &in.quote, &in.nquotes, &err), ST_OK);
	assert_int_equal(persons_find(&in, &w->found), ST_OK);
	for (i = 0; i < w->found.n; i++)
		buf_addf(out, "%s%.*s", i > 0 ? "; " : "", (int)(w->found.at[i].end - w->found.at[i].start),
			 in.text + w->found.at[i].start);
}

struct row { const char *text, *want; };

static void
check(struct world *w, const struct row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct buf got = BUF_INIT;

		names(w, rows[i].text, &got);
		if (strcmp(buf_str(&got), rows[i].want) != 0)
			fail_msg("%s\n   got: %s\n  want: %s", rows[i].text, buf_str(&got), rows[i].want);
		buf_fini(&got);
	}
}

static void
behind_offices(void **state)
{
	static const struct row rows[] = {
		{ "It followed Turkish Foreign Minister Hakan Fidan’s two-day visit.", "Hakan Fidan" },
		{ "He met U.S. Secretary of State Marco Rubio there.", "Marco Rubio" },
		{ "A call of President Donald Trump and President Recep Tayyip Erdogan took place.",
		  "Donald Trump; Recep Tayyip Erdogan" },
		{ "The Turkish spokesperson Rear Admiral Zeki Akturk told the press.", "Zeki Akturk" },
		{ "They saw Mr. John F. Doe and Dr. Ana de la Cruz at the fair.", "John F. Doe; Ana de la Cruz" },
		{ "Secretary of Commerce John Miller left.", "John Miller" },
		{ "Then foreign minister Jens Lund and analyst Peter Gill spoke.", "Jens Lund; Peter Gill" },
		{ "Premier Chou En-lai and Minister Abd al-Karim Qasim agreed.", "Chou En-lai; Abd al-Karim Qasim" },
		{ "Then Prime Minister Theresa May stayed for some days; it was Dr. Martin Luther King who wrote.", "Theresa May; Martin Luther King" },
		{ "President Carl Lund Tuesday said that he would go.", "Carl Lund" },
		{ "In a memorandum Ambassador Carl Lund Ambassador Erik Holm agreed.", "Carl Lund; Erik Holm" },
		{ "Außenminister Jürgen Weiß kam nach Wien.", "Jürgen Weiß" },
	};

	check(*state, rows, sizeof(rows) / sizeof(rows[0]));
}

static void
who_speak(void **state)
{
	static const struct row rows[] = {
		{ "“We lift them now,” said Göran Ekström, who sat in the delegation.", "Göran Ekström" },
		{ "“We lift them now,” said Arpi Lindqvist-Park, 61.", "Arpi Lindqvist-Park" },
		{ "“We lift them now,” Robert Miller said on Monday.", "Robert Miller" },
		{ "“We lift them now,” Lars Holm, an analyst at the bank, said.", "Lars Holm" },
		{ "“We lift them now,” said Robert Miller of Sweden.", "Robert Miller" },
		{ "“We lift them now,” Salomon Sachs said in a report.", "" },
		{ "“We lift them now,” the Foreign Ministry said.", "" },
		{ "“We lift them now,” Fidan said.", "" },
	};

	check(*state, rows, sizeof(rows) / sizeof(rows[0]));
}

static void
given_names(void **state)
{
	static const struct row rows[] = {
		{ "It was sold to John F. Doe, and Peter Lund, a bank clerk, bought it from Robert Miller, 34.",
		  "John F. Doe; Peter Lund; Robert Miller" },
		{ "They named Robert Miller, chairman of the board, and Jack Holm, who left.", "Robert Miller; Jack Holm" },
		{ "They saw Robert Miller, and the chairman went to Stanley Works, a maker of tools.", "" },
		{ "They bought Mark I Filters from Edward D. Holm & Co for the plant.", "" },
		{ "They went to George Town, where the chairman sat, and to St. George Bay, a port.", "" },
	};

	check(*state, rows, sizeof(rows) / sizeof(rows[0]));
}

static void
none(void **state)
{
	static const struct row rows[] = {
		/* places, bodies, what no person is */
		{ "The president went to Costa Rica, and the Black Forest is near Baden Baden.", "" },
		{ "The minister saw General Motors and General Electric Company plants.", "" },
		{ "The chairman of Acme Trading and President Ford Motor Company met.", "" },
		{ "They saw Secretary General United Nations staff.", "" },
		{ "Senator Smith & Wesson sold arms; President Acme Baxter <ABX> rose.", "" },
		{ "The president visited Prince Edward Island and the Cabinet Room.", "" },
		/* a beginning, a headline, a list, no small letters */
		{ "Talks failed. Hakan Fidan was tired. Yesterday Carl went home.", "" },
		{ "Foreign Minister Hakan Fidan Visits The Capital For Talks", "" },
		{ "He spoke to the minister. Then Carl left, as Secretary. Hakan Fidan sat.", "" },
		{ "FOREIGN MINISTER HAKAN FIDAN WENT HOME, AND MR. JOHN DOE STAYED THERE.", "" },
		/* one word, an initial, an office */
		{ "President Trump met Mr. Fidan, Ms. A. B and Mr. Secretary, the Deputy Secretary.", "" },
		{ "", "" },
	};

	check(*state, rows, sizeof(rows) / sizeof(rows[0]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(behind_offices), cmocka_unit_test(who_speak), cmocka_unit_test(given_names),
		cmocka_unit_test(none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
