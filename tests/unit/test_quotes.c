/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/search/quote_reader.h"
#include "tests/unit/fault.h"

/* TEXT: paragraphs, each a line; a line that begins with # is a heading. WANT: a line for each
 * quotation, "words|speaker|office", what is not known left out. */
struct sample { const char *text, *want; };

static void
fill(struct article *a, const char *text)
{
	size_t n;

	for (; *text != '\0'; text += n + (text[n] == '\n')) {
		enum para_kind kind = *text == '#' ? PARA_HEADING : PARA_TEXT;

		text += kind == PARA_HEADING;
		n = strcspn(text, "\n");
		assert_int_equal(article_add_para(a, text, n, kind), ST_OK);
	}
}

static void
put(struct buf *out, const struct article *a, const struct quote *q)
{
	buf_add(out, a->body.data + q->start, q->end - q->start);
	if (q->speaker_end > 0) {
		buf_addc(out, '|');
		buf_add(out, a->body.data + q->speaker_start, q->speaker_end - q->speaker_start);
	}
	if (q->office_end > 0) {
		buf_addc(out, '|');
		buf_add(out, a->body.data + q->office_start, q->office_end - q->office_start);
	}
	buf_addc(out, '\n');
}

static void
check(const struct sample *rows, size_t nrows)
{
	struct quotes *q;
	size_t i, j, n, failed = 0;

	assert_int_equal(quotes_new(&q, NULL), ST_OK);
	for (i = 0; i < nrows; i++) {
		const struct quote *found;
		struct article a;
		struct buf got = BUF_INIT;

		article_init(&a);
		fill(&a, rows[i].text);
		assert_int_equal(quotes_find(q, &a, &found, &n, NULL), ST_OK);
		for (j = 0; j < n; j++)
			put(&got, &a, &found[j]);
		if (strcmp(buf_str(&got), rows[i].want) != 0) {
			print_error("%s\nwant:\n%sgot:\n%s\n", rows[i].text, rows[i].want, buf_str(&got));
			failed++;
		}
		buf_fini(&got);
		article_fini(&a);
	}
	quotes_free(q);
	assert_int_equal(failed, 0);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static void
marks(void **state)
{
	static const struct sample rows[] = {
		{ "", "" },
		{ "Nothing is quoted here.", "" },
		{ "He spoke of \"a clear road\" ahead.", "a clear road\n" },
		{ "“A door,” she called it.", "A door,\n" },
		{ "Er nannte es „eine Brücke“ und „ein Tor”.", "eine Brücke\nein Tor\n" },
		{ "Sie nannte es »ein Tor« zum Meer.", "ein Tor\n" },
		{ "Il parle d’une « porte fermée » depuis hier.", "porte fermée\n" },
		{ "Он назвал это «закрытой дверью» вчера.", "закрытой дверью\n" },
		{ "他说“门开着”。又说「窗关着」。", "门开着\n窗关着\n" },
		{ "Hon kallade det ”en dörr” i går.", "en dörr\n" },
		{ "He called it ``a gate'' once.", "a gate\n" },
		/* TIME's way */
		{ "BRITAIN NOW HAD A SHIP THAT \" WILL LAST A YEAR . \" MANY CALLED IT \" THE TOY \" AT SEA .",
		  "WILL LAST A YEAR .\nTHE TOY|MANY\n" },
		{ "THE SHIP WAS OLD . \" SHE FLOATS, \" SAID ONE PILOT . \" NO MORE . \" ALL LEFT .",
		  "SHE FLOATS,|ONE PILOT\nNO MORE .|ONE PILOT\n" },
		/* a mark that is missing: what tells the speaker stands between quotations */
		{ "SHE FLOATS, \" SAID ONE PILOT . \" SHE DOES . \"", "SHE DOES .|ONE PILOT\n" },
		/* strokes for marks */
		{ "\" SHE FLOATS, \" SAID ONE PILOT . / SHE DOES, / HE ADDED .",
		  "SHE FLOATS,|ONE PILOT\nSHE DOES,|ONE PILOT\n" },
		{ "A price of 4 / 5 DM and \"a toy\".", "a toy\n" },
		/* nested ones belong to the outer */
		{ "“They said ‘no’ and we said ‘yes’ to it,” he told.", "They said ‘no’ and we said ‘yes’ to it,\n" },
		{ "\"He called it 'a toy' again,\" she said.", "He called it 'a toy' again,\n" },
		{ "“One “two” three,” he went on.", "One “two” three,\n" },
		/* single marks, and apostrophes that are none */
		{ "The ‘boys’ school’ and the firm’s ‘open door’ policy.", "boys’ school\nopen door\n" },
		{ "The ministers' talks on Britain's 'open door' went on in the '90s.", "open door\n" },
		{ "It's the ministers' own; they don't mind.", "" },
		{ "L’accord n’est pas l’ennemi de l’Europe.", "" },
		/* feet and inches */
		{ "The gun is 5\" wide and 6' 2\" long.", "" },
		{ "\"We need the 8\" gun now,\" he said.", "We need the 8\" gun now,\n" },
		/* over paragraphs */
		{ "“First part.\n“Second part.\n“Third part,” he said.", "First part.\n“Second part.\n“Third part,\n" },
		{ "\"First part.\n\"Second part,\" he said.\nThen he left.", "First part.\n\"Second part,\n" },
		{ "« Un.\n« Deux », dit-il.", "Un.\n« Deux\n" },
		{ "“It never closes.\nSo he said “nothing” more.", "It never closes.\nnothing\n" },
		{ "“It never closes.\n#A heading\n“Yes,” he said.", "It never closes.\nYes,\n" },
		{ "A mark \" alone, and \"one\" more.", "one\n" },
		{ "\"\" “ ” ' '", "" },
	};

	(void)state;
	CHECK(rows);
}

static void
speakers(void **state)
{
	static const struct sample rows[] = {
		/* behind, before, between */
		{ "“We will sign,” Ada Brandt said.", "We will sign,|Ada Brandt\n" },
		{ "“We will sign,” said Ada Brandt, the foreign minister.",
		  "We will sign,|Ada Brandt|the foreign minister\n" },
		{ "“We will sign,” said Foreign Minister Ada Brandt.", "We will sign,|Ada Brandt|Foreign Minister\n" },
		{ "Ada Brandt, a spokeswoman for the ministry, told reporters that “the door is open.”",
		  "the door is open.|Ada Brandt|a spokeswoman for the ministry\n" },
		{ "Brandt said: \"The door is open.\"", "The door is open.|Brandt\n" },
		{ "“We will sign,” she said. Ada Brandt left.", "We will sign,\n" },
		{ "The plan is “dead,” according to Ada Brandt.", "dead,|Ada Brandt\n" },
		{ "According to Ada Brandt, the plan is “dead.”", "dead.|Ada Brandt\n" },
		{ "“The door,” Brandt said, “is open.”", "The door,|Brandt\nis open.|Brandt\n" },
		{ "“The door is open,” Brandt said. “Nobody has come in.”",
		  "The door is open,|Brandt\nNobody has come in.|Brandt\n" },
		{ "Brandt was in a good mood. “Sign here,” warned Osman Tek. “And there.”",
		  "Sign here,|Osman Tek\nAnd there.|Osman Tek\n" },
		{ "The agency quoted Ada Brandt as saying “it is late.”", "it is late.|Ada Brandt\n" },
		{ "Ada Brandt’s statement that “it is late” surprised nobody.", "it is late|Ada Brandt\n" },
		{ "“It is late.” —Ada Brandt", "It is late.|Ada Brandt\n" },
		{ "“Is it late?” asked Brandt.", "Is it late?|Brandt\n" },
		{ "The toll was called “unjust” by Osman Tek.", "unjust|Osman Tek\n" },
		{ "He gave no details but said, “It is late.”", "It is late.\n" },
		{ "Ada Brandt gave no details but said, “It is late.”", "It is late.|Ada Brandt\n" },
		{ "Some said it was “late,” others that it was “early.”", "late,|Some\nearly.|Some\n" },
		{ "Two berths will be added. “It is late,” said Osman Tek.", "It is late,|Osman Tek\n" },
		{ "Ada Brandt made the following statement: “It is late.”", "It is late.|Ada Brandt\n" },
		{ "“It is late,” Ada Brandt, head of the Sea Bank said.", "It is late,|Ada Brandt|head of the Sea Bank\n" },
		{ "“It is late,” Jan al-Rifa'i calmly said.", "It is late,|Jan al-Rifa'i\n" },
		/* who is meant */
		{ "Prime Minister Osman Tek met Foreign Minister Ada Brandt.\n“It is late,” the prime minister said.\n"
		  "“It is not,” the foreign minister replied.",
		  "It is late,|Osman Tek|Prime Minister\nIt is not,|Ada Brandt|Foreign Minister\n" },
		{ "“It is late,” said Ada Brandt, the minister.\n“Very late,” she added.\n“Too late,” the minister warned.",
		  "It is late,|Ada Brandt|the minister\nVery late,|Ada Brandt|the minister\n"
		  "Too late,|Ada Brandt|the minister\n" },
		{ "A Danish official told the paper that it was late.\n“Very late,” the official added.",
		  "Very late,|A Danish official\n" },
		{ "Two officials said nothing. “It is late,” one diplomat said.", "It is late,|one diplomat\n" },
		{ "The ministry said it was late. “Very late,” it added.", "Very late,|The ministry\n" },
		{ "“It is late,” a spokesman for the ministry said.", "It is late,|a spokesman for the ministry\n" },
		{ "“It is late,” one of the diplomats said.", "It is late,|one of the diplomats\n" },
		/* paragraphs */
		{ "“It is late.\n“It is dark,” said Ada Brandt.", "It is late.\n“It is dark,|Ada Brandt\n" },
		{ "Ada Brandt said so.\n“It is late and dark.”", "It is late and dark.|Ada Brandt\n" },
		/* a word or two, and labels */
		{ "Denmark has called the levy “unjust,” and left.", "unjust,|Denmark\n" },
		{ "Brandt said that the so-called “gold rule” was dead.", "gold rule\n" },
		{ "A “gold rule” was written.", "gold rule\n" },
		{ "Brandt said that it was late.", "" },
		{ "Mr. Brandt said that the ship, which the yard had built for another house long ago and which nobody "
		  "now wished to see again in any port of the north, was “a toy” at sea.", "a toy|Mr. Brandt\n" },
		{ "The Sea Bank said that the ship, which the yard had built for another house long ago and which nobody "
		  "now wished to see again in any port of the north, was “a toy” at sea.", "a toy\n" },
		{ "“It is late,” an oil and mines ministry source said.", "It is late,|mines ministry source\n" },
		{ "Brandt said that he had read “The Long Road” twice.", "The Long Road\n" },
		{ "Brandt said “Yes,” and left.", "Yes,|Brandt\n" },
		{ "Brandt did not like the expression “gold rule” at all and said so.", "gold rule\n" },
		{ "The harbour was, in Brandt’s words “a gate” to the sea.", "a gate|Brandt\n" },
		{ "“Old Harbour” in the north has sunk. Brandt said so.\n“New Harbour” in the south has not.",
		  "Old Harbour\nNew Harbour\n" },
		{ "The “open” ships expected there are few.", "open\n" },
		/* what is no subject */
		{ "The ministry’s proposed law would be “a gate” to the sea.", "a gate\n" },
		{ "Its claims to “open ports” were old.", "open ports\n" },
		{ "The result expected was “a gate to the sea.”", "a gate to the sea.\n" },
		{ "The letter to Brandt reads “come at once or not at all.”", "come at once or not at all.\n" },
		{ "The ports are also said to be “open.”", "open.\n" },
		/* who is meant, and who is not */
		{ "Mr. Tek went to the door. He said “it is late.”", "it is late.|Mr. Tek\n" },
		{ "The President of the Old Republic said “it is late.”",
		  "it is late.|The President of the Old Republic\n" },
		{ "Osman Tek, assistant to the president, said nothing. “It is late,” said the president.",
		  "It is late,|the president\n" },
		{ "NATO said no. He added “it is late.”", "it is late.\n" },
		{ "Its ships said so by lamp. He added “it is late.”", "it is late.\n" },
		{ "The Danes said no. They added “it is late.”", "it is late.|Danes\n" },
		/* minutes */
		{ "Mr. Tek said that the road was long. The mountains were high and the horses “none too good.”",
		  "none too good.|Mr. Tek\n" },
		{ "Mr. Tek said that the road was long. I thought the horses “none too good.”", "none too good.\n" },
		{ "Mr. Tek said that the road was long. (The horses are “none too good” there.)", "none too good\n" },
		{ "Mr. Tek: We shall call it “a gate” from now on.\nMr. Brandt: I said “come in” to them.",
		  "a gate|Mr. Tek\ncome in|Mr. Brandt\n" },
		{ "Dear Sir: We shall call it “a gate” from now on.", "a gate\n" },
		{ "Mr. Tek was quoted as having said “it is late.”", "it is late.|Mr. Tek\n" },
		{ "Mr. Tek rang up to say “it is late.”", "it is late.|Mr. Tek\n" },
		{ "Mr. Tek said they [the ports?] were “too small.”", "too small.|Mr. Tek\n" },
		{ "A note of May 4 from Tek to Brandt reads:\n“It is late.”", "It is late.|Tek\n" },
		{ "Mr. Tek was in good spirits: “It is late.”", "It is late.|Mr. Tek\n" },
		{ "Said one diplomat: “It is late.”", "It is late.|one diplomat\n" },
		/* capitals, other languages */
		{ "THE RULE WAS DEAD . \" IT IS LATE, \" SAID FOREIGN MINISTER ADA BRANDT . NOBODY SPOKE .",
		  "IT IS LATE,|ADA BRANDT|FOREIGN MINISTER\n" },
		{ "\" IT IS LATE, \" SAID MR . TEK COLDLY . \" VERY LATE . \"", "IT IS LATE,|MR . TEK\nVERY LATE .|MR . TEK\n" },
		{ "\" IT IS LATE, \" MR. TEK, WHO CARRIED A LAMP, SAID .", "IT IS LATE,|MR. TEK\n" },
		{ "„Es ist spät“, sagte Ada Brandt.", "Es ist spät|Ada Brandt\n" },
		{ "Ada Brandt sagte: „Es ist spät.“", "Es ist spät.|Ada Brandt\n" },
		{ "« Il est tard », a déclaré Ada Brandt.", "Il est tard|Ada Brandt\n" },
		{ "« Il est tard », a déclaré la ministre.", "Il est tard|la ministre\n" },
		{ "“Geç oldu,” dedi Ada Brandt.", "Geç oldu,|Ada Brandt\n" },
		{ "«Уже поздно», — сказал Осман Тек.", "Уже поздно|Осман Тек\n" },
	};

	(void)state;
	CHECK(rows);
}

/* What sentences are: abbreviations, and names with what belongs to them. */
static void
sentences(void **state)
{
	static const struct sample rows[] = {
		{ "Ada Brandt, head of Old Bay, Calif.-based Tek Corp., said “it is late.”",
		  "it is late.|Ada Brandt|head of Old Bay, Calif.-based Tek Corp\n" },
		{ "Tek Corp. said it was “late.”", "late.|Tek Corp\n" },
		{ "The road was long. Ada Brandt said of No. 5 that it is “late.”", "late.|Ada Brandt\n" },
		{ "Minister Osman Tek, Jr. stated that it was dark. He added: “It is late.”",
		  "It is late.|Osman Tek|Minister\n" },
		{ "O’Reilly, who came late, said the harbour is “dark.”", "dark.|O’Reilly\n" },
		{ "“It is late,” said Ex-President Osman Tek.", "It is late,|Osman Tek|Ex-President\n" },
		{ "THE ROAD WAS LONG . THE OLD COUNCIL ANGRILY ANNOUNCED THAT \" IT IS LATE . \"",
		  "IT IS LATE .|THE OLD COUNCIL\n" },
		{ "\" IT IS LATE, \" SAID ONE BADLY SHAKEN SAILOR .", "IT IS LATE,|ONE BADLY SHAKEN SAILOR\n" },
		/* whose office it is */
		{ "These are President Tek’s Notes. The President said “it is late.”", "it is late.|Tek|President\n" },
		{ "The President’s Assistant for National Harbour Affairs left. Brandt stated it. The assistant “is late.”",
		  "is late.\n" },
		{ "“It is late,” said Ada Brandt of Makers Bank Co.", "It is late,|Ada Brandt|Makers Bank Co\n" },
		{ "“It is late,” the ministry statement said.", "It is late,|the ministry statement\n" },
		{ "Mr. Tek came. Nobody liked his statement that “it is late.”", "it is late.|Mr. Tek\n" },
		{ "Tek said that the ministry plan implied the end and that “it is late and dark.”",
		  "it is late and dark.|Tek\n" },
		{ "Fences that in effect declared an end stood there. He demanded: “Who comes?”", "Who comes?\n" },
	};

	(void)state;
	CHECK(rows);
}

/* Whom "he" means, where names stand without a title. */
static void
pronouns(void **state)
{
	static const struct sample rows[] = {
		{ "Ambassador Ada Brandt called on Tek. Tek said that the road was long. He added that it was “long and dark.”",
		  "long and dark.|Tek\n" },
		{ "President Brandt left. Tek welcomed that. He called it “late.”", "late.|Tek\n" },
		{ "President Brandt spoke. Paris said no. He called it “late.”", "late.|Brandt|President\n" },
		{ "President Brandt said no. The Tek Company laughed. Tek said yes. He called it “late.”",
		  "late.|Brandt|President\n" },
		{ "Mr. Tek said that Brandt wants a ship. He called it “late.”", "late.|Mr. Tek\n" },
		{ "Paris said no. He called it “late.”", "late.\n" },
		{ "The U.S. said no. He called it “late.”", "late.\n" },
		{ "\" IT IS DARK, \" SAID HELMUT SCHELLER . THE ROAD, ARGUED SCHELLER, WAS LONG . \" IT IS LATE, \" HE ADDED .",
		  "IT IS DARK,|HELMUT SCHELLER\nIT IS LATE,|HELMUT SCHELLER\n" },
		{ "A SAILOR NAMED OSMAN SCHELLER CLAIMED THE SHIP . HE CRIED : \" IT IS LATE . \"", "IT IS LATE .|OSMAN SCHELLER\n" },
		/* telegrams */
		{ "Wang said that Paris saw it. Called it “a lie” once more.", "a lie|Wang\n" },
		{ "Tek came, and said no. Tek then presented the following text: “It is late and dark.”",
		  "It is late and dark.|Tek\n" },
	};

	(void)state;
	CHECK(rows);
}

/* Where the subject of a verb stands. */
static void
subjects(void **state)
{
	static const struct sample rows[] = {
		{ "“It is late,” scolded Ada Brandt.", "It is late,|Ada Brandt\n" },
		{ "“Who comes?” demanded Ada Brandt.", "Who comes?|Ada Brandt\n" },
		{ "Tek came late. The old printed reports. “Who comes so late?”", "Who comes so late?\n" },
		{ "The head of the Harbour Panel, Osman Tek, said “it is late.”",
		  "it is late.|Osman Tek|The head of the Harbour Panel\n" },
		{ "Ada Brandt, author of the report “The Long Road,” said that it was “late.”",
		  "The Long Road,\nlate.|Ada Brandt|author of the report\n" },
		{ "Tek, appearing on the evening show, “The Long Road,” bluntly admitted “it is late.”",
		  "The Long Road,\nit is late.|Tek\n" },
		{ "Ada Brandt, manager for ships at the Harbour Board, said the plan would help. “It is late,” she said.",
		  "It is late,|Ada Brandt|manager for ships at the Harbour Board\n" },
		{ "Osman Tek, Chairman of the Old Commission on Good Government (OCG) told reporters: “It is late.”",
		  "It is late.|Osman Tek|Chairman of the Old Commission on Good Government\n" },
		{ "Tek in his long speech of May to the old council of the harbour, called it “late.”", "late.|Tek\n" },
		{ "The committee in reporting out the Harbour Bill stated: “It is late.”", "It is late.|The committee\n" },
		{ "“It is late,” a banker at the northern branch of Sea Bank Ltd in Oslo said.",
		  "It is late,|a banker at the northern branch\n" },
		{ "“It is late,” Harbour Ministry (HM) Deputy Director Ada Brandt told reporters.",
		  "It is late,|Ada Brandt|Deputy Director\n" },
		{ "“It is late,” Ada Brandt, of Tek Harbour and Co said.", "It is late,|Ada Brandt\n" },
		{ "Tek came and they went in and said, “It is late.”", "It is late.\n" },
		{ "One thing is that we met and said, “It is late.”", "It is late.\n" },
		{ "Tek concluded by asking that it be “done at once.”", "done at once.|Tek\n" },
		{ "The rule – a – noted the various plans. It was “late.”", "late.\n" },
		{ "Under the terms stated in the letter I hold to “the old road to the sea.”", "the old road to the sea.\n" },
		{ "A sailor who feared storms said the harbour is a “dark” place.", "dark|A sailor\n" },
		{ "Tek keeps the said rules for “open roads to the sea.”", "open roads to the sea.\n" },
		{ "The rule says in part, “it is late and dark.”", "it is late and dark.|The rule\n" },
		{ "The harbour states had “open roads to the sea.”", "open roads to the sea.\n" },
	};

	(void)state;
	CHECK(rows);
}

/* Which speech a quotation belongs to, and which are nobody's. */
static void
claims(void **state)
{
	static const struct sample rows[] = {
		{ "Using such words as “dark,” “long” and “late,” Ada Brandt complained.",
		  "dark,\nlong|Ada Brandt\nlate,|Ada Brandt\n" },
		{ "The ministry told the press that though Tek regarded it as “dark,” it was “late.”",
		  "dark,|Tek\nlate.|The ministry\n" },
		{ "Tek asked Brandt, “is it late?” Mr. Brandt answers, “It is late.”",
		  "is it late?|Tek\nIt is late.|Mr. Brandt\n" },
		{ "Mr. Tek said so in a letter to Brandt. It reads as follows:\n“It is late.”", "It is late.|Mr. Tek\n" },
		{ "It would be a “gate” (Brandt’s word) to the sea.", "gate|Brandt\n" },
		{ "It would be a “gate to the sea,” in Brandt’s phrase.", "gate to the sea,|Brandt\n" },
		{ "The ministry considered repealing the “Tek amendment” to the law.", "Tek amendment\n" },
		{ "The slogan of “open harbours” was old, Brandt said.", "open harbours\n" },
		{ "“It is late,” said Brandt. “There is nothing that anybody could do about it” in the harbour.",
		  "It is late,|Brandt\nThere is nothing that anybody could do about it|Brandt\n" },
		{ "The statement said: “It is late.” This would mean more ships and “talks on that have begun.”",
		  "It is late.|The statement\ntalks on that have begun.|The statement\n" },
		/* minutes */
		{ "Mr. Tek said it was late. After some talk it was agreed that the text should read that it was “dark.”",
		  "dark.\n" },
		{ "President Tek left.\nPresident: We call it “a gate” now.", "a gate|President\n" },
		{ "My Dear Mr. Secretary: We call it “a gate” now.", "a gate\n" },
		{ "Mr. Tek said so. The text of the paper follows:\n“It is late.”", "It is late.\n" },
	};

	(void)state;
	CHECK(rows);
}

/* When memory runs out while the quotations of an article are read, that is told: never that it has none. */
static void
reader_memory(void **state)
{
	static const struct mark_word word[] = { { MARK_WORD, "harbour", 7 }, { MARK_WORD, "toll", 4 } };
	const struct mark marks[] = { { .word = &word[0], .nwords = 1 }, { .word = &word[1], .nwords = 1, .group = 1 } };
	struct analyser *an;
	struct article a;
	unsigned nth;
	bool refused = true;

	(void)state;
	article_init(&a);
	fill(&a, "\"The harbour has a toll,\" Ada Brandt said.");
	assert_int_equal(analyser_new(&an, NULL), ST_OK);
	for (nth = 1; refused; nth++) {
		struct quote_reader *r;
		const struct quote *found;
		size_t n;
		enum status st;

		assert_int_equal(quote_reader_new(&r, NULL), ST_OK);
		assert_int_equal(quote_reader_query(r, an, NULL, marks, 2, true, NULL), ST_OK);
		fault_arm(nth, FAULT_ONCE);
		st = quote_reader_find(r, an, &a, NULL, &found, &n, NULL);
		refused = fault_disarm();
		if (st == ST_OK)
			assert_int_equal(n, 1);
		else
			assert_int_equal(st, ST_NOMEM);
		quote_reader_free(r);
	}
	assert_true(nth > 2);
	analyser_free(an);
	article_fini(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks),
		cmocka_unit_test(speakers),
		cmocka_unit_test(sentences),
		cmocka_unit_test(pronouns),
		cmocka_unit_test(subjects),
		cmocka_unit_test(claims),
		cmocka_unit_test(reader_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
