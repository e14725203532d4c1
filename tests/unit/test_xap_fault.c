/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bindings of Xapian when the database is not as it should be: changed
 * under a reader, damaged, held by another writer, on a full disk.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/xapian/xap.h"
#include "tests/unit/fault.h"
#include "tests/unit/xap_fixture.h"

#define NARTICLES 600     /* so that each table has many blocks */

/* Reads all that a search would, until something fails. */
static enum status
read_all(struct fixture *f, struct xap_db *db)
{
	struct buf b = BUF_INIT;
	struct xap_query *q;
	struct xap_enquire *e = NULL;
	struct xap_hits hits;
	struct xap_positions pos = { NULL, 0, 0 };
	uint32_t id = 0;
	enum status st;

	ok(xap_query_term(&q, "treaty", 6, 1, &f->err));
	st = xap_enquire_new(&e, db, &f->err);
	if (st == ST_OK)
		st = xap_enquire_set_query(e, q, &f->err);
	if (st == ST_OK)
		st = xap_enquire_run(e, 0, 10, NARTICLES, &hits, &f->err);
	while (st == ST_OK) {
		st = xap_db_posting(db, "embassy", 7, id, &id, &f->err);
		if (st == ST_NOTFOUND) {
			st = ST_OK;
			break;
		}
		buf_clear(&b);
		if (st == ST_OK)
			st = xap_db_data(db, id, &b, &f->err);
		if (st == ST_OK)
			st = xap_db_value(db, id, 0, &b, &f->err);
		if (st == ST_OK)
			st = xap_db_positions(db, id, "embassy", 7, &pos, &f->err);
	}
	free(pos.v);
	buf_fini(&b);
	xap_enquire_free(e);
	xap_query_free(q);
	return st;
}

static enum status
read_terms(struct fixture *f, struct xap_db *db)
{
	struct xap_terms *t;
	const char *term;
	enum status st;
	uint32_t freq;
	size_t len;

	st = xap_terms_open(&t, db, "", 0, &f->err);
	if (st != ST_OK)
		return st;
	do
		st = xap_terms_next(t, &term, &len, &freq, &f->err);
	while (st == ST_OK && term != NULL);
	xap_terms_free(t);
	return st;
}

/* Commits once, with every article replaced. */
static void
rewrite(struct fixture *f, struct xap_wdb *w, unsigned round)
{
	struct xap_doc *doc;
	char id[16];
	unsigned i;

	ok(xap_doc_new(&doc, &f->err));
	for (i = 1; i <= NARTICLES; i++) {
		fixture_document(doc, i);
		ok(xap_doc_add(doc, "round", 5, &round, 1, round, &f->err));
		snprintf(id, sizeof(id), "Q%u", i);
		ok(xap_wdb_replace(w, id, strlen(id), doc, NULL, &f->err));
	}
	ok(xap_wdb_commit(w, &f->err));
	xap_doc_free(doc);
}

static void
a_reader_three_commits_behind(void **state)
{
	struct fixture *f = *state;
	struct xap_wdb *w;
	struct xap_terms *keys;
	uint32_t n;
	unsigned i;

	fixture_articles(f, "a", 1, NARTICLES);
	fixture_read(f, "a");
	ok(read_all(f, f->db));
	ok(xap_wdb_open(&w, fixture_path(f, "a"), XAP_OPEN, true, &f->err));
	for (i = 1; i <= 3; i++)
		rewrite(f, w, i);
	expect(ST_STALE, read_all(f, f->db));
	expect(ST_STALE, read_all(f, f->db));
	expect(ST_STALE, xap_terms_open_metadata(&keys, f->db, "x", 1, &f->err));
	fixture_read(f, "a");
	ok(read_all(f, f->db));
	ok(xap_db_termfreq(f->db, "round", 5, &n, &f->err));
	assert_int_equal(n, NARTICLES);
	xap_wdb_free(w);
}

/* libxapian takes a table that it cannot open for one that is not there. */
static void
a_table_that_cannot_be_opened(void **state)
{
	static const char *const tables[] = { "docdata.glass", "termlist.glass", "position.glass" };
	struct fixture *f = *state;
	char file[64], table[FIXTURE_PATH_MAX], aside[FIXTURE_PATH_MAX];
	const char *path;
	size_t i;

	fixture_articles(f, "a", 1, 5);
	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		snprintf(file, sizeof(file), "a/%s", tables[i]);
		strcpy(table, fixture_path(f, file));
		strcpy(aside, fixture_path(f, "aside"));
		assert_int_equal(rename(table, aside), 0);
		assert_int_equal(symlink(tables[i], table), 0);      /* to itself */
		path = fixture_path(f, "a");
		xap_db_free(f->db);
		expect(ST_IO, xap_db_open(&f->db, &path, 1, &f->err));
		assert_non_null(strstr(f->err.text, tables[i]));
		expect(ST_IO, xap_compact(&path, 1, "not-made", XAP_COMPACT_STANDARD, &f->err));
		assert_int_equal(rename(aside, table), 0);
		fixture_read(f, "a");
	}
}

static void
two_writers(void **state)
{
	struct fixture *f = *state;
	struct xap_wdb *w, *second;
	pid_t child;
	int how;

	fixture_articles(f, "a", 1, 3);
	ok(xap_wdb_open(&w, fixture_path(f, "a"), XAP_OPEN, true, &f->err));
	expect(ST_LOCKED, xap_wdb_open(&second, f->path, XAP_OPEN, true, &f->err));
	assert_null(second);
	expect(ST_LOCKED, xap_wdb_open(&second, f->path, XAP_REPLACE, true, &f->err));
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(xap_wdb_open(&second, f->path, XAP_OPEN, true, NULL) == ST_LOCKED ? 0 : 1);
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
	ok(xap_wdb_delete(w, 1, &f->err));
	ok(xap_wdb_commit(w, &f->err));
	xap_wdb_free(w);
	ok(xap_wdb_open(&w, f->path, XAP_OPEN, true, &f->err));
	xap_wdb_free(w);
}

