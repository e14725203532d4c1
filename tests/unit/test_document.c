/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/document/document.h"
#include "engine/store/record.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"
#include "tests/unit/xap_fixture.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define BODY (1 + 100)   /* the first position of a body under a headline of no words */

/* An article as a test writes it: fields by name, body by paragraphs. */
struct sample {
	const char *id, *title, *body, *heading, *date, *lang, *source, *person;
};

static struct article *
make(struct article *a, const struct sample *s)
{
	static const struct { enum article_field f; size_t at; } fields[] = {
		{ ART_ID, offsetof(struct sample, id) }, { ART_TITLE, offsetof(struct sample, title) },
		{ ART_DATE, offsetof(struct sample, date) }, { ART_LANG, offsetof(struct sample, lang) },
		{ ART_SOURCE, offsetof(struct sample, source) },
	};
	size_t i;

	article_clear(a);
	for (i = 0; i < COUNT(fields); i++) {
		const char *text = *(const char *const *)((const char *)s + fields[i].at);

		if (text != NULL)
			buf_adds(&a->field[fields[i].f], text);
	}
	if (s->heading != NULL)
		assert_int_equal(article_add_para(a, s->heading, strlen(s->heading), PARA_HEADING), ST_OK);
	if (s->body != NULL)
		assert_int_equal(article_add_para(a, s->body, strlen(s->body), PARA_TEXT), ST_OK);
	if (s->person != NULL)
		article_add_entry(a, ART_PERSONS, s->person, strlen(s->person));
	assert_int_equal(article_status(a), ST_OK);
	return a;
}

/* Builds SAMPLE into the only document of a new database, open as f->db. */
static void
build(struct fixture *f, const struct sample *s)
{
	struct document_builder *b;
	struct xap_doc *doc;
	struct xap_wdb *w;
	struct article a;

	article_init(&a);
	ok(document_builder_new(&b, "", 0, &f->err));
	ok(xap_doc_new(&doc, &f->err));
	ok(document_build(b, make(&a, s), doc, &f->err));
	ok(xap_wdb_open(&w, fixture_path(f, "one"), XAP_REPLACE, false, &f->err));
	ok(xap_wdb_add(w, doc, NULL, &f->err));
	ok(xap_wdb_commit(w, &f->err));
	xap_wdb_free(w);
	xap_doc_free(doc);
	document_builder_free(b);
	article_fini(&a);
	fixture_read(f, "one");
}

/* "wdf:positions" of TERM in document 1; "" where it is not. */
static const char *
term(struct fixture *f, const char *text)
{
	static char out[200];
	struct xap_terms *t;
	const char *at;
	struct xap_positions pos = { NULL, 0, 0 };
	uint32_t wdf = 0;
	size_t len, i, used;
	bool found = false;

	ok(xap_terms_open_doc(&t, f->db, 1, &f->err));
	for (;;) {
		ok(xap_terms_next(t, &at, &len, &wdf, &f->err));
		if (at == NULL)
			break;
		if (len == strlen(text) && memcmp(at, text, len) == 0) {
			found = true;
			break;
		}
	}
	xap_terms_free(t);
	out[0] = '\0';
	if (!found)
		return out;
	ok(xap_db_positions(f->db, 1, text, strlen(text), &pos, &f->err));
	used = (size_t)snprintf(out, sizeof(out), "%u:", (unsigned)wdf);
	for (i = 0; i < pos.n; i++)
		used += (size_t)snprintf(out + used, sizeof(out) - used, "%s%u", i ? "," : "", (unsigned)pos.v[i]);
	free(pos.v);
	return out;
}

static void
headline_weighs_more_and_stands_apart(void **state)
{
	struct fixture *f = *state;

	build(f, &(struct sample){ .id = "a/1", .title = "Sanctions lifted", .body = "The sanctions were lifted, sanctions gone." });
	assert_string_equal(term(f, "sanctions"), "5:1,104,107");
	assert_string_equal(term(f, "lifted"), "4:2,106");
	assert_string_equal(term(f, "Zsanction"), "5:");
	assert_string_equal(term(f, "Ssanctions"), "1:1");
	assert_string_equal(term(f, "ZSsanction"), "1:");
	assert_string_equal(term(f, "the"), "1:103");
	assert_string_equal(term(f, "Zthe"), "");
	assert_string_equal(term(f, "Sthe"), "");
	assert_string_equal(term(f, "Qa/1"), "0:");
}

