/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/text/acronyms.h"

/* A text, and its pairs: "acronym=expansion", a bar between two. */
static const struct { const char *text, *pairs; } rows[] = {
	{ "the Countering America's Adversaries Through Sanctions Act (CAATSA) of 2017",
	  "CAATSA=Countering America's Adversaries Through Sanctions Act" },
	{ "under CAATSA (Countering America's Adversaries Through Sanctions Act), which",
	  "CAATSA=Countering America's Adversaries Through Sanctions Act" },
	{ "CAATSA (the Countering America\u2019s Adversaries Through Sanctions Act)",
	  "CAATSA=Countering America\u2019s Adversaries Through Sanctions Act" },
	{ "the International Atomic Energy Agency (IAEA) and the World Health Organization (WHO)",
	  "IAEA=International Atomic Energy Agency|WHO=World Health Organization" },
	{ "The Department of Defense (DoD) said", "DoD=Department of Defense" },
	{ "Congress passed a law. Ballistic Missile Defense (BMD) is", "BMD=Ballistic Missile Defense" },
	{ "They asked Tom. European Air Transport Group (TEATG)", "" },
	{ "the \"Joint Comprehensive Plan of Action\" (\"JCPOA\")", "JCPOA=Joint Comprehensive Plan of Action" },
	{ "the European Economic Community (EEC; Common Market)", "EEC=European Economic Community" },
	{ "Food & Agriculture Organization (FAO)", "FAO=Food & Agriculture Organization" },
	{ "the Organization of Petroleum Exporting Countries (OPEC)", "OPEC=Organization of Petroleum Exporting Countries" },
	{ "the Neutral Nations Supervisory Commission (NNSC)", "NNSC=Neutral Nations Supervisory Commission" },
	{ "Mandatory Inter-Continental Ballistic Missile (ICBM)", "ICBM=Inter-Continental Ballistic Missile" },
	{ "Организация Объединённых Наций (ООН)", "ООН=Организация Объединённых Наций" },
	{ "U.S. Agency for International Development (AID)", "AID=Agency for International Development" },
	{ "North Atlantic Treaty\nOrganization (NATO)", "" },           /* another paragraph */
	{ "the talks (in Geneva) and the Prime Minister (Smith)", "" }, /* no capitals */
	{ "the treaty (1987)", "" }, { "the meeting (see AB) was", "" }, { "()( )((", "" }, { "(UN)", "" },
	{ "the UN (UN)", "" }, { "he said (NATO).", "" }, { "Smith (UK) won", "" },
	{ "the North Atlantic (NATO", "" }, { "a b c d e f g h (HIJK)", "" },
	{ "Treaty (NAT) Organization (North) x", "" },
	/* An acronym does not stand for what it stands in; nor does a single word. */
	{ "the NATO and Treaty Organization (NATO)", "" }, { "Hexamethonium (HM)", "" },
};

static void
pairs(void **state)
{
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = rows[i].text;
		struct acronym_pair p;
		size_t at = 0;

		buf_clear(&out);
		while (acronyms_next(text, strlen(text), &at, &p)) {
			buf_adds(&out, out.len > 0 ? "|" : "");
			buf_add(&out, text + p.acronym, p.acronym_end - p.acronym);
			buf_addc(&out, '=');
			buf_add(&out, text + p.expansion, p.expansion_end - p.expansion);
		}
		if (strcmp(buf_str(&out), rows[i].pairs) != 0)
			print_message("text: %s\n", text);
		assert_string_equal(buf_str(&out), rows[i].pairs);
	}
	buf_fini(&out);
}

static void
strict(void **state)
{
	static const struct { const char *acronym, *words; bool yes; } list[] = {
		{ "caatsa", "countering america adversaries through sanctions act", true },
		{ "dod", "department of defense", true }, { "dd", "department of defense", true },
		{ "usia", "united states information agency", true },
		{ "jcpoa", "joint comprehensive plan of action", true },
		{ "nato", "north atlantic treaty organization", true },
		{ "nato", "north atlantic treaty", false }, { "nat", "north atlantic treaty organization", false },
		{ "comecon", "council for mutual economic assistance", false },
		{ "оон", "организация объединенных нации", true }, { "", "", true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (acronyms_strict(list[i].acronym, strlen(list[i].acronym), list[i].words, strlen(list[i].words)) !=
		    list[i].yes)
			fail_msg("%s: %s", list[i].acronym, list[i].words);
}

static void
normal(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	acronyms_normal(&out, "the", 3, "", 0);
	acronyms_normal(&out, "sanctions", 9, "sanction", 8);
	acronyms_normal(&out, "and", 3, "", 0);
	acronyms_normal(&out, "оон", 6, "", 0);
	assert_string_equal(buf_str(&out), "sanction оон");
	buf_fini(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs), cmocka_unit_test(strict), cmocka_unit_test(normal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
