/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "engine/proximity/near.h"
#include "engine/snippet/snippet.h"
#include "engine/store/record.h"

#define WORDS_MAX 32

/* Marks as a line of text: groups parted by "|", alternatives by "/", the words of a
 * phrase by "+"; each word a letter for its kind and what is looked for: "Ssanction/Wsanctions|Wf35". */
struct marks {
	char text[400];
	struct mark_word words[WORDS_MAX];
	struct mark marks[WORDS_MAX];
	size_t n;
};

static enum mark_kind
kind_of(char c)
{
	const char *at = strchr("SWPCE", c);

	assert_non_null(at);
	return (enum mark_kind)(at - "SWPCE");
}

static void
parse_marks(struct marks *m, const char *spec)
{
	size_t nwords = 0;
	unsigned group = 0;
	char *at = m->text, end = '|';

	assert_true(strlen(spec) < sizeof(m->text));
	strcpy(m->text, spec);
	for (m->n = 0; *at != '\0' || end == '+'; m->n++) {
		struct mark *mark = &m->marks[m->n];

		*mark = (struct mark){ .word = &m->words[nwords], .group = group };
		do {
			struct mark_word *w = &m->words[nwords++];

			w->kind = kind_of(*at++);
			w->text = at;
			w->len = strcspn(at, "+/|");
			at += w->len;
			end = *at;
			mark->nwords++;
			if (end != '\0')
				at++;
		} while (end == '+');
		if (end == '|')
			group++;
	}
}

struct kit {
	struct snippet_maker *sn;
	struct zstream_packer *pack;
	struct zstream_unpacker *unpack;
};

static int
set_up(void **state)
{
	struct kit *k = calloc(1, sizeof(*k));

	assert_non_null(k);
	assert_int_equal(snippet_maker_new(&k->sn, NULL), ST_OK);
	assert_int_equal(zstream_packer_new(&k->pack, 6, "", 0), ST_OK);
	assert_int_equal(zstream_unpacker_new(&k->unpack, "", 0), ST_OK);
	*state = k;
	return 0;
}

static int
tear_down(void **state)
{
	struct kit *k = *state;

	snippet_maker_free(k->sn);
	zstream_packer_free(k->pack);
	zstream_unpacker_free(k->unpack);
	free(k);
	return 0;
}

/* The snippet of an article whose paragraphs are the lines of BODY. */
static void
snip(struct kit *k, const char *lang, const char *body, const char *spec, struct buf *out)
{
	struct buf data = BUF_INIT;
	struct article a;
	struct error err;
	struct marks m;

	article_init(&a);
	buf_adds(&a.field[ART_ID], "x");
	buf_adds(&a.field[ART_LANG], lang);
	while (*body != '\0') {
		size_t n = strcspn(body, "\n");

		assert_int_equal(article_add_para(&a, body, n, PARA_TEXT), ST_OK);
		body += n + (body[n] == '\n');
	}
	assert_int_equal(record_pack(k->pack, &a, &data), ST_OK);
	parse_marks(&m, spec);
	assert_int_equal(snippet_maker_query(k->sn, m.marks, m.n, "[", "]", &err), ST_OK);
	buf_clear(out);
	assert_int_equal(snippet_make(k->sn, k->unpack, buf_str(&data), data.len, out, &err), ST_OK);
	article_fini(&a);
	buf_fini(&data);
}

