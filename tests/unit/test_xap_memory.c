/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bindings of Xapian when memory runs out while reading: every call is made with its
 * first allocation failing, its second, and so on until it passes untouched.
 * It must answer ST_NOMEM (or do without), and the handles must be as good as
 * before: the same call then gives what it gave at first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/xapian/xap.h"
#include "tests/unit/fault.h"
#include "tests/unit/xap_fixture.h"

#define NTH_MAX 20000     /* more allocations than any of these calls makes */

/* What the calls work on. */
struct bench {
	struct fixture *f;
	/* No phrase in it: libxapian 1.4.22 frees the postings of one twice when
	 * memory runs out just as it sets their positions side by side. */
	struct xap_query *query;
	struct xap_enquire *enquire;
	struct xap_stem *stem;
	char path[FIXTURE_PATH_MAX], other[FIXTURE_PATH_MAX];
	struct buf out;                 /* what the call found */
	unsigned round;
};

typedef enum status call(struct bench *b, struct error *err);

#define TRY(expr) do { \
		enum status st_ = (expr); \
		if (st_ != ST_OK) \
			return st_; \
	} while (0)

static enum status
note(struct bench *b, uint64_t number, struct error *err)
{
	buf_addf(&b->out, "%llu ", (unsigned long long)number);
	if (buf_status(&b->out) != ST_OK)
		return error_set(err, ST_NOMEM, "no memory for the result");
	return ST_OK;
}

/* ---- reading ---- */

static enum status
call_doc(struct bench *b, struct error *err)
{
	static const uint32_t pos[] = { 3, 4, 9 };
	struct xap_doc *doc;
	enum status st;

	TRY(xap_doc_new(&doc, err));
	st = xap_doc_add(doc, "a term that is not short at all", 31, pos, 3, 1, err);
	if (st == ST_OK)
		st = xap_doc_add(doc, "Qa term without any positions", 29, NULL, 0, 0, err);
	if (st == ST_OK)
		st = xap_doc_set_value(doc, 3, "a value that is not short at all", 32, err);
	if (st == ST_OK)
		st = xap_doc_set_data(doc, "data that is not short at all", 29, err);
	if (st == ST_OK)
		st = xap_doc_value(doc, 3, &b->out, err);
	if (st == ST_OK)
		st = xap_doc_data(doc, &b->out, err);
	if (st == ST_OK)
		st = xap_doc_clear(doc, err);
	xap_doc_free(doc);
	return st;
}

static enum status
call_open(struct bench *b, struct error *err)
{
	const char *paths[] = { b->path, b->other };
	struct xap_db *db;
	enum status st;
	uint32_t n = 0;

	TRY(xap_db_open(&db, paths, 2, err));
	st = xap_db_count(db, &n, err);
	xap_db_free(db);
	TRY(st);
	return note(b, n, err);
}

static enum status
call_frequencies(struct bench *b, struct error *err)
{
	static const char term[] = "a term that is longer than a small string holds";
	uint32_t n;

	TRY(xap_db_termfreq(b->f->db, term, sizeof(term) - 1, &n, err));
	TRY(note(b, n, err));
	TRY(xap_db_termfreq(b->f->db, "embassy", 7, &n, err));
	TRY(note(b, n, err));
	TRY(xap_db_posting(b->f->db, "treaty", 6, 4, &n, err));
	return note(b, n, err);
}

static enum status
call_document(struct bench *b, struct error *err)
{
	struct xap_doc *doc;
	enum status st;

	TRY(xap_db_document(b->f->db, 2, &doc, err));
	st = xap_doc_data(doc, &b->out, err);
	if (st == ST_OK)
		st = xap_doc_value(doc, 0, &b->out, err);
	xap_doc_free(doc);
	TRY(st);
	TRY(xap_db_data(b->f->db, 3, &b->out, err));
	return xap_db_value(b->f->db, 3, 0, &b->out, err);
}

static enum status
call_positions(struct bench *b, struct error *err)
{
	struct xap_positions pos = { NULL, 0, 0 };
	enum status st = xap_db_positions(b->f->db, 3, "embassy", 7, &pos, err);
	size_t i;

	for (i = 0; st == ST_OK && i < pos.n; i++)
		st = note(b, pos.v[i], err);
	free(pos.v);
	return st;
}

static enum status
call_metadata(struct bench *b, struct error *err)
{
	return xap_db_metadata(b->f->db, "a key that is longer than a small string", &b->out, err);
}

