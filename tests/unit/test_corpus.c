/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/format.h"
#include "corpus/intake.h"
#include "corpus/jsonl.h"
#include "corpus/paragraphs.h"
#include "corpus/text.h"

/* The article as lines: "field=value", "topics=a|b", "p text", "h text". */
static void
show(const struct article *a, struct buf *out)
{
	const struct article_def *def;
	const char *entry;
	size_t i, at;

	for (i = 0; (def = article_def(i)) != NULL; i++) {
		if (a->field[def->field].len == 0)
			continue;
		buf_addf(out, "%s=", def->name);
		if (def->kind == ARTICLE_TEXT)
			buf_adds(out, buf_str(&a->field[def->field]));
		else
			for (at = 0; (entry = article_next_entry(a, def->field, &at)) != NULL; )
				buf_addf(out, "%s|", entry);
		buf_adds(out, "\n");
	}
	for (i = 0; i < a->nparas; i++) {
		buf_addf(out, "%c ", a->paras[i].kind);
		buf_add(out, a->body.data + a->paras[i].start, a->paras[i].end - a->paras[i].start);
		buf_adds(out, "\n");
	}
}

static void
expect(const struct article *a, const char *want, const char *what)
{
	struct buf out = BUF_INIT;

	show(a, &out);
	if (strcmp(buf_str(&out), want) != 0)
		fail_msg("%s\n-- got --\n%s-- wanted --\n%s", what, buf_str(&out), want);
	buf_fini(&out);
}

