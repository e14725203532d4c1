/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bindings of Xapian: documents, reading, writing, stems.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/xapian/xap.h"
#include "tests/unit/xap_fixture.h"

static void
documents_come_back(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_INIT;
	struct xap_doc *doc;
	uint32_t n, id;

	fixture_articles(f, "a", 1, 3);
	fixture_read(f, "a");
	ok(xap_db_count(f->db, &n, &f->err));
	assert_int_equal(n, 3);
	ok(xap_db_posting(f->db, "Q2", 2, 0, &id, &f->err));
	assert_int_equal(id, 2);
	ok(xap_db_document(f->db, id, &doc, &f->err));
	ok(xap_doc_data(doc, &b, &f->err));
	assert_string_equal(buf_str(&b), "text of article 2");
	buf_clear(&b);
	ok(xap_doc_value(doc, 0, &b, &f->err));
	ok(xap_doc_value(doc, 9, &b, &f->err));
	ok(xap_db_value(f->db, id, 1, &b, &f->err));
	ok(xap_db_data(f->db, 3, &b, &f->err));
	assert_string_equal(buf_str(&b), "00002" "" "even" "text of article 3");
	xap_doc_free(doc);
	expect(ST_NOTFOUND, xap_db_document(f->db, 4, &doc, &f->err));
	assert_null(doc);
	expect(ST_INVALID, xap_db_document(f->db, 0, &doc, &f->err));
	buf_clear(&b);
	ok(xap_db_data(f->db, 4, &b, &f->err));
	ok(xap_db_value(f->db, 4, 0, &b, &f->err));
	assert_int_equal(b.len, 0);
	buf_fini(&b);
}

static void
postings_and_positions(void **state)
{
	struct fixture *f = *state;
	struct xap_positions pos = { NULL, 0, 0 };
	struct xap_postings *postings;
	uint32_t n, id;

	fixture_articles(f, "a", 1, 8);
	fixture_read(f, "a");
	ok(xap_db_termfreq(f->db, "treaty", 6, &n, &f->err));
	assert_int_equal(n, 4);
	ok(xap_db_termfreq(f->db, "absent", 6, &n, &f->err));
	assert_int_equal(n, 0);
	for (id = 0, n = 0; xap_db_posting(f->db, "treaty", 6, id, &id, &f->err) == ST_OK; n++)
		assert_int_equal(id, 2 * n + 1);
	assert_int_equal(n, 4);
	expect(ST_NOTFOUND, xap_db_posting(f->db, "absent", 6, 0, &id, &f->err));
	expect(ST_NOTFOUND, xap_db_posting(f->db, "treaty", 6, UINT32_MAX, &id, &f->err));
	ok(xap_db_posting(f->db, "", 0, 5, &id, &f->err));
	assert_int_equal(id, 6);

	ok(xap_db_positions(f->db, 3, "embassy", 7, &pos, &f->err));
	assert_int_equal(pos.n, 2);
	assert_int_equal(pos.v[0], 2);
	assert_int_equal(pos.v[1], 12);
	ok(xap_db_positions(f->db, 2, "treaty", 6, &pos, &f->err));
	assert_int_equal(pos.n, 0);
	ok(xap_db_positions(f->db, 3, "Q3", 2, &pos, &f->err));
	assert_int_equal(pos.n, 0);
	free(pos.v);

	ok(xap_postings_open(&postings, f->db, "treaty", 6, &f->err));
	ok(xap_postings_skip(postings, 2, &id, &f->err));
	assert_int_equal(id, 3);
	ok(xap_postings_skip(postings, 3, &id, &f->err));
	assert_int_equal(id, 3);
	ok(xap_postings_next(postings, &id, &n, &f->err));
	assert_int_equal(id, 5);
	ok(xap_postings_skip(postings, 8, &id, &f->err));
	assert_int_equal(id, 0);
	ok(xap_postings_skip(postings, 9, &id, &f->err));
	assert_int_equal(id, 0);
	xap_postings_free(postings);
}