static void
a_full_disk(void **state)
{
	struct fixture *f = *state;
	struct xap_wdb *w;
	struct xap_doc *doc;
	struct buf b = BUF_INIT;
	uint64_t errors;
	uint32_t n;

	fixture_articles(f, "a", 1, 50);
	ok(xap_doc_new(&doc, &f->err));
	fixture_document(doc, 51);
	ok(xap_wdb_open(&w, fixture_path(f, "a"), XAP_OPEN, true, &f->err));
	ok(xap_wdb_add(w, doc, NULL, &f->err));
	fault_disk_full(true);
	expect(ST_NOSPACE, xap_wdb_commit(w, &f->err));
	fault_disk_full(false);
	assert_non_null(strstr(f->err.text, "No space left"));
	/* The changes are lost, and the writer does not pretend otherwise. */
	expect(ST_NOSPACE, xap_wdb_add(w, doc, NULL, &f->err));
	expect(ST_NOSPACE, xap_wdb_commit(w, &f->err));
	xap_wdb_free(w);
	ok(xap_check(f->path, &b, &errors, &f->err));
	assert_int_equal(errors, 0);
	ok(xap_wdb_open(&w, f->path, XAP_OPEN, true, &f->err));
	ok(xap_wdb_add(w, doc, NULL, &f->err));
	ok(xap_wdb_commit(w, &f->err));
	xap_wdb_free(w);
	fixture_read(f, "a");
	ok(xap_db_count(f->db, &n, &f->err));
	assert_int_equal(n, 51);
	xap_doc_free(doc);
	buf_fini(&b);
}

enum damage { CUT_HALF, CUT_ALL, ZERO_BLOCKS, NOISE, OTHER_TABLE };

static void
damage_file(const char *path, const char *other, enum damage kind)
{
	unsigned char block[8192];
	uint32_t seed = 12345;
	struct stat sb;
	FILE *file, *from;
	size_t n, i;
	off_t at;

	assert_int_equal(stat(path, &sb), 0);
	switch (kind) {
	case CUT_HALF:
		assert_int_equal(truncate(path, sb.st_size / 2), 0);
		return;
	case CUT_ALL:
		assert_int_equal(truncate(path, 0), 0);
		return;
	case ZERO_BLOCKS:
	case NOISE:
		file = fopen(path, "r+b");
		assert_non_null(file);
		for (at = 0; at < sb.st_size; at += (off_t)sizeof(block)) {
			for (i = 0; i < sizeof(block); i++) {
				seed = seed * 1664525u + 1013904223u;
				block[i] = kind == NOISE ? (unsigned char)(seed >> 24) : 0;
			}
			fseeko(file, at, SEEK_SET);
			assert_int_equal(fwrite(block, 1, sizeof(block), file), sizeof(block));
		}
		fclose(file);
		return;
	case OTHER_TABLE:
		file = fopen(path, "wb");
		from = fopen(other, "rb");
		assert_true(file != NULL && from != NULL);
		while ((n = fread(block, 1, sizeof(block), from)) > 0)
			assert_int_equal(fwrite(block, 1, n, file), n);
		fclose(from);
		fclose(file);
		return;
	}
}

/* Whatever is wrong with a table, reading it ends in a status. */
static void
damaged_tables(void **state)
{
	static const char *const tables[] = {
		"postlist.glass", "position.glass", "docdata.glass", "termlist.glass", "iamglass",
	};
	struct fixture *f = *state;
	struct buf b = BUF_INIT;
	char name[32], file[64], other[FIXTURE_PATH_MAX];
	const char *path;
	uint64_t errors;
	enum status st;
	enum damage kind;
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (kind = CUT_HALF; kind <= OTHER_TABLE; kind++) {
			snprintf(name, sizeof(name), "d%zu-%d", i, (int)kind);
			fixture_articles(f, name, 1, NARTICLES);
			snprintf(file, sizeof(file), "%s/%s", name, i == 0 ? tables[1] : tables[0]);
			strcpy(other, fixture_path(f, file));
			snprintf(file, sizeof(file), "%s/%s", name, tables[i]);
			damage_file(fixture_path(f, file), other, kind);
			path = fixture_path(f, name);
			xap_db_free(f->db);
			st = xap_db_open(&f->db, &path, 1, &f->err);
			if (st == ST_OK)
				st = read_all(f, f->db);
			if (st == ST_OK)
				st = read_terms(f, f->db);
			/* Searching needs no termlists, and a sound table of the
			 * wrong kind may look like one without the terms. */
			if (st != ST_CORRUPT && st != ST_IO && st != ST_VERSION &&
			    !(st == ST_OK && (i == 3 || kind == OTHER_TABLE)))
				fail_msg("%s, damage %d: %s (%s)", tables[i], (int)kind,
					 error_status_name(st), f->err.text);
			buf_clear(&b);
			st = xap_check(path, &b, &errors, &f->err);
			if (st == ST_OK && errors == 0)
				fail_msg("%s, damage %d: the check found nothing", tables[i], (int)kind);
		}
	buf_fini(&b);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_reader_three_commits_behind),
		TEST(a_table_that_cannot_be_opened),
		TEST(two_writers),
		TEST(a_full_disk),
		TEST(damaged_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
