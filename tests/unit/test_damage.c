/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An index that contradicts itself in one place: what the proof of it says,
 * and what a search and a GET still show. The tables are sound, so it is not
 * libxapian that notices.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/search/search.h"
#include "engine/store/neardup.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"
#include "engine/store/sealed.h"
#include "indexer/proof/deep.h"
#include "tests/unit/index_fixture.h"

#define A "a.txt"
#define B "b.txt"

struct kit {
	struct index_fixture index;
	struct xap_db *db;        /* what the writer sees */
	uint32_t a, b;            /* document numbers */
};

static uint32_t
number_of(struct kit *k, const char *term)
{
	uint32_t docid;

	assert_int_equal(xap_db_posting(k->db, term, strlen(term), 0, &docid, NULL), ST_OK);
	return docid;
}

static int
set_up(void **state)
{
	struct kit *k = calloc(1, sizeof(*k));

	assert_non_null(k);
	index_init(&k->index);
	index_add(&k->index, A, "2025-03-27", "Wire", "Talks resume", "the envoy spoke of sanctions in Ankara");
	index_add(&k->index, B, "2025-03-28", "Post", "Markets fall", "the price of sanctions and of oil");
	index_add(&k->index, "c.txt", "", "Post", "Harvest", "grain was sold");
	index_commit(&k->index);
	index_switch(&k->index);
	assert_int_equal(xap_wdb_reader(k->index.wdb, &k->db, NULL), ST_OK);
	k->a = number_of(k, "Qa.txt");
	k->b = number_of(k, "Qb.txt");
	*state = k;
	return 0;
}

static int
tear_down(void **state)
{
	struct kit *k = *state;

	xap_db_free(k->db);
	index_fini(&k->index);
	free(k);
	return 0;
}

/* Proves the last commit: exactly the faults that begin with WANT, N of them. */
static void
proves(struct kit *k, const char *want, unsigned n)
{
	struct faults *faults;
	struct store *s;
	struct error err;
	const char *text;
	unsigned found = 0;
	size_t at = 0;

	index_commit(&k->index);
	assert_int_equal(faults_new(&faults, &err), ST_OK);
	assert_int_equal(store_open(&s, k->index.dir, &err), ST_OK);
	assert_int_equal(deep_check(k->index.dir, s, faults, &err), ST_OK);
	while ((text = faults_next(faults, &at)) != NULL) {
		if (strncmp(text, want, strlen(want)) != 0)
			fail_msg("an unexpected fault: %s", text);
		found++;
	}
	assert_int_equal(found, n);
	assert_int_equal(faults_count(faults), n);
	store_free(s);
	faults_free(faults);
}

/* What a search for sanctions and a GET of A and B show now: A's snippet, and how many warnings. */
static void
shows(struct kit *k, const char *snippet, size_t rows, size_t warnings, enum status get_a)
{
	struct search_options opt = search_defaults;
	struct search_result r;
	struct searcher *s;
	struct article article;
	struct error err;
	size_t i;

	assert_int_equal(searcher_new(&s, k->index.dir, &err), ST_OK);
	assert_int_equal(search_run(s, "sanctions", 9, &opt, &r, &err), ST_OK);
	assert_int_equal(r.nrows, rows);
	assert_int_equal(r.nnotes, warnings);
	for (i = 0; i < r.nnotes; i++) {
		assert_int_equal(r.notes[i].letter, 'W');
		assert_true(r.notes[i].damage);
	}
	for (i = 0; i < r.nrows; i++) {
		bool is_a = strcmp(r.rows[i].id, A) == 0;

		assert_string_equal(r.rows[i].title, is_a ? "Talks resume" : "Markets fall");
		assert_string_equal(r.rows[i].source, is_a ? "Wire" : "Post");
		assert_string_equal(r.rows[i].snippet, is_a ? snippet :
				    "the price of <b>sanctions</b> and of oil");
	}
	article_init(&article);
	assert_int_equal(search_get(s, A, strlen(A), NULL, &article, &err), get_a);
	if (get_a != ST_OK)
		assert_non_null(strstr(err.text, "\"" A "\""));
	assert_int_equal(search_get(s, B, strlen(B), NULL, &article, &err), ST_OK);
	article_fini(&article);
	searcher_free(s);
}

#define A_SNIPPET "the envoy spoke of <b>sanctions</b> in Ankara"

static void
test_sound(void **state)
{
	proves(*state, "", 0);
	shows(*state, A_SNIPPET, 2, 0, ST_OK);
}