static void
table(void **state)
{
	static const struct { const char *lang, *body, *marks, *want; } rows[] = {
		{ "", "", "Wtalks", "" },
		{ "", "Talks on grain.", "", "Talks on grain." },
		{ "", "Talks on grain.", "Wwheat", "Talks on grain." },
		/* a stem marks every form of its word */
		{ "", "They sanction it; sanctions, sanctioned, Sanction\xE2\x80\x99s.", "Ssanction",
		  "They [sanction] it; [sanctions], [sanctioned], [Sanction]\xE2\x80\x99s." },
		{ "", "They sanction it; sanctions.", "Wsanctions", "They sanction it; [sanctions]." },
		{ "", "Sanctions and sanity", "Psanc", "[Sanctions] and sanity" },
		/* folding */
		{ "", "T\xC3\xBCrkiye, Turkiye, T\xC3\x9CRK\xC4\xB0YE, Tu\xCC\x88rkiye.", "Wturkiye",
		  "[T\xC3\xBCrkiye], [Turkiye], [T\xC3\x9CRK\xC4\xB0YE], [Tu\xCC\x88rkiye]." },
		{ "", "T\xC3\xBCrkiye, Turkiye.", "Et\xC3\xBCrkiye", "[T\xC3\xBCrkiye], Turkiye." },
		{ "", "T\xC3\xBCrkiye, Turkiye.", "Eturkiye", "T\xC3\xBCrkiye, [Turkiye]." },
		{ "", "\xC3\x89tat and etat", "E\xC3\xA9tat", "[\xC3\x89tat] and etat" },
		/* designators and acronyms */
		{ "", "F-35, F35, F\xE2\x80\x91""35 and F 35 but not F-36", "Wf35",
		  "[F-35], [F35], [F\xE2\x80\x91""35] and [F 35] but not F-36" },
		{ "", "The US and the U.S. told us.", "Cus", "The [US] and the [U.S.] told us." },
		/* phrases are one mark, and their words alone are none */
		{ "", "On defense: defense cooperation. Cooperation grew.", "Wdefense+Wcooperation",
		  "On defense: [defense cooperation]. Cooperation grew." },
		{ "", "defense\ncooperation", "Wdefense+Wcooperation", "[defense cooperation]" },
		{ "", "ha ha ha", "Wha+Wha", "[ha ha ha]" },
		{ "", "one two one three", "Wone+Wthree", "one two [one three]" },
		/* compounds */
		{ "", "They re-export and reexport; re the export.", "Wre+Wexport/Wreexport",
		  "They [re-export] and [reexport]; re the export." },
		{ "", "a Block-70 and a Block 70", "Wblock+W70/Wblock70", "a [Block-70] and a [Block 70]" },
		/* languages */
		{ "fr", "Les n\xC3\xA9gociations ont repris.", "Sfr:n\xC3\xA9goci/Sfr:negoci",
		  "Les [n\xC3\xA9gociations] ont repris." },
		{ "", "Les n\xC3\xA9gociations ont repris.", "Sfr:n\xC3\xA9goci/Sfr:negoci",
		  "Les n\xC3\xA9gociations ont repris." },
		{ "zh", "\xE5\xA4\x96\xE4\xBA\xA4\xE9\x83\xA8\xE9\x95\xBF\xE8\xAE\xBF\xE9\x97\xAE\xE5\x8C\x97\xE4\xBA\xAC",
		  "W\xE8\xAE\xBF+W\xE9\x97\xAE",
		  "\xE5\xA4\x96\xE4\xBA\xA4\xE9\x83\xA8\xE9\x95\xBF[\xE8\xAE\xBF\xE9\x97\xAE]\xE5\x8C\x97\xE4\xBA\xAC" },
	};
	struct buf out = BUF_INIT;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snip(*state, rows[i].lang, rows[i].body, rows[i].marks, &out);
		assert_string_equal(buf_str(&out), rows[i].want);
	}
	buf_fini(&out);
}

static void
add_filler(struct buf *b, size_t bytes, char between)
{
	size_t stop = b->len + bytes;

	while (b->len < stop) {
		buf_adds(b, "Nothing of any note was heard in the chamber that day.");
		buf_addc(b, between);
	}
}