static const struct { const char *text, *want; enum paragraphs_mode mode; } cuts[] = {
	{ "", "", PARAGRAPHS_PLAIN },
	{ " \n\t\n\n", "", PARAGRAPHS_PLAIN },
	{ "One line.", "p One line.\n", PARAGRAPHS_PLAIN },
	/* a paragraph a line, whatever the line ends in */
	{ "First one.\nSecond one.\r\nThird one.\rFourth one.\n",
	  "p First one.\np Second one.\np Third one.\np Fourth one.\n", PARAGRAPHS_PLAIN },
	{ "First.\n\n\n  Second.  \n\tThird.\n", "p First.\np Second.\np Third.\n", PARAGRAPHS_PLAIN },
	/* hard-wrapped, paragraphs parted by blank lines */
	{ "The envoy said on Monday that the\ntalks would go on in Geneva until\nthe end of the week.\n\n"
	  "A second round is planned for\nApril, he added.\n",
	  "p The envoy said on Monday that the talks would go on in Geneva until the end of the week.\n"
	  "p A second round is planned for April, he added.\n", PARAGRAPHS_PLAIN },
	/* hard-wrapped, paragraphs indented, a short first line, sentence ends at line ends */
	{ "Finland's government said\nthat it had told the embassies of all its neighbours about the\n"
	  "exercise, which is to last for ten days and to end in Turku.\n"
	  "    The ministry gave no reason why the date had been moved. It\n"
	  "will publish the plans.\n    \"We have nothing to hide,\" a\nspokesman said.\n",
	  "p Finland's government said that it had told the embassies of all its neighbours about the "
	  "exercise, which is to last for ten days and to end in Turku.\n"
	  "p The ministry gave no reason why the date had been moved. It will publish the plans.\n"
	  "p \"We have nothing to hide,\" a spokesman said.\n", PARAGRAPHS_PLAIN },
	/* all in capitals: no small letter helps */
	{ "THE DELEGATES CAME BACK FROM THE ISLAND WITH A DRAFT THAT NOBODY\n"
	  "WANTED TO SIGN . THE CHAIRMAN, WHO HAD PROMISED A TREATY BY THE\n"
	  "SUMMER, SPOKE OF PROGRESS . OTHERS SPOKE OF FOUR LOST MONTHS AND\nLEFT .",
	  "p THE DELEGATES CAME BACK FROM THE ISLAND WITH A DRAFT THAT NOBODY "
	  "WANTED TO SIGN . THE CHAIRMAN, WHO HAD PROMISED A TREATY BY THE "
	  "SUMMER, SPOKE OF PROGRESS . OTHERS SPOKE OF FOUR LOST MONTHS AND LEFT .\n", PARAGRAPHS_PLAIN },
	/* an even indent is a margin and begins nothing */
	{ "   The two sides agreed to keep the\n   crossing open through the winter\n   months.\n",
	  "p The two sides agreed to keep the crossing open through the winter months.\n", PARAGRAPHS_PLAIN },
	/* a hyphen at the end of a line stays, without a space; a dash does not */
	{ "He called the visit an act of anti-\ncolonial solidarity, and spoke of a -\nrather long - friendship with the\nisland.\n",
	  "p He called the visit an act of anti-colonial solidarity, and spoke of a - "
	  "rather long - friendship with the island.\n", PARAGRAPHS_PLAIN },
	/* initials at a line's end end no sentence */
	{ "The report was handed over by John F.\nMartins, the envoy of the U.S.\ngovernment, at noon.\n",
	  "p The report was handed over by John F. Martins, the envoy of the U.S. government, at noon.\n",
	  PARAGRAPHS_PLAIN },
	/* lists and long paragraphs are not wrapped */
	{ "Present\nThe Minister\nMr. Aalto\nMiss Berg\nThe minister opened the meeting at ten and thanked the guests "
	  "for having come so far in such weather; he hoped that the day would be short.\n",
	  "p Present\np The Minister\np Mr. Aalto\np Miss Berg\np The minister opened the meeting at ten and thanked "
	  "the guests for having come so far in such weather; he hoped that the day would be short.\n",
	  PARAGRAPHS_PLAIN },
	{ "Subject of the talks\nFishing rights in the northern waters were discussed at length.\n",
	  "p Subject of the talks\np Fishing rights in the northern waters were discussed at length.\n",
	  PARAGRAPHS_PLAIN },
	/* other scripts: full stops and quotes of their own */
	{ "两国外长星期一举行会谈。\n双方同意恢复技术磋商。\n", "p 两国外长星期一举行会谈。\np 双方同意恢复技术磋商。\n",
	  PARAGRAPHS_PLAIN },
	{ "　　两国外长举行会谈。\n　　双方同意。\n", "p 两国外长举行会谈。\np 双方同意。\n", PARAGRAPHS_PLAIN },
	{ "Министр прибыл в столицу во вторник и\nвстретился с послом.\n",
	  "p Министр прибыл в столицу во вторник и встретился с послом.\n", PARAGRAPHS_PLAIN },
	/* headings: after a blank line, with text after them */
	{ "Intro text.\n\nBackground: the dispute\nIt began in March.\n\nWhat next?\nNobody knows.\n\nReporting by A. B\n",
	  "p Intro text.\nh Background: the dispute\np It began in March.\np What next?\np Nobody knows.\np Reporting by A. B\n",
	  PARAGRAPHS_HEADINGS },
	{ "Intro text.\n\nA heading\n\nAnother “heading”\n\nText.\n",
	  "p Intro text.\nh A heading\nh Another “heading”\np Text.\n", PARAGRAPHS_HEADINGS },
	{ "No blank before\nText.\n", "p No blank before\np Text.\n", PARAGRAPHS_HEADINGS },
	{ "No blank before\nText.\n", "h No blank before\np Text.\n", PARAGRAPHS_AFTER_BLANK },
	{ "Text.\n\nNo headings are looked for\nText.\n", "p Text.\np No headings are looked for\np Text.\n",
	  PARAGRAPHS_PLAIN },
	/* 80 characters are a heading, 81 are not; characters, not bytes */
	{ "T.\n\nüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü\nText.\n",
	  "p T.\nh üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü\np Text.\n",
	  PARAGRAPHS_HEADINGS },
	{ "T.\n\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nText.\n",
	  "p T.\np aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\np Text.\n",
	  PARAGRAPHS_HEADINGS },
	/* in wrapped text the first line of a paragraph is no heading, a short one before a full one is */
	{ "The committee met for the third time this year and heard\nthe report of its chairman on the ports.\n\n"
	  "The ports\nThe two ports were closed in the spring, when the pilots\nwent on strike over pay and rest.\n\n"
	  "Four members voted against the plan, which now goes to the\nfull assembly for a vote.\n",
	  "p The committee met for the third time this year and heard the report of its chairman on the ports.\n"
	  "h The ports\np The two ports were closed in the spring, when the pilots went on strike over pay and rest.\n"
	  "p Four members voted against the plan, which now goes to the full assembly for a vote.\n",
	  PARAGRAPHS_AFTER_BLANK },
};