/* Builds the document of A anew into the fixture's, to be changed. */
static struct xap_doc *
made_again(struct kit *k)
{
	struct article a;

	article_init(&a);
	buf_adds(&a.field[ART_ID], A);
	buf_adds(&a.field[ART_DATE], "2025-03-27");
	buf_adds(&a.field[ART_SOURCE], "Wire");
	buf_adds(&a.field[ART_TITLE], "Talks resume");
	assert_int_equal(article_add_para(&a, "the envoy spoke of sanctions in Ankara", 38, PARA_TEXT), ST_OK);
	assert_int_equal(document_build(k->index.builder, &a, k->index.doc, NULL), ST_OK);
	article_fini(&a);
	return k->index.doc;
}

static void
put_back(struct kit *k, struct xap_doc *doc)
{
	uint32_t docid;

	assert_int_equal(xap_wdb_replace(k->index.wdb, "Qa.txt", 6, doc, &docid, NULL), ST_OK);
	assert_int_equal(docid, k->a);
}

/* The text of B is stored in the place of that of A. */
static void
test_other_text(void **state)
{
	struct kit *k = *state;
	struct xap_doc *doc = made_again(k);
	struct buf data = BUF_INIT;

	assert_int_equal(xap_db_data(k->db, k->b, &data, NULL), ST_OK);
	assert_int_equal(xap_doc_set_data(doc, data.data, data.len, NULL), ST_OK);
	put_back(k, doc);
	proves(k, "article \"" A "\": a stored article is damaged", 1);
	shows(k, "", 2, 1, ST_CORRUPT);
	buf_fini(&data);
}

/* All of B, its row and its hash as well, stands where the terms are those of A. */
static void
test_other_article(void **state)
{
	static const unsigned slots[] = { SLOT_OLDEST, SLOT_NEWEST, SLOT_ROW, SLOT_CONTENT };
	struct kit *k = *state;
	struct xap_doc *doc = made_again(k);
	struct article article;
	struct searcher *s;
	struct buf v = BUF_INIT;
	struct error err;
	size_t i;

	assert_int_equal(xap_db_data(k->db, k->b, &v, NULL), ST_OK);
	assert_int_equal(xap_doc_set_data(doc, v.data, v.len, NULL), ST_OK);
	for (i = 0; i < 4; i++) {
		buf_clear(&v);
		assert_int_equal(xap_db_value(k->db, k->b, slots[i], &v, NULL), ST_OK);
		assert_int_equal(xap_doc_set_value(doc, slots[i], v.data, v.len, NULL), ST_OK);
	}
	put_back(k, doc);
	proves(k, "article \"" B "\": its list of terms is not that of its text", 1);
	assert_int_equal(searcher_new(&s, k->index.dir, &err), ST_OK);
	article_init(&article);
	assert_int_equal(search_get(s, A, strlen(A), NULL, &article, &err), ST_CORRUPT);
	article_fini(&article);
	searcher_free(s);
	buf_fini(&v);
}

/* A and B are said to be copies of one text. */
static void
make_copies(struct kit *k)
{
	char key[NEARDUP_KEY_MAX], list[32];
	const uint32_t docid[2] = { k->a, k->b };
	size_t i;

	snprintf(list, sizeof(list), "%u %u", (unsigned)k->a, (unsigned)k->b);
	neardup_group_key(key, 1);
	assert_int_equal(sealed_put(k->index.wdb, key, list, strlen(list), NULL), ST_OK);
	for (i = 0; i < 2; i++) {
		neardup_key(key, docid[i]);
		assert_int_equal(sealed_put(k->index.wdb, key, "1", 1, NULL), ST_OK);
	}
}

/* A copy whose text is damaged is left out of B's versions, and that is told. */
static void
test_copy(void **state)
{
	struct kit *k = *state;
	struct version_result r;
	struct searcher *s;
	struct error err;

	make_copies(k);
	index_commit(&k->index);
	assert_int_equal(searcher_new(&s, k->index.dir, &err), ST_OK);
	assert_int_equal(search_versions(s, B, strlen(B), &search_defaults, &r, &err), ST_OK);
	assert_int_equal(r.nrows, 2);
	assert_string_equal(r.rows[0].id, A);
	assert_int_equal(r.nnotes, 0);
	searcher_free(s);
	assert_int_equal(xap_doc_set_data(made_again(k), "x", 1, NULL), ST_OK);
	put_back(k, k->index.doc);
	index_commit(&k->index);
	assert_int_equal(searcher_new(&s, k->index.dir, &err), ST_OK);
	assert_int_equal(search_versions(s, B, strlen(B), &search_defaults, &r, &err), ST_OK);
	assert_int_equal(r.nrows, 1);
	assert_string_equal(r.rows[0].id, B);
	assert_int_equal(r.nnotes, 1);
	assert_true(r.notes[0].damage);
	assert_string_equal(r.notes[0].text, "1 copy is damaged and left out");
	assert_int_equal(search_versions(s, A, strlen(A), &search_defaults, &r, &err), ST_CORRUPT);
	/* The list of the group has a document that is not there. */
	assert_int_equal(xap_wdb_delete(k->index.wdb, k->a, NULL), ST_OK);
	index_commit(&k->index);
	assert_int_equal(searcher_refresh(s, &(bool){ false }, &err), ST_OK);
	assert_int_equal(search_versions(s, B, strlen(B), &search_defaults, &r, &err), ST_OK);
	assert_int_equal(r.nrows, 1);
	assert_int_equal(r.nnotes, 1);
	searcher_free(s);
}