/* Many positions, added in two goes and not in order. */
static void
positions_grow(void **state)
{
	struct fixture *f = *state;
	struct xap_positions pos = { NULL, 0, 0 };
	uint32_t in[300];
	size_t i;
	struct xap_wdb *w;
	struct xap_doc *doc;

	for (i = 0; i < 300; i++)
		in[i] = (uint32_t)(i < 150 ? 1000 + 7 * i : 3 * (i - 150));
	ok(xap_doc_new(&doc, &f->err));
	ok(xap_doc_add(doc, "a\0b", 3, in, 150, 1, &f->err));
	ok(xap_doc_add(doc, "a\0b", 3, in + 150, 150, 1, &f->err));
	ok(xap_wdb_open(&w, fixture_path(f, "a"), XAP_CREATE, true, &f->err));
	ok(xap_wdb_add(w, doc, NULL, &f->err));
	ok(xap_wdb_commit(w, &f->err));
	xap_wdb_free(w);
	xap_doc_free(doc);
	fixture_read(f, "a");
	ok(xap_db_positions(f->db, 1, "a\0b", 3, &pos, &f->err));
	assert_int_equal(pos.n, 300);
	for (i = 0; i < 300; i++)
		assert_int_equal(pos.v[i], in[(i + 150) % 300]);
	free(pos.v);
}

static void
long_terms_are_refused_at_once(void **state)
{
	static const struct { size_t len, zeros; enum status want; } rows[] = {
		{ 1, 0, ST_OK }, { 0, 0, ST_INVALID }, { 245, 0, ST_OK }, { 246, 0, ST_INVALID },
		{ 240, 5, ST_OK }, { 240, 6, ST_INVALID }, { 122, 122, ST_OK }, { 123, 123, ST_INVALID },
		{ 9000, 0, ST_INVALID },
	};
	static char term[9000];
	struct fixture *f = *state;
	struct xap_query *q;
	struct xap_wdb *w;
	struct xap_doc *doc;
	uint32_t n;
	size_t i;

	ok(xap_doc_new(&doc, &f->err));
	ok(xap_wdb_open(&w, fixture_path(f, "a"), XAP_CREATE, true, &f->err));
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(term, 'x', sizeof(term));
		memset(term, 0, rows[i].zeros);
		expect(rows[i].want, xap_doc_add(doc, term, rows[i].len, NULL, 0, 1, &f->err));
		expect(rows[i].want, xap_query_term(&q, term, rows[i].len, 1, &f->err));
		xap_query_free(q);
		expect(rows[i].want, xap_wdb_replace(w, term, rows[i].len, doc, NULL, &f->err));
	}
	/* None of those refusals cost the writer its changes. */
	ok(xap_wdb_commit(w, &f->err));
	xap_wdb_free(w);
	xap_doc_free(doc);
	fixture_read(f, "a");
	ok(xap_db_count(f->db, &n, &f->err));
	assert_int_equal(n, 4);
	memset(term, 'x', sizeof(term));
	ok(xap_db_termfreq(f->db, term, 245, &n, &f->err));
	assert_int_equal(n, 3);
	expect(ST_INVALID, xap_db_termfreq(f->db, term, 246, &n, &f->err));
}

static void
term_lists(void **state)
{
	static const struct { const char *term; uint32_t wdf; } want[] = {
		{ "Q3", 0 }, { "ankara", 3 }, { "embassy", 2 }, { "treaty", 1 },
	};
	struct fixture *f = *state;
	struct xap_terms *t;
	const char *term;
	uint32_t freq;
	size_t len, i;

	fixture_articles(f, "a", 1, 12);
	fixture_read(f, "a");
	ok(xap_terms_open_doc(&t, f->db, 3, &f->err));
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		ok(xap_terms_next(t, &term, &len, &freq, &f->err));
		assert_int_equal(len, strlen(want[i].term));
		assert_memory_equal(term, want[i].term, len);
		assert_int_equal(freq, want[i].wdf);
	}
	ok(xap_terms_next(t, &term, &len, &freq, &f->err));
	assert_null(term);
	ok(xap_terms_next(t, &term, &len, &freq, &f->err));
	assert_null(term);
	xap_terms_free(t);

	ok(xap_terms_open(&t, f->db, "Q1", 2, &f->err));
	for (i = 0;; i++) {
		ok(xap_terms_next(t, &term, &len, &freq, &f->err));
		if (term == NULL)
			break;
		assert_int_equal(freq, 1);
		assert_memory_equal(term, "Q1", 2);
	}
	assert_int_equal(i, 4);      /* 1, 10, 11, 12 */
	xap_terms_free(t);
	expect(ST_NOTFOUND, xap_terms_open_doc(&t, f->db, 99, &f->err));
	assert_null(t);
}