static void
cuts_paragraphs(void **state)
{
	struct article a;
	size_t i;

	(void)state;
	article_init(&a);
	for (i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		article_clear(&a);
		assert_int_equal(paragraphs_add(&a, cuts[i].text, strlen(cuts[i].text), cuts[i].mode, NULL), ST_OK);
		expect(&a, cuts[i].want, cuts[i].text);
	}
	article_fini(&a);
}

static void
many_lone_carriage_returns_are_no_trouble(void **state)
{
	struct buf b = BUF_INIT;
	struct article a;
	int i;

	(void)state;
	article_init(&a);
	for (i = 0; i < 200000; i++)
		buf_adds(&b, "x.\r");
	assert_int_equal(paragraphs_add(&a, b.data, b.len, PARAGRAPHS_PLAIN, NULL), ST_OK);
	assert_int_equal(a.nparas, 200000);
	article_fini(&a);
	buf_fini(&b);
}

/* WHY begins the reason of a bad article; NULL: a good one. */
struct parse_row { const char *input, *want, *why; };

static const struct parse_row texts[] = {
	{ "Headline here\n\nText one.\nText two.\n", "id=x.txt\ntitle=Headline here\np Text one.\np Text two.\n", NULL },
	{ "\n\n  Headline \r\n\r\nText.\r\n", "id=x.txt\ntitle=Headline\np Text.\n", NULL },
	{ "Headline\nText without a blank line.\n", "id=x.txt\ntitle=Headline\np Text without a blank line.\n", NULL },
	{ "Headline\n\nA first line like this\nText.\n",
	  "id=x.txt\ntitle=Headline\nh A first line like this\np Text.\n", NULL },
	{ "Only a headline", "id=x.txt\ntitle=Only a headline\n", NULL },
	{ "Id: wire/7\nDATE: 2025-03-27\nsource : Example Wire\nByline:A. Writer\nDateline: ANKARA, March 27\nPlace: Ankara\n"
	  "Url: https://example.org/7\nLang: en\nTopic: trade, defence\nTopic: energy\n\nThe headline: a colon\n\nText.\n",
	  "id=wire/7\ntitle=The headline: a colon\ndate=2025-03-27\nsource=Example Wire\nbyline=A. Writer\n"
	  "dateline=ANKARA, March 27\nplace=Ankara\nurl=https://example.org/7\nlang=en\n"
	  "topics=trade|defence|energy|\np Text.\n", NULL },
	{ "Date: 2025\nHeadline\n\nText.\n", "id=x.txt\ntitle=Headline\ndate=2025\np Text.\n", NULL },
	{ "Source:\n\nDate: a headline after a blank line\n\nText.\n",
	  "id=x.txt\ntitle=Date: a headline after a blank line\np Text.\n", NULL },
	{ "Headline\n\nDate: no key here.\n", "id=x.txt\ntitle=Headline\np Date: no key here.\n", NULL },
	{ "Persons: no key of ours\n\nText.\n", "id=x.txt\ntitle=Persons: no key of ours\np Text.\n", NULL },
	{ "", NULL, "neither headline nor text" },
	{ " \n\t\n", NULL, "neither headline nor text" },
	{ "Date: 2025\n", NULL, "neither headline nor text" },
	{ "Date: soon\nHeadline\n", "id=x.txt\ntitle=Headline\ndate=soon\n", NULL },
	{ "Date: 2025\nDate: 2026\nHeadline\n", NULL, "two lines \"Date:\"" },
};

static void
parses_text(void **state)
{
	struct article a;
	struct error err;
	enum status st;
	size_t i;

	(void)state;
	article_init(&a);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		article_clear(&a);
		st = text_parse(&a, texts[i].input, strlen(texts[i].input), "x.txt", &err);
		assert_int_equal(st, texts[i].why != NULL ? ST_INVALID : ST_OK);
		if (texts[i].why != NULL)
			assert_memory_equal(err.text, texts[i].why, strlen(texts[i].why));
		else
			expect(&a, texts[i].want, texts[i].input);
	}
	assert_int_equal(text_parse(&a, "a\0b", 3, "x.txt", &err), ST_INVALID);
	article_fini(&a);
}