static void
capitals_have_a_term(void **state)
{
	struct fixture *f = *state;

	build(f, &(struct sample){ .id = "1", .body = "US troops told us; the U.S. said so." });
	assert_string_equal(term(f, "us"), "3:101,104,106");
	assert_string_equal(term(f, "XCus"), "2:101,106");
	assert_string_equal(term(f, "XCtroops"), "");
}

static void
spellings_are_kept_where_folding_changed_one(void **state)
{
	struct fixture *f = *state;

	build(f, &(struct sample){ .id = "1", .body = "Türkiye and Turkiye and Ankara" });
	assert_string_equal(term(f, "turkiye"), "2:101,103");
	assert_string_equal(term(f, "XNturkiye"), "0:");
	assert_string_equal(term(f, "XEtürkiye"), "1:101");
	assert_string_equal(term(f, "XEturkiye"), "1:103");
	assert_string_equal(term(f, "XNankara"), "");
	assert_string_equal(term(f, "XEankara"), "");
	assert_string_equal(term(f, "Zturkiy"), "2:");
}

static void
compounds_and_designators(void **state)
{
	struct fixture *f = *state;

	build(f, &(struct sample){ .id = "1", .body = "They re-export F-35 jets" });
	assert_string_equal(term(f, "re"), "1:102");
	assert_string_equal(term(f, "export"), "1:103");
	assert_string_equal(term(f, "reexport"), "1:102,103");
	assert_string_equal(term(f, "f35"), "1:104");
	assert_string_equal(term(f, "Zf35"), "1:");
}

static void
fields_filter_and_never_rank(void **state)
{
	struct fixture *f = *state;

	build(f, &(struct sample){ .id = "1", .title = "T", .body = "b", .source = "Sample Wire",
				   .lang = "EN-gb", .person = "Fidan, Hakan", .heading = "Wider context" });
	assert_string_equal(term(f, "XSRCsample"), "0:1");
	assert_string_equal(term(f, "XSRCwire"), "0:2");
	assert_string_equal(term(f, "Len-gb"), "0:");
	assert_string_equal(term(f, "Len"), "0:");
	assert_string_equal(term(f, "XPERSONhakan"), "0:2");
	assert_string_equal(term(f, "XSECTIONcontext"), "0:66");
	assert_string_equal(term(f, "context"), "1:103");
	assert_string_equal(term(f, "wire"), "");
}

static void
what_finds_a_field_is_a_query_field(void **state)
{
	const struct article_def *def;
	size_t i;

	(void)state;
	for (i = 0; (def = article_def(i)) != NULL; i++)
		if (def->filter != NULL && schema_field(def->filter, strlen(def->filter)) == NULL)
			fail_msg("%s: no query field %s", def->name, def->filter);
}

static void
parts_have_begins_and_ends(void **state)
{
	static const struct { const char *term, *want; } rows[] = {
		{ "XBl", "0:1,105" }, { "XFl", "0:2,110" }, { "XBh", "0:103" }, { "XFh", "0:110" },
		{ "XBq", "0:105" }, { "XFq", "0:106" }, { "XBt", "0:1,103,105,110" }, { "XBp", "0:1,103,105" },
		{ "XSECTIONwider", "0:65" }, { "XSECTIONcontext", "0:66" }, { "XSPEAKERhakan", "0:1" },
		{ "XSPEAKERfidan", "0:2" },
	};
	struct fixture *f = *state;
	size_t i;

	build(f, &(struct sample){ .id = "1", .title = "Two words", .heading = "Wider context",
				   .body = "“One two,” Hakan Fidan said. Three." });
	for (i = 0; i < COUNT(rows); i++)
		assert_string_equal(term(f, rows[i].term), rows[i].want);
	/* Without a headline, heading or quotation. */
	build(f, &(struct sample){ .id = "1", .body = "One. Two." });
	assert_string_equal(term(f, "XBl"), "0:101");
	assert_string_equal(term(f, "XBt"), "0:101,102");
	assert_string_equal(term(f, "XBp"), "0:101");
	assert_string_equal(term(f, "XBq"), "");
	assert_string_equal(term(f, "XBh"), "");
}

