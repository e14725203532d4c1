/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bindings of Xapian when memory runs out: every call is made with its
 * first allocation failing, its second, and so on until it passes untouched.
 * It must answer ST_NOMEM (or do without), and the handles must be as good as
 * before: the same call then gives what it gave at first.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/xap.h"
#include "tests/unit/fault.h"
#include "tests/unit/xap_fixture.h"

#define NTH_MAX 20000     /* more allocations than any of these calls makes */

/* What the calls work on. */
struct bench {
	struct fixture *f;
	struct xap_doc *doc;
	/* No phrase in it: libxapian 1.4.22 frees the postings of one twice when
	 * memory runs out just as it sets their positions side by side. */
	struct xap_query *query;
	struct xap_enquire *enquire;
	struct xap_stem *stem;
	struct xap_wdb *w;
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
call_reopen(struct bench *b, struct error *err)
{
	bool changed;

	TRY(xap_db_reopen(b->f->db, &changed, err));
	return note(b, changed, err);
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
	uint32_t *pos = NULL;
	size_t cap = 0, n, i;
	enum status st = xap_db_positions(b->f->db, 3, "embassy", 7, &pos, &cap, &n, err);

	for (i = 0; st == ST_OK && i < n; i++)
		st = note(b, pos[i], err);
	free(pos);
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

/* One of each kind, joined by OR as each is made. */
static enum status
call_queries(struct bench *b, struct error *err)
{
	static const struct xap_deadline never = { 0, NULL, NULL };
	static const uint32_t docids[] = { 1, 3 };
	struct xap_query *q = NULL, *ops[9] = { NULL };
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

/* ---- writing ---- */

static enum status
call_add(struct bench *b, struct error *err)
{
	return xap_wdb_add(b->w, b->doc, NULL, err);
}

static enum status
call_replace(struct bench *b, struct error *err)
{
	return xap_wdb_replace(b->w, "Q2", 2, b->doc, NULL, err);
}

static enum status
call_delete(struct bench *b, struct error *err)
{
	return xap_wdb_delete(b->w, 1, err);
}

static enum status
call_delete_term(struct bench *b, struct error *err)
{
	return xap_wdb_delete_term(b->w, "treaty", 6, err);
}

static enum status
call_set_metadata(struct bench *b, struct error *err)
{
	return xap_wdb_set_metadata(b->w, "a key that is not short at all", "v", 1, err);
}

static enum status
call_commit(struct bench *b, struct error *err)
{
	return xap_wdb_commit(b->w, err);
}

static enum status
call_view(struct bench *b, struct error *err)
{
	struct xap_db *view;
	enum status st;
	uint32_t n;

	TRY(xap_wdb_reader(b->w, &view, err));
	st = xap_db_termfreq(view, "embassy", 7, &n, err);
	xap_db_free(view);
	return st;
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
	ok(xap_doc_new(&b->doc, &f->err));
	fixture_document(b->doc, 77);
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
	xap_doc_free(b->doc);
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
			fail_msg("%s, allocation %u: %s (%s)", name, nth, status_name(st), f->err.text);
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
		{ "doc", call_doc, 1 }, { "open", call_open, 1 }, { "reopen", call_reopen, 1 },
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

/* One change with its NTH allocation failing. Exits 0 if none failed after all,
 * 1 if all went as it should; whatever else is a failure. */
static void
change_in_child(struct bench *b, const char *name, call *fn, unsigned nth, enum fault_kind kind)
{
	struct fixture *f = b->f;
	enum status st;
	bool refused;

	fault_arm(nth, kind);
	st = fn(b, &f->err);
	refused = fault_disarm();
	if (st != ST_OK && (st != ST_NOMEM || !refused)) {
		print_error("%s, allocation %u: %s (%s)\n", name, nth, status_name(st), f->err.text);
		_exit(2);
	}
	/* A writer that lost changes does not commit the rest. */
	if (st != ST_OK && fn != call_view && fn != call_delete &&
	    xap_wdb_commit(b->w, &f->err) != ST_NOMEM)
		_exit(3);
	fault_arm(1, FAULT_ON);      /* the end of a handle makes do without memory */
	xap_wdb_free(b->w);
	fault_disarm();
	_exit(refused);
}

/* Says whether an allocation failed. What was committed before must be there
 * after, and nothing else unless it is a commit. It runs in a child, since
 * libxapian 1.4.22 calls std::terminate when memory runs out in the middle of
 * a commit: that must not hurt the database either. */
static bool
change_once(struct bench *b, const char *name, call *fn, unsigned nth, enum fault_kind kind)
{
	struct fixture *f = b->f;
	uint32_t n;
	pid_t child;
	int how;

	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		signal(SIGABRT, SIG_DFL);
		signal(SIGSEGV, SIG_DFL);
		if (xap_wdb_open(&b->w, b->path, XAP_OPEN, false, &f->err) != ST_OK ||
		    xap_wdb_add(b->w, b->doc, NULL, &f->err) != ST_OK)
			_exit(4);
		change_in_child(b, name, fn, nth, kind);
	}
	assert_int_equal(waitpid(child, &how, 0), child);
	if (WIFSIGNALED(how)) {
		assert_ptr_equal(fn, call_commit);
		assert_int_equal(WTERMSIG(how), SIGABRT);
	} else {
		assert_in_range(WEXITSTATUS(how), 0, 1);
	}
	fixture_read(f, "a");
	ok(xap_db_count(f->db, &n, &f->err));
	if (fn == call_commit && n == 13) {      /* done, whatever it needed memory for then */
		ok(xap_wdb_open(&b->w, b->path, XAP_OPEN, false, &f->err));
		ok(xap_wdb_delete_term(b->w, "Q77", 3, &f->err));
		ok(xap_wdb_commit(b->w, &f->err));
		xap_wdb_free(b->w);
		n = 12;
	}
	assert_int_equal(n, 12);
	return WIFSIGNALED(how) || WEXITSTATUS(how) == 1;
}

static void
writers_survive(void **state)
{
	static const struct { const char *name; call *fn; } rows[] = {
		{ "add", call_add }, { "replace", call_replace }, { "delete", call_delete },
		{ "delete_term", call_delete_term }, { "set_metadata", call_set_metadata },
		{ "commit", call_commit }, { "view", call_view },
	};
	struct fixture *f = *state;
	struct bench b;
	uint64_t errors;
	unsigned nth;
	size_t i;

	bench_init(&b, f);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		nth = 1;
		while (change_once(&b, rows[i].name, rows[i].fn, nth, FAULT_ONCE) && nth < NTH_MAX)
			nth++;
		nth = 1;
		while (change_once(&b, rows[i].name, rows[i].fn, nth, FAULT_ON) && nth < NTH_MAX)
			nth++;
		assert_true(nth < NTH_MAX);
	}
	buf_clear(&b.out);
	ok(xap_check(b.path, &b.out, &errors, &f->err));
	assert_int_equal(errors, 0);
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
		cmocka_unit_test_setup_teardown(writers_survive, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