/* The best place is found wherever it stands, across the pieces in which a text is read. */
static void
finds_deep_places(void **state)
{
	static const size_t depths[] = { 100, 1990, 2040, 9000, 16000, 17000, 40000 };
	struct buf body = BUF_INIT, out = BUF_INIT;
	size_t i;
	int breaks;

	for (breaks = 0; breaks < 2; breaks++)
		for (i = 0; i < sizeof(depths) / sizeof(depths[0]); i++) {
			char between = breaks ? '\n' : ' ';

			buf_clear(&body);
			buf_adds(&body, "Wheat was sold. ");
			add_filler(&body, depths[i], between);
			buf_adds(&body, "The embargo on wheat exports was lifted.");
			buf_addc(&body, between);
			add_filler(&body, 5000, between);
			snip(*state, "", body.data, "Swheat|Sembargo|Wwheat+Wexports", &out);
			assert_non_null(strstr(out.data, "The [embargo] on [wheat exports] was lifted."));
			assert_true(utf8_count(out.data, out.len) < SNIPPET_CHARS + 40);
		}
	buf_fini(&body);
	buf_fini(&out);
}

/* All matches of what is shown are marked, also those after the passage was complete. */
static void
marks_all_that_is_shown(void **state)
{
	struct buf body = BUF_INIT, out = BUF_INIT;
	const char *at;
	int n = 0;

	buf_adds(&body, "Grain went east and grain went west while grain of the best kind, and more grain, stayed. ");
	buf_adds(&body, "No grain was lost, though grain is dear.\n");
	add_filler(&body, 6000, ' ');
	snip(*state, "", body.data, "Wgrain", &out);
	for (at = out.data; (at = strstr(at, "rain")) != NULL; at++, n++) {
		assert_true(at >= out.data + 2);
		assert_int_equal(at[-2], '[');
	}
	assert_int_equal(n, 6);
	buf_fini(&body);
	buf_fini(&out);
}

/* A maker serves one query after the other, and a damaged record breaks nothing. */
static void
damage_is_reported(void **state)
{
	struct kit *k = *state;
	struct buf out = BUF_INIT, data = BUF_INIT;
	struct article a;
	struct error err;
	struct marks m;
	size_t i;

	article_init(&a);
	buf_adds(&a.field[ART_ID], "x");
	assert_int_equal(article_add_para(&a, "Talks on grain, talks on oil.", 29, PARA_TEXT), ST_OK);
	assert_int_equal(record_pack(k->pack, &a, &data), ST_OK);
	parse_marks(&m, "Wtalks");
	assert_int_equal(snippet_maker_query(k->sn, m.marks, m.n, "[", "]", &err), ST_OK);
	for (i = 0; i < data.len; i++)
		assert_int_equal(snippet_make(k->sn, k->unpack, data.data, i, &out, &err), ST_CORRUPT);
	buf_clear(&out);
	assert_int_equal(snippet_make(k->sn, k->unpack, data.data, data.len, &out, &err), ST_OK);
	assert_string_equal(out.data, "[Talks] on grain, [talks] on oil.");
	article_fini(&a);
	buf_fini(&out);
	buf_fini(&data);
}

/* The regions of an article are read by the clock of the plan: a query may have very many. */
static void
scopes_by_the_clock(void **state)
{
	const struct near_region region = { .begin = { "XBq", 3 }, .end = { "XFq", 3 } };
	const struct xap_deadline over = { .at_ns = 1 };
	struct plan_scope scope = { &region, 1 };
	struct plan plan = { .scopes = &scope, .nscopes = 1 };
	struct kit *k = *state;
	struct xap_wdb *w;
	struct xap_doc *doc;
	struct xap_db *db;
	struct error err;

	assert_int_equal(xap_wdb_memory(&w, &err), ST_OK);
	assert_int_equal(xap_doc_new(&doc, &err), ST_OK);
	assert_int_equal(xap_wdb_add(w, doc, NULL, &err), ST_OK);
	assert_int_equal(xap_wdb_reader(w, &db, &err), ST_OK);
	assert_int_equal(snippet_maker_confine(k->sn, db, 1, &plan, &err), ST_OK);
	plan.deadline = &over;
	assert_int_equal(snippet_maker_confine(k->sn, db, 1, &plan, &err), ST_DEADLINE);
	xap_db_free(db);
	xap_doc_free(doc);
	xap_wdb_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(finds_deep_places),
		cmocka_unit_test(marks_all_that_is_shown),
		cmocka_unit_test(damage_is_reported),
		cmocka_unit_test(scopes_by_the_clock),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