static enum status
all_terms(struct bench *b, struct xap_terms *t, struct error *err)
{
	const char *term;
	uint32_t freq;
	size_t len;

	for (;;) {
		TRY(xap_terms_next(t, &term, &len, &freq, err));
		if (term == NULL)
			return ST_OK;
		TRY(note(b, len + freq, err));
	}
}

static enum status
call_terms(struct bench *b, struct error *err)
{
	struct xap_terms *t;
	enum status st;

	TRY(xap_terms_open(&t, b->f->db, "Q1", 2, err));
	st = all_terms(b, t, err);
	xap_terms_free(t);
	TRY(st);
	TRY(xap_terms_open_doc(&t, b->f->db, 3, err));
	st = all_terms(b, t, err);
	xap_terms_free(t);
	return st;
}

static enum status
call_check(struct bench *b, struct error *err)
{
	uint64_t errors;

	TRY(xap_check(b->other, &b->out, &errors, err));
	return note(b, errors, err);
}

static enum status
call_compact(struct bench *b, struct error *err)
{
	const char *paths[] = { b->path, b->other };
	char dest[FIXTURE_PATH_MAX + 16];

	snprintf(dest, sizeof(dest), "%s-%u", b->path, b->round++);
	return xap_compact(paths, 2, dest, XAP_COMPACT_STANDARD, err);
}

/* ---- queries ---- */

static enum status
even(void *arg, uint32_t docid, bool *holds, struct error *err)
{
	(void)arg;
	(void)err;
	*holds = docid % 2 == 0;
	return ST_OK;
}

/* One of each kind, joined by OR as each is made. */
static enum status
call_queries(struct bench *b, struct error *err)
{
	static const struct xap_deadline never = { 0, NULL, NULL };
	static const uint32_t docids[] = { 1, 3 };
	struct xap_query *q = NULL, *ops[10] = { NULL };
	enum status st;
	size_t n = 0, i;

	st = xap_query_term(&ops[n++], "a term that is longer than a small string", 40, 1, err);
	if (st == ST_OK)
		st = xap_query_all(&ops[n++], err);
	if (st == ST_OK)
		st = xap_query_none(&ops[n++], err);
	if (st == ST_OK)
		st = xap_query_range(&ops[n++], 0, "a bound longer than a small string", 34, "b", 1, err);
	if (st == ST_OK)
		st = xap_query_range(&ops[n++], 0, "a bound longer than a small string", 34, NULL, 0, err);
	if (st == ST_OK)
		st = xap_query_wildcard(&ops[n++], "a prefix longer than a small string", 35, 10, err);
	if (st == ST_OK)
		st = xap_query_docids(&ops[n++], docids, 2, err);
	if (st == ST_OK)
		st = xap_query_condition(&ops[n++], even, NULL, err);
	if (st == ST_OK)
		st = xap_query_copy(&ops[n++], b->query, err);
	if (st != ST_OK) {
		for (i = 0; i < n; i++)
			xap_query_free(ops[i]);
		return st;
	}
	TRY(xap_query_join_take(&q, XAP_OR, ops, n, 0, err));
	TRY(xap_query_scale_take(&q, q, 2.0, err));
	TRY(xap_query_clock_take(&q, q, &never, err));
	st = xap_query_describe(q, &b->out, err);
	xap_query_free(q);
	return st;
}

static enum status
run(struct bench *b, struct xap_enquire *e, struct error *err)
{
	struct xap_hits hits;
	size_t i;

	TRY(xap_enquire_run(e, 0, 10, 100, &hits, err));
	for (i = 0; i < hits.n; i++)
		TRY(note(b, hits.hit[i].docid, err));
	return note(b, hits.estimated, err);
}

static enum status
call_enquire(struct bench *b, struct error *err)
{
	static const struct xap_bm25 bm25 = { 1.2, 0.75, 0, 1, 0.5 };
	struct xap_enquire *e;
	enum status st;

	TRY(xap_enquire_new(&e, b->f->db, err));
	st = xap_enquire_set_query(e, b->query, err);
	if (st == ST_OK)
		st = xap_enquire_set_boolean(e, err);
	if (st == ST_OK)
		st = xap_enquire_set_bm25(e, &bm25, err);
	if (st == ST_OK)
		st = xap_enquire_set_sort(e, XAP_SORT_RELEVANCE_VALUE, 0, true, err);
	if (st == ST_OK)
		st = run(b, e, err);
	xap_enquire_free(e);
	return st;
}

static enum status
call_run(struct bench *b, struct error *err)
{
	return run(b, b->enquire, err);
}