static const struct parse_row objects[] = {
	{ "{\"id\":\"a/1\",\"title\":\"T\",\"body\":\"One.\\nTwo.\"}", "id=a/1\ntitle=T\np One.\np Two.\n", NULL },
	{ "{\"id\":\"1\",\"title\":\"T\",\"date\":\"2025-03\",\"source\":\"S\",\"byline\":\"B\",\"dateline\":\"D\",\"place\":\"P\","
	  "\"url\":\"u\",\"lang\":\"tr\",\"section\":\"World\",\"persons\":[\"Fidan\",\" \",\"Rubio\"],\"places\":\"Ankara\","
	  "\"orgs\":null,\"topics\":[],\"volume\":9999999999999999999999,\"x\":{\"y\":[1]}}",
	  "id=1\ntitle=T\ndate=2025-03\nsource=S\nbyline=B\ndateline=D\nplace=P\nurl=u\nlang=tr\nsection=World\n"
	  "persons=Fidan|Rubio|\nplaces=Ankara|\n", NULL },
	{ "{\"url\":\"https://example.org/a\",\"body\":\"B\"}",
	  "id=https://example.org/a\nurl=https://example.org/a\np B\n", NULL },
	{ "{\"id\":\"\",\"url\":\"u\",\"body\":\"B\"}", "id=u\nurl=u\np B\n", NULL },
	{ "{\"id\":null,\"url\":\"u\",\"title\":null,\"date\":\"\",\"place\":null,\"body\":\"B\"}", "id=u\nurl=u\np B\n", NULL },
	{ "{\"id\":\"1\",\"title\":\" Two \\n\\t words\\u00a0\",\"body\":\" \"}", "id=1\ntitle=Two words\n", NULL },
	{ "{\"id\":\"1\",\"body\":\"A line\\n\\nNo heading in JSON\\nText.\"}",
	  "id=1\np A line\np No heading in JSON\np Text.\n", NULL },
	{ "{\"id\":\"1\",\"body\":\"a\\u0001b \\ud83d\\ude00\"}", "id=1\np a\001b \xF0\x9F\x98\x80\n", NULL },
	{ "{\"title\":\"T\",\"body\":\"B\"}", NULL, "neither id nor url" },
	{ "{\"id\":\" \",\"url\":\"\",\"body\":\"B\"}", NULL, "neither id nor url" },
	{ "{\"id\":\"1\"}", NULL, "neither headline nor text" },
	{ "{\"id\":\"1\",\"title\":\" \\u3000\",\"body\":\"\\n \\t\"}", NULL, "neither headline nor text" },
	{ "{\"id\":\"a\\nb\",\"body\":\"B\"}", "id=a b\np B\n", NULL },
	{ "{\"id\":\"a\\u001bb\",\"body\":\"B\"}", NULL, "a control character (U+001B) in the id" },
	{ "{\"id\":\"a\\u0085b\",\"body\":\"B\"}", NULL, "a control character (U+0085) in the id" },
	{ "{\"id\":7,\"body\":\"B\"}", "id=7\np B\n", NULL },
	{ "{\"id\":7.5,\"body\":\"B\"}", NULL, "\"id\" is a number, not a string" },
	{ "{\"id\":\"1\",\"title\":[\"T\"]}", NULL, "\"title\" is a list, not a string" },
	{ "{\"id\":\"1\",\"title\":\"T\",\"topics\":3}", NULL, "\"topics\" is a number, not a list of strings" },
	{ "{\"id\":\"1\",\"title\":\"T\",\"topics\":[\"a\",true]}", NULL, "\"topics\" holds true or false, not strings only" },
	{ "{\"id\":\"1\",\"title\":\"T\",\"date\":\"27 March 2025\"}", "id=1\ntitle=T\ndate=27 March 2025\n", NULL },
	{ "{\"id\":\"1\",\"body\":\"a\\u0000b\"}", NULL, "not valid JSON: \\u0000 is not allowed" },
	{ "{\"id\":\"1\",\"body\":\"\\ud800\"}", NULL, "not valid JSON: " },
	{ "{\"id\":\"1\",", NULL, "not valid JSON: " },
	{ "{\"id\":\"1\",\"body\":\"B\"} {}", NULL, "not valid JSON: " },
	{ "[1]", NULL, "a list, not a JSON object" },
	{ "\"id\"", NULL, "a string, not a JSON object" },
	{ "null", NULL, "null, not a JSON object" },
};