static void
metadata(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_INIT;
	char key[300];
	struct xap_wdb *w;

	memset(key, 'k', sizeof(key));
	key[sizeof(key) - 1] = '\0';
	fixture_articles(f, "a", 1, 1);
	ok(xap_wdb_open(&w, fixture_path(f, "a"), XAP_OPEN, true, &f->err));
	ok(xap_wdb_set_metadata(w, "x", "a\0b", 3, &f->err));
	ok(xap_wdb_set_metadata(w, "y", "gone", 4, &f->err));
	ok(xap_wdb_set_metadata(w, "y", "", 0, &f->err));
	expect(ST_INVALID, xap_wdb_set_metadata(w, key, "v", 1, &f->err));
	expect(ST_INVALID, xap_wdb_set_metadata(w, "", "v", 1, &f->err));
	ok(xap_wdb_commit(w, &f->err));
	xap_wdb_free(w);
	fixture_read(f, "a");
	ok(xap_db_metadata(f->db, "x", &b, &f->err));
	assert_int_equal(b.len, 3);
	assert_memory_equal(b.data, "a\0b", 3);
	ok(xap_db_metadata(f->db, "y", &b, &f->err));
	ok(xap_db_metadata(f->db, "z", &b, &f->err));
	assert_int_equal(b.len, 3);
	buf_fini(&b);
}

static void
writer_changes(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_INIT;
	struct xap_wdb *w;
	struct xap_doc *doc;
	struct xap_db *view;
	uint32_t id, n;

	fixture_articles(f, "a", 1, 6);
	ok(xap_wdb_open(&w, fixture_path(f, "a"), XAP_OPEN, true, &f->err));
	ok(xap_doc_new(&doc, &f->err));
	fixture_document(doc, 70);
	ok(xap_wdb_replace(w, "Q4", 2, doc, &id, &f->err));
	assert_int_equal(id, 4);
	fixture_document(doc, 71);
	ok(xap_wdb_replace(w, "Q71", 3, doc, &id, &f->err));
	assert_int_equal(id, 7);
	expect(ST_NOTFOUND, xap_wdb_delete(w, 99, &f->err));
	ok(xap_wdb_delete(w, 1, &f->err));
	ok(xap_wdb_delete_term(w, "Q2", 2, &f->err));
	ok(xap_wdb_delete_term(w, "Qabsent", 7, &f->err));
	expect(ST_INVALID, xap_wdb_delete_term(w, "", 0, &f->err));

	/* The writer's own view has it all, a reader nothing before the commit. */
	ok(xap_wdb_reader(w, &view, &f->err));
	ok(xap_db_count(view, &n, &f->err));
	assert_int_equal(n, 5);
	ok(xap_db_data(view, 4, &b, &f->err));
	assert_string_equal(buf_str(&b), "text of article 70");
	xap_db_free(view);
	fixture_read(f, "a");
	ok(xap_db_count(f->db, &n, &f->err));
	assert_int_equal(n, 6);
	ok(xap_wdb_commit(w, &f->err));
	fixture_read(f, "a");
	ok(xap_db_count(f->db, &n, &f->err));
	assert_int_equal(n, 5);
	expect(ST_NOTFOUND, xap_db_posting(f->db, "Q4", 2, 0, &id, &f->err));
	xap_doc_free(doc);
	xap_wdb_free(w);
	buf_fini(&b);
}