static void
test_row(void **state)
{
	struct kit *k = *state;
	struct buf v = BUF_INIT;

	assert_int_equal(xap_db_value(k->db, k->a, SLOT_ROW, &v, NULL), ST_OK);
	v.data[v.len / 2] ^= 4;
	assert_int_equal(xap_wdb_set_value(k->index.wdb, k->a, SLOT_ROW, v.data, v.len, NULL), ST_OK);
	proves(k, "article \"" A "\": its row of results is", 1);
	shows(k, "", 2, 1, ST_OK);
	buf_fini(&v);
}

/* Nothing of A can be shown: the page goes on without it. */
static void
test_row_and_text(void **state)
{
	struct kit *k = *state;
	struct xap_doc *doc = made_again(k);

	assert_int_equal(xap_doc_set_data(doc, "x", 1, NULL), ST_OK);
	assert_int_equal(xap_doc_set_value(doc, SLOT_ROW, "y", 1, NULL), ST_OK);
	put_back(k, doc);
	proves(k, "article \"" A "\": a stored article is damaged", 1);
	shows(k, NULL, 1, 1, ST_CORRUPT);
}

static void
test_terms(void **state)
{
	struct kit *k = *state;
	struct xap_doc *doc = made_again(k);
	uint32_t pos = 3;

	assert_int_equal(xap_doc_add(doc, "oil", 3, &pos, 1, 1, NULL), ST_OK);
	put_back(k, doc);
	proves(k, "article \"" A "\": its list of terms is not that of its text", 1);
	doc = made_again(k);
	assert_int_equal(xap_doc_add(doc, "sanctions", 9, NULL, 0, 1, NULL), ST_OK);
	put_back(k, doc);
	proves(k, "article \"" A "\": its list of terms is not that of its text", 1);
}

static void
test_positions(void **state)
{
	struct kit *k = *state;
	struct xap_doc *doc = made_again(k);
	uint32_t pos = 4000;

	assert_int_equal(xap_doc_add(doc, "sanctions", 9, &pos, 1, 0, NULL), ST_OK);
	put_back(k, doc);
	proves(k, "article \"" A "\": its positions are not those of its text", 1);
}

static void
test_date(void **state)
{
	struct kit *k = *state;

	assert_int_equal(xap_wdb_set_value(k->index.wdb, k->a, SLOT_NEWEST, "79749671999999a.txt", 19, NULL), ST_OK);
	proves(k, "article \"" A "\": its place in the order by date is not that of its date", 1);
}

static void
test_origin(void **state)
{
	struct kit *k = *state;
	struct content content;
	struct buf v = BUF_INIT;

	assert_int_equal(xap_db_value(k->db, k->a, SLOT_CONTENT, &v, NULL), ST_OK);
	assert_int_equal(row_unpack_content(v.data, v.len, &content), ST_OK);
	content.origin = 7;
	buf_clear(&v);
	row_pack_content(&v, &content);
	assert_int_equal(xap_wdb_set_value(k->index.wdb, k->a, SLOT_CONTENT, v.data, v.len, NULL), ST_OK);
	proves(k, "article \"" A "\": the file that it came from (origin.7) is not known", 1);
	assert_int_equal(sealed_put(k->index.wdb, "origin.7", "/x/a.txt", 8, NULL), ST_OK);
	proves(k, "", 0);
	buf_fini(&v);
}

/* One with a long id for each article of a large index: all are named. */
static void
every_fault_is_told(void **state)
{
	struct faults *faults;
	struct error err;
	size_t at = 0, told = 0;
	int i;

	(void)state;
	assert_int_equal(faults_new(&faults, &err), ST_OK);
	for (i = 0; i < 50000; i++)
		faults_add(faults, "article \"%0240d\": its stored text is damaged", i);
	while (faults_next(faults, &at) != NULL)
		told++;
	assert_int_equal(told, faults_count(faults));
	faults_free(faults);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sound, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_other_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_other_article, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_copy, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_row, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_row_and_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_terms, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_positions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_date, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_origin, set_up, tear_down),
		cmocka_unit_test(every_fault_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