static void
parses_json(void **state)
{
	struct article a;
	struct error err;
	enum status st;
	size_t i;

	(void)state;
	article_init(&a);
	for (i = 0; i < sizeof(objects) / sizeof(objects[0]); i++) {
		article_clear(&a);
		st = jsonl_parse(&a, objects[i].input, strlen(objects[i].input), &err);
		if (st != (objects[i].why != NULL ? ST_INVALID : ST_OK))
			fail_msg("%s: %s", objects[i].input, error_status_name(st));
		if (objects[i].why == NULL)
			expect(&a, objects[i].want, objects[i].input);
		else if (strncmp(err.text, objects[i].why, strlen(objects[i].why)) != 0)
			fail_msg("%s: %s", objects[i].input, err.text);
	}
	article_fini(&a);
}

static void
ids_have_a_limit(void **state)
{
	struct buf line = BUF_INIT;
	struct article a;
	struct error err;
	int n;

	(void)state;
	article_init(&a);
	for (n = 240; n <= 241; n++) {
		buf_clear(&line);
		article_clear(&a);
		buf_addf(&line, "{\"id\":\"%0*d\",\"body\":\"B\"}", n, 1);
		assert_int_equal(jsonl_parse(&a, line.data, line.len, &err), n == 240 ? ST_OK : ST_INVALID);
	}
	assert_string_equal(err.text, "an id of 241 bytes, which is over 240");
	article_fini(&a);
	buf_fini(&line);
}

static void
encodings(void **state)
{
	static const struct { const char *raw; size_t len; const char *want; bool converted; } rows[] = {
		{ "T\xC3\xBCrkiye", 8, "T\xC3\xBCrkiye", false },
		{ "T\xFCrkiye", 7, "T\xC3\xBCrkiye", true },
		{ "\x93quoted\x94 \x80", 10, "\xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x82\xAC", true },
		{ "\x81 \xFF", 3, NULL, false },
	};
	struct buf spare = BUF_INIT;
	struct error err;
	const char *text;
	bool converted;
	size_t i, len;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = rows[i].raw;
		len = rows[i].len;
		assert_int_equal(intake_utf8(&text, &len, &spare, &converted, &err),
				 rows[i].want != NULL ? ST_OK : ST_INVALID);
		if (rows[i].want == NULL)
			continue;
		assert_int_equal(len, strlen(rows[i].want));
		assert_memory_equal(text, rows[i].want, len);
		assert_int_equal(converted, rows[i].converted);
	}
	assert_string_equal(err.text, "not UTF-8 (byte 1), nor Windows-1252");
	text = "\xEF\xBB\xBFx";
	len = 4;
	assert_int_equal(intake_mark(&text, &len, &err), ST_OK);
	assert_int_equal(len, 1);
	text = "\xFF\xFEx";
	len = 4;
	assert_int_equal(intake_mark(&text, &len, &err), ST_INVALID);
	buf_fini(&spare);
}

static void
formats_by_name(void **state)
{
	static const struct { const char *path, *format; } rows[] = {
		{ "a.txt", ".txt" }, { "d.jsonl/a.txt.gz", ".txt" }, { "A.TXT", ".txt" },
		{ "a.jsonl", ".jsonl" }, { "x/a.b.jsonl.gz", ".jsonl" },
		{ "a.json", NULL }, { "a.gz", NULL }, { "a.txt.bz2", NULL },
		{ ".txt", NULL }, { "txt", NULL }, { "a.txt/", NULL }, { "", NULL },
	};
	struct buf names = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct format *f = format_of(rows[i].path);

		if (f == NULL ? rows[i].format != NULL : rows[i].format == NULL || strcmp(f->name, rows[i].format) != 0)
			fail_msg("%s", rows[i].path);
	}
	assert_string_equal(format_of_stdin()->name, ".jsonl");
	format_names(&names);
	assert_string_equal(buf_str(&names), ".txt nor .jsonl");
	buf_fini(&names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_paragraphs),
		cmocka_unit_test(many_lone_carriage_returns_are_no_trouble),
		cmocka_unit_test(parses_text),
		cmocka_unit_test(parses_json),
		cmocka_unit_test(ids_have_a_limit),
		cmocka_unit_test(encodings),
		cmocka_unit_test(formats_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