/* A million positions of one term are no work: sorted for each one, as libxapian does it, they would take hours. */
static void
memory_positions(void **state)
{
	enum { MANY = 1000000 };
	struct fixture *f = *state;
	struct xap_positions pos = { malloc(MANY * sizeof(uint32_t)), MANY, 0 };
	struct buf value = BUF_INIT;
	struct xap_wdb *w;
	struct xap_doc *doc;
	struct xap_db *db;
	uint32_t id, freq, i;

	assert_non_null(pos.v);
	for (i = 0; i < MANY; i++)
		pos.v[i] = 2 * i + 1;
	ok(xap_wdb_memory(&w, &f->err));
	ok(xap_doc_new(&doc, &f->err));
	for (i = 1; i <= 2; i++) {
		ok(xap_doc_clear(doc, &f->err));
		ok(xap_doc_add(doc, "elm", 3, pos.v, i == 1 ? MANY : 2, i, &f->err));
		ok(xap_doc_add(doc, "bare", 4, NULL, 0, 1, &f->err));
		ok(xap_doc_set_value(doc, 3, i == 1 ? "one" : "two", 3, &f->err));
		ok(xap_wdb_add(w, doc, &id, &f->err));
		assert_int_equal(id, i);
	}
	ok(xap_wdb_reader(w, &db, &f->err));
	ok(xap_db_termfreq(db, "elm", 3, &freq, &f->err));
	assert_int_equal(freq, 2);
	ok(xap_db_positions(db, 1, "elm", 3, &pos, &f->err));
	assert_int_equal(pos.n, MANY);
	for (i = 0; i < MANY; i++)
		assert_int_equal(pos.v[i], 2 * i + 1);
	ok(xap_db_positions(db, 2, "elm", 3, &pos, &f->err));
	assert_int_equal(pos.n, 2);
	assert_int_equal(pos.v[1], 3);
	ok(xap_db_positions(db, 2, "bare", 4, &pos, &f->err));
	assert_int_equal(pos.n, 0);
	ok(xap_db_positions(db, 3, "elm", 3, &pos, &f->err));
	assert_int_equal(pos.n, 0);
	ok(xap_db_value(db, 2, 3, &value, &f->err));
	assert_string_equal(buf_str(&value), "two");
	xap_db_free(db);
	xap_doc_free(doc);
	xap_wdb_free(w);
	buf_fini(&value);
	free(pos.v);
}

static void
uncommitted_is_dropped(void **state)
{
	struct fixture *f = *state;
	struct xap_wdb *w;
	struct xap_doc *doc;
	uint32_t n;

	fixture_articles(f, "a", 1, 2);
	ok(xap_doc_new(&doc, &f->err));
	ok(xap_wdb_open(&w, fixture_path(f, "a"), XAP_OPEN, true, &f->err));
	fixture_document(doc, 3);
	ok(xap_wdb_add(w, doc, NULL, &f->err));
	ok(xap_wdb_commit(w, &f->err));
	fixture_document(doc, 4);
	ok(xap_wdb_add(w, doc, NULL, &f->err));
	xap_wdb_free(w);
	xap_doc_free(doc);
	fixture_read(f, "a");
	ok(xap_db_count(f->db, &n, &f->err));
	assert_int_equal(n, 3);
}

static void
opening(void **state)
{
	struct fixture *f = *state;
	const char *path;
	struct xap_wdb *w;
	FILE *out;

	path = fixture_path(f, "absent");
	expect(ST_NOTFOUND, xap_db_open(&f->db, &path, 1, &f->err));
	assert_null(f->db);
	expect(ST_INVALID, xap_db_open(&f->db, NULL, 0, &f->err));
	expect(ST_NOTFOUND, xap_wdb_open(&w, path, XAP_OPEN, true, &f->err));
	fixture_articles(f, "a", 1, 2);
	path = fixture_path(f, "a");
	expect(ST_IO, xap_wdb_open(&w, path, XAP_CREATE, true, &f->err));
	assert_null(w);
	ok(xap_wdb_open(&w, path, XAP_REPLACE, true, &f->err));
	ok(xap_wdb_commit(w, &f->err));
	xap_wdb_free(w);
	/* Another format: the version file of a much later Xapian. */
	out = fopen(fixture_path(f, "a/iamglass"), "r+b");
	assert_non_null(out);
	fseek(out, 14, SEEK_SET);
	fputs("\x7F\x7F", out);
	fclose(out);
	path = fixture_path(f, "a");
	expect(ST_VERSION, xap_db_open(&f->db, &path, 1, &f->err));
}

static void
several_at_once(void **state)
{
	struct fixture *f = *state;
	char one[FIXTURE_PATH_MAX], two[FIXTURE_PATH_MAX];
	const char *paths[] = { one, two };
	struct buf b = BUF_INIT;
	uint32_t n, id;

	fixture_articles(f, "a", 1, 4);
	strcpy(one, f->path);
	fixture_articles(f, "b", 5, 8);
	strcpy(two, f->path);
	ok(xap_db_open(&f->db, paths, 2, &f->err));
	ok(xap_db_count(f->db, &n, &f->err));
	assert_int_equal(n, 8);
	ok(xap_db_termfreq(f->db, "treaty", 6, &n, &f->err));
	assert_int_equal(n, 4);
	ok(xap_db_posting(f->db, "Q7", 2, 0, &id, &f->err));
	ok(xap_db_data(f->db, id, &b, &f->err));
	assert_string_equal(buf_str(&b), "text of article 7");
	buf_fini(&b);
}