static void
languages_have_their_stems(void **state)
{
	struct fixture *f = *state;
	struct document_builder *b;
	struct xap_doc *doc;
	struct article a;
	struct buf langs = BUF_INIT;
	static const char *const codes[] = { "fr", "en", "", "ru-RU", "fr", "zh" };
	size_t i;

	build(f, &(struct sample){ .id = "1", .lang = "fr", .body = "des négociations difficiles" });
	assert_string_equal(term(f, "Znegoci"), "1:");
	assert_string_equal(term(f, "Zfr:negoci"), "1:");
	article_init(&a);
	ok(document_builder_new(&b, "", 0, &f->err));
	ok(xap_doc_new(&doc, &f->err));
	for (i = 0; i < COUNT(codes); i++)
		ok(document_build(b, make(&a, &(struct sample){ .id = "1", .lang = codes[i], .body = "x" }), doc, &f->err));
	assert_int_equal(document_languages(b, &langs), ST_OK);
	assert_string_equal(buf_str(&langs), "fr ru");
	buf_fini(&langs);
	xap_doc_free(doc);
	document_builder_free(b);
	article_fini(&a);
}

static void
dates_sort_both_ways(void **state)
{
	static const struct { const char *date, *oldest, *newest; } rows[] = {
		{ "2025-03-27", "20250327000000a", "79749672999999a" },
		{ "1987-02-26T15:01:09", "19870226150109a", "80129773849890a" },
		{ "2025", "20250101000000a", "79749898999999a" },
		{ NULL, "~a", "~a" }, { "2025-02-30", "~a", "~a" },
	};
	struct fixture *f = *state;
	struct buf v = BUF_INIT;
	struct row row;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		build(f, &(struct sample){ .id = "a", .title = "T t", .body = "b", .date = rows[i].date, .source = "S" });
		buf_clear(&v);
		ok(xap_db_value(f->db, 1, SLOT_OLDEST, &v, &f->err));
		assert_string_equal(buf_str(&v), rows[i].oldest);
		buf_clear(&v);
		ok(xap_db_value(f->db, 1, SLOT_NEWEST, &v, &f->err));
		assert_string_equal(buf_str(&v), rows[i].newest);
		buf_clear(&v);
		ok(xap_db_value(f->db, 1, SLOT_ROW, &v, &f->err));
		assert_int_equal(row_unpack(v.data, v.len, &row), ST_OK);
		assert_int_equal(row.id_len, 1);
		assert_int_equal(row.title_len, 3);
		assert_memory_equal(row.title, "T t", 3);
		assert_int_equal(row.date_len, rows[i].date ? strlen(rows[i].date) : 0);
		assert_int_equal(row_unpack(v.data, v.len - 1, &row), ST_CORRUPT);
	}
	buf_fini(&v);
}

static void
terms_are_cut_at_characters(void **state)
{
	struct buf term_text = BUF_INIT;
	char word[600];
	size_t i;

	(void)state;
	for (i = 0; i + 2 < sizeof(word); i += 2)
		memcpy(word + i, "\xC3\xBC", 2);
	schema_term(&term_text, "XE", word, i);
	assert_int_equal(term_text.len, 244);
	buf_clear(&term_text);
	memset(word, 0, 200);
	schema_term(&term_text, "Q", word, 200);
	assert_int_equal(term_text.len, 123);
	buf_fini(&term_text);
}

/* Every distinct word of a long article comes back with its positions. */
static void
long_articles(void **state)
{
	struct fixture *f = *state;
	struct buf body = BUF_INIT;
	char word[20], want[40];
	int i;

	for (i = 0; i < 5000; i++)
		buf_addf(&body, "w%cx%d ", 'a' + i % 26, i % 2500);
	build(f, &(struct sample){ .id = "1", .body = buf_str(&body) });
	for (i = 0; i < 2500; i += 499) {
		snprintf(word, sizeof(word), "w%cx%d", 'a' + i % 26, i);
		snprintf(want, sizeof(want), "1:%d", BODY + i);
		assert_string_equal(term(f, word), want);
	}
	buf_fini(&body);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(headline_weighs_more_and_stands_apart, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(capitals_have_a_term, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(spellings_are_kept_where_folding_changed_one, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(compounds_and_designators, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(fields_filter_and_never_rank, fixture_setup, fixture_teardown),
		cmocka_unit_test(what_finds_a_field_is_a_query_field),
		cmocka_unit_test_setup_teardown(parts_have_begins_and_ends, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(languages_have_their_stems, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(dates_sort_both_ways, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(long_articles, fixture_setup, fixture_teardown),
		cmocka_unit_test(terms_are_cut_at_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
