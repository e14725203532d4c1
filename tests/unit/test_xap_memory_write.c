/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bindings of Xapian when memory runs out while writing: each change is
 * made with its first allocation failing, its second, and so on. It must
 * answer ST_NOMEM, the writer must then refuse to commit the rest, and what
 * was committed before must be unharmed.
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

#include "engine/xapian/xap.h"
#include "tests/unit/fault.h"
#include "tests/unit/xap_fixture.h"

#define NTH_MAX 20000     /* more allocations than any of these calls makes */

struct writing {
	struct fixture *f;
	struct xap_wdb *w;
	struct xap_doc *doc;
	char path[FIXTURE_PATH_MAX];
};

typedef enum status call(struct xap_wdb *w, struct xap_doc *doc, struct error *err);

static enum status
call_add(struct xap_wdb *w, struct xap_doc *doc, struct error *err)
{
	return xap_wdb_add(w, doc, NULL, err);
}

static enum status
call_replace(struct xap_wdb *w, struct xap_doc *doc, struct error *err)
{
	return xap_wdb_replace(w, "Q2", 2, doc, NULL, err);
}

static enum status
call_delete(struct xap_wdb *w, struct xap_doc *doc, struct error *err)
{
	(void)doc;
	return xap_wdb_delete(w, 1, err);
}

static enum status
call_delete_term(struct xap_wdb *w, struct xap_doc *doc, struct error *err)
{
	(void)doc;
	return xap_wdb_delete_term(w, "treaty", 6, err);
}

static enum status
call_set_metadata(struct xap_wdb *w, struct xap_doc *doc, struct error *err)
{
	(void)doc;
	return xap_wdb_set_metadata(w, "a key that is not short at all", "v", 1, err);
}

static enum status
call_commit(struct xap_wdb *w, struct xap_doc *doc, struct error *err)
{
	(void)doc;
	return xap_wdb_commit(w, err);
}

static enum status
call_view(struct xap_wdb *w, struct xap_doc *doc, struct error *err)
{
	struct xap_db *view;
	enum status st;
	uint32_t n;

	(void)doc;
	st = xap_wdb_reader(w, &view, err);
	if (st != ST_OK)
		return st;
	st = xap_db_termfreq(view, "embassy", 7, &n, err);
	xap_db_free(view);
	return st;
}

/* One change with its NTH allocation failing. Exits 0 if none failed after all,
 * 1 if all went as it should; whatever else is a failure. */
static void
change_in_child(struct writing *b, const char *name, call *fn, unsigned nth, enum fault_kind kind)
{
	struct fixture *f = b->f;
	enum status st;
	bool refused;

	fault_arm(nth, kind);
	st = fn(b->w, b->doc, &f->err);
	refused = fault_disarm();
	if (st != ST_OK && (st != ST_NOMEM || !refused)) {
		print_error("%s, allocation %u: %s (%s)\n", name, nth, error_status_name(st), f->err.text);
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
change_once(struct writing *b, const char *name, call *fn, unsigned nth, enum fault_kind kind)
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
	struct writing b = { f, NULL, NULL, "" };
	struct buf report = BUF_INIT;
	uint64_t errors;
	unsigned nth;
	size_t i;

	fixture_articles(f, "a", 1, 12);
	strcpy(b.path, f->path);
	ok(xap_doc_new(&b.doc, &f->err));
	fixture_document(b.doc, 77);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		nth = 1;
		while (change_once(&b, rows[i].name, rows[i].fn, nth, FAULT_ONCE) && nth < NTH_MAX)
			nth++;
		nth = 1;
		while (change_once(&b, rows[i].name, rows[i].fn, nth, FAULT_ON) && nth < NTH_MAX)
			nth++;
		assert_true(nth < NTH_MAX);
	}
	ok(xap_check(b.path, &report, &errors, &f->err));
	assert_int_equal(errors, 0);
	buf_fini(&report);
	xap_doc_free(b.doc);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(writers_survive, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