static void
compaction_keeps_the_order(void **state)
{
	struct fixture *f = *state;
	char one[FIXTURE_PATH_MAX], two[FIXTURE_PATH_MAX], three[FIXTURE_PATH_MAX];
	const char *paths[] = { three, one, two };
	struct buf b = BUF_INIT;
	char want[40];
	struct xap_wdb *w;
	uint64_t errors;
	uint32_t id;

	fixture_articles(f, "a", 1, 40);
	strcpy(one, f->path);
	fixture_articles(f, "b", 41, 50);
	strcpy(two, f->path);
	fixture_articles(f, "c", 51, 60);
	strcpy(three, f->path);
	ok(xap_wdb_open(&w, one, XAP_OPEN, false, &f->err));
	ok(xap_wdb_delete_term(w, "Q7", 2, &f->err));
	ok(xap_wdb_set_metadata(w, "k", "v", 1, &f->err));
	ok(xap_wdb_commit(w, &f->err));
	xap_wdb_free(w);

	ok(xap_compact(paths, 3, fixture_path(f, "all"), XAP_COMPACT_FULL, &f->err));
	expect(ST_INVALID, xap_compact(paths, 3, f->path, XAP_COMPACT_STANDARD, &f->err));
	expect(ST_INVALID, xap_compact(paths, 0, fixture_path(f, "none"), XAP_COMPACT_STANDARD, &f->err));
	fixture_read(f, "all");
	for (id = 1; id <= 60; id++) {
		if (id == 17)      /* article 7 was removed; its number stays empty */
			continue;
		buf_clear(&b);
		snprintf(want, sizeof(want), "text of article %u", id <= 10 ? id + 50 : id - 10);
		ok(xap_db_data(f->db, id, &b, &f->err));
		assert_string_equal(buf_str(&b), want);
	}
	buf_clear(&b);
	ok(xap_db_metadata(f->db, "k", &b, &f->err));
	assert_string_equal(buf_str(&b), "v");
	buf_clear(&b);
	ok(xap_check(fixture_path(f, "all"), &b, &errors, &f->err));
	assert_int_equal(errors, 0);
	buf_fini(&b);
}

static void
stems(void **state)
{
	static const struct { const char *lang, *word, *stem; } rows[] = {
		{ "en", "sanctions", "sanction" }, { "english", "negotiating", "negoti" },
		{ "fr", "ambassadeurs", "ambassadeur" }, { "tr", "antlaşmalar", "antlaşma" },
		{ "ru", "переговоры", "переговор" }, { "en", "", "" },
	};
	static const char *const unknown[] = { "xx", "", "none", "English" };
	struct fixture *f = *state;
	struct buf b = BUF_INIT;
	struct xap_stem *s;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ok(xap_stem_new(&s, rows[i].lang, &f->err));
		ok(xap_stem_word(s, rows[i].word, strlen(rows[i].word), &b, &f->err));
		assert_string_equal(buf_str(&b), rows[i].stem);
		xap_stem_free(s);
	}
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		expect(ST_NOTFOUND, xap_stem_new(&s, unknown[i], &f->err));
		assert_null(s);
	}
	buf_fini(&b);
}

static void
freeing_nothing(void **state)
{
	(void)state;
	xap_doc_free(NULL);
	xap_db_free(NULL);
	xap_wdb_free(NULL);
	xap_query_free(NULL);
	xap_enquire_free(NULL);
	xap_terms_free(NULL);
	xap_stem_free(NULL);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(documents_come_back),
		TEST(postings_and_positions),
		TEST(positions_grow),
		TEST(long_terms_are_refused_at_once),
		TEST(term_lists),
		TEST(metadata),
		TEST(writer_changes),
		TEST(memory_positions), TEST(uncommitted_is_dropped),
		TEST(opening),
		TEST(several_at_once),
		TEST(compaction_keeps_the_order),
		TEST(stems),
		TEST(freeing_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