static enum status
call_stem(struct bench *b, struct error *err)
{
	struct xap_stem *s;
	enum status st;

	TRY(xap_stem_new(&s, "fr", err));
	st = xap_stem_word(s, "internationalisations", 21, &b->out, err);
	xap_stem_free(s);
	TRY(st);
	return xap_stem_word(b->stem, "internationalisations", 21, &b->out, err);
}

static enum status
call_open_writer(struct bench *b, struct error *err)
{
	struct xap_wdb *w;

	TRY(xap_wdb_open(&w, b->other, XAP_OPEN, false, err));
	xap_wdb_free(w);
	return ST_OK;
}

/* ---- the tests ---- */

static void
bench_init(struct bench *b, struct fixture *f)
{
	static const struct xap_deadline never = { 0, NULL, NULL };
	struct xap_query *ops[3];

	memset(b, 0, sizeof(*b));
	b->f = f;
	fixture_articles(f, "other", 41, 42);
	strcpy(b->other, f->path);
	fixture_articles(f, "a", 1, 12);
	strcpy(b->path, f->path);
	fixture_read(f, "a");
	ok(xap_query_term(&ops[0], "embassy", 7, 1, &f->err));
	ok(xap_query_term(&ops[1], "treaty", 6, 1, &f->err));
	ok(xap_query_join_take(&ops[0], XAP_AND, ops, 2, 0, &f->err));
	ok(xap_query_wildcard(&ops[1], "Q1", 2, 3, &f->err));
	ok(xap_query_range(&ops[2], 0, "00006", 5, "00007", 5, &f->err));
	ok(xap_query_join_take(&b->query, XAP_OR, ops, 3, 0, &f->err));
	ok(xap_query_clock_take(&b->query, b->query, &never, &f->err));
	ok(xap_enquire_new(&b->enquire, f->db, &f->err));
	ok(xap_enquire_set_query(b->enquire, b->query, &f->err));
	ok(xap_stem_new(&b->stem, "en", &f->err));
}

static void
bench_fini(struct bench *b)
{
	xap_query_free(b->query);
	xap_enquire_free(b->enquire);
	xap_stem_free(b->stem);
	buf_fini(&b->out);
}

static void
fail_at_each(struct bench *b, const char *name, call *fn, unsigned stride, enum fault_kind kind)
{
	struct fixture *f = b->f;
	struct buf first;
	enum status st;
	bool refused = true;
	unsigned nth;

	buf_clear(&b->out);
	ok(fn(b, &f->err));
	first = b->out;
	buf_init(&b->out);
	for (nth = 1; refused && nth < NTH_MAX; nth += stride) {
		buf_fini(&b->out);
		memset(&f->err, 0, sizeof(f->err));
		fault_arm(nth, kind);
		st = fn(b, &f->err);
		refused = fault_disarm();
		if (st != ST_OK && (st != ST_NOMEM || !refused || f->err.text[0] == '\0'))
			fail_msg("%s, allocation %u: %s (%s)", name, nth, error_status_name(st), f->err.text);
		buf_fini(&b->out);
		ok(fn(b, &f->err));
		assert_string_equal(buf_str(&b->out), buf_str(&first));
	}
	assert_false(refused);
	buf_fini(&first);
}

static void
readers_survive(void **state)
{
	/* Compaction waits for the disk, so not each of its allocations is tried. */
	static const struct { const char *name; call *fn; unsigned stride; } rows[] = {
		{ "doc", call_doc, 1 }, { "open", call_open, 1 },
		{ "frequencies", call_frequencies, 1 }, { "document", call_document, 1 },
		{ "positions", call_positions, 1 }, { "metadata", call_metadata, 1 },
		{ "terms", call_terms, 1 }, { "check", call_check, 1 }, { "compact", call_compact, 11 },
		{ "queries", call_queries, 1 }, { "enquire", call_enquire, 1 }, { "run", call_run, 1 },
		{ "stem", call_stem, 1 }, { "open writer", call_open_writer, 1 },
	};
	struct bench b;
	size_t i;

	bench_init(&b, *state);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fail_at_each(&b, rows[i].name, rows[i].fn, rows[i].stride, FAULT_ONCE);
		fail_at_each(&b, rows[i].name, rows[i].fn, rows[i].stride, FAULT_ON);
	}
	bench_fini(&b);
}

/* For the leak checker: libxapian loses memory of its own when a match or a
 * compaction of its is cut short like this. What we allocate is still checked. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libxapian\n";
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(readers_survive, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
