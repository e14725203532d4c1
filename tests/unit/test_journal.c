/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/store/journal.h"
#include "engine/store/schema.h"
#include "engine/store/state.h"

struct fixture {
	char dir[64];
	struct xap_wdb *w;
	struct manifest m;
	struct article former;
};

static struct xap_wdb *
database(const struct fixture *f, const char *name)
{
	struct xap_wdb *w;
	char path[80];

	snprintf(path, sizeof(path), "%s/%s", f->dir, name);
	assert_int_equal(xap_wdb_open(&w, path, XAP_CREATE, false, NULL), ST_OK);
	return w;
}

static void
set_up(struct fixture *f)
{
	*f = (struct fixture){ .dir = "/tmp/dragoman-test-XXXXXX" };
	assert_non_null(mkdtemp(f->dir));
	f->m.format = SCHEMA_FORMAT;
	article_init(&f->former);
	buf_adds(&f->former.field[ART_ID], "was");
	buf_adds(&f->former.field[ART_TITLE], "Former headline");
	assert_int_equal(article_add_para(&f->former, "Former text.", 12, PARA_TEXT), ST_OK);
	f->w = database(f, "db");
}

static void
tear_down(struct fixture *f)
{
	char command[100];

	xap_wdb_free(f->w);
	article_fini(&f->former);
	snprintf(command, sizeof(command), "rm -rf '%s'", f->dir);
	assert_int_equal(system(command), 0);
}

/* One commit with N changes at NOW: every third adds, changes, removes. */
static void
commit(struct fixture *f, unsigned n, time_t now)
{
	struct journal_entry *e;
	unsigned i;

	f->m.rev++;
	assert_int_equal(journal_entry_new(&e, NULL), ST_OK);
	for (i = 0; i < n; i++) {
		enum change_kind kind = (enum change_kind)(CHANGE_ADDED + i % 3);
		char id[40];

		snprintf(id, sizeof(id), "r%u-%u", (unsigned)f->m.rev, i);
		assert_int_equal(journal_entry_add(e, kind, id, strlen(id),
						   kind == CHANGE_ADDED ? NULL : &f->former, NULL), ST_OK);
	}
	assert_int_equal(journal_entry_count(e), n);
	assert_int_equal(journal_write(e, f->w, &f->m, now, NULL), ST_OK);
	journal_entry_free(e);
}

/* Reads all after AFTER and expects the changes [FROM, TO] revisions of N each. */
static void
expect(struct fixture *f, struct xap_wdb *w, uint64_t after, uint64_t from, uint64_t to, unsigned n)
{
	struct article got_article;
	struct journal *j;
	struct change c;
	struct xap_db *db;
	struct error err;
	uint64_t rev;
	unsigned i;
	bool got;

	article_init(&got_article);
	assert_int_equal(xap_wdb_reader(w, &db, NULL), ST_OK);
	assert_int_equal(journal_open(&j, db, &f->m, after, &err), ST_OK);
	for (rev = from; rev <= to; rev++) {
		for (i = 0; i < n; i++) {
			char id[40];

			assert_int_equal(journal_next(j, &c, &got, &err), ST_OK);
			assert_true(got);
			snprintf(id, sizeof(id), "r%u-%u", (unsigned)rev, i);
			assert_int_equal(c.rev, rev);
			assert_int_equal(c.kind, CHANGE_ADDED + i % 3);
			assert_int_equal(c.id_len, strlen(id));
			assert_memory_equal(c.id, id, c.id_len);
			if (c.kind == CHANGE_ADDED) {
				assert_int_equal(c.former_len, 0);
				continue;
			}
			assert_int_equal(journal_former(j, &c, &got_article, &err), ST_OK);
			assert_string_equal(buf_str(&got_article.body), "Former text.");
		}
	}
	assert_int_equal(journal_next(j, &c, &got, &err), ST_OK);
	assert_false(got);
	journal_free(j);
	xap_db_free(db);
	article_fini(&got_article);
}

static void
changes_come_back_in_order(void **state)
{
	uint64_t entries = 0;
	struct xap_wdb *copy;
	struct journal *j;
	struct xap_db *db;
	struct fixture f;

	(void)state;
	set_up(&f);
	commit(&f, 4, 1000);
	commit(&f, 4, 1001);
	commit(&f, 4, 1002);
	assert_int_equal(f.m.journal_entries, 12);
	assert_int_equal(f.m.journal_floor, 0);
	expect(&f, f.w, 0, 1, 3, 4);
	expect(&f, f.w, 2, 3, 3, 4);
	expect(&f, f.w, 3, 4, 3, 4);
	/* The next generation's is the same. */
	assert_int_equal(xap_wdb_reader(f.w, &db, NULL), ST_OK);
	assert_int_equal(journal_open(&j, db, &f.m, 4, NULL), ST_GONE);
	copy = database(&f, "copy");
	assert_int_equal(journal_copy(db, copy, 0, &entries, NULL), ST_OK);
	assert_int_equal(entries, 12);
	expect(&f, copy, 0, 1, 3, 4);
	/* Or what came after a revision, to the rest of it. */
	assert_int_equal(journal_clear(copy, NULL), ST_OK);
	expect(&f, copy, 0, 1, 0, 0);
	assert_int_equal(journal_copy(db, copy, 2, &entries, NULL), ST_OK);
	assert_int_equal(entries, 16);
	expect(&f, copy, 0, 3, 3, 4);
	xap_wdb_free(copy);
	xap_db_free(db);
	tear_down(&f);
}

static bool
is_odd(void *arg, const char *id, size_t len)
{
	++*(unsigned *)arg;
	return (id[len - 1] - '0') % 2 != 0;
}

/* The changes that are left of an entry are whole, and in their order. */
static void
changes_are_dropped_from_an_entry(void **state)
{
	struct journal_entry *e;
	struct journal *j;
	struct change c;
	struct xap_db *db;
	struct fixture f;
	unsigned asked = 0, i;
	bool got;

	(void)state;
	set_up(&f);
	assert_int_equal(journal_entry_new(&e, NULL), ST_OK);
	for (i = 0; i < 10; i++) {
		char id[4] = { 'a', (char)('0' + i), '\0' };

		assert_int_equal(journal_entry_add(e, i % 3 ? CHANGE_CHANGED : CHANGE_ADDED, id, 2,
						   i % 3 ? &f.former : NULL, NULL), ST_OK);
	}
	assert_int_equal(journal_entry_drop(e, is_odd, &asked, NULL), ST_OK);
	assert_int_equal(asked, 10);
	assert_int_equal(journal_entry_count(e), 5);
	f.m.rev = 1;
	assert_int_equal(journal_write(e, f.w, &f.m, 1000, NULL), ST_OK);
	assert_int_equal(f.m.journal_entries, 5);
	journal_entry_free(e);
	assert_int_equal(xap_wdb_reader(f.w, &db, NULL), ST_OK);
	assert_int_equal(journal_open(&j, db, &f.m, 0, NULL), ST_OK);
	for (i = 0; i < 10; i += 2) {
		assert_int_equal(journal_next(j, &c, &got, NULL), ST_OK);
		assert_true(got && c.id_len == 2 && c.id[1] == (char)('0' + i));
		assert_int_equal(c.kind, i % 3 ? CHANGE_CHANGED : CHANGE_ADDED);
		assert_int_equal(c.former_len > 0, i % 3 != 0);
	}
	assert_int_equal(journal_next(j, &c, &got, NULL), ST_OK);
	assert_false(got);
	journal_free(j);
	xap_db_free(db);
	tear_down(&f);
}

/* Opened anew at every place where it stood, it goes on with the next change; chunks of a long entry, too. */
static void
a_reading_is_continued(void **state)
{
	const unsigned n = 15000;
	struct journal *j, *again;
	struct change c, d;
	struct xap_db *db;
	struct fixture f;
	bool got = true, more;
	unsigned i;

	(void)state;
	set_up(&f);
	commit(&f, n, 1000);
	commit(&f, 3, 1001);
	assert_int_equal(xap_wdb_reader(f.w, &db, NULL), ST_OK);
	assert_int_equal(journal_open(&j, db, &f.m, 0, NULL), ST_OK);
	for (i = 0; got; i++) {
		bool look = i % 1000 < 2 || i >= n - 2;

		if (look) {
			assert_int_equal(journal_open_at(&again, db, &f.m, journal_tell(j), NULL), ST_OK);
			assert_int_equal(journal_next(again, &d, &more, NULL), ST_OK);
		}
		assert_int_equal(journal_next(j, &c, &got, NULL), ST_OK);
		if (!look)
			continue;
		assert_int_equal(got, more);
		if (got) {
			assert_int_equal(c.rev, d.rev);
			assert_int_equal(c.id_len, d.id_len);
			assert_memory_equal(c.id, d.id, c.id_len);
		}
		journal_free(again);
	}
	assert_int_equal(i, n + 4);
	assert_true(journal_tell(j).rev == 2);
	journal_free(j);
	xap_db_free(db);
	tear_down(&f);
}

/* More than one chunk, more than the journal keeps: the last commit stays whole. */
static void
old_commits_go(void **state)
{
	struct journal *j;
	struct xap_db *db;
	struct fixture f;

	(void)state;
	set_up(&f);
	commit(&f, JOURNAL_ENTRIES_MAX / 2, 1000);
	commit(&f, JOURNAL_ENTRIES_MAX / 2, 1001);
	assert_int_equal(f.m.journal_floor, 0);
	commit(&f, 1, 1002);
	assert_int_equal(f.m.journal_floor, 1);
	assert_int_equal(f.m.journal_entries, JOURNAL_ENTRIES_MAX / 2 + 1);
	assert_int_equal(xap_wdb_reader(f.w, &db, NULL), ST_OK);
	assert_int_equal(journal_open(&j, db, &f.m, 0, NULL), ST_GONE);
	xap_db_free(db);
	expect(&f, f.w, 2, 3, 3, 1);
	commit(&f, JOURNAL_ENTRIES_MAX + 5, 1003);
	assert_int_equal(f.m.journal_floor, 3);
	assert_int_equal(f.m.journal_entries, JOURNAL_ENTRIES_MAX + 5);
	expect(&f, f.w, 3, 4, 4, JOURNAL_ENTRIES_MAX + 5);
	/* A month later only what is new is left. */
	commit(&f, 2, 1004 + JOURNAL_AGE_MAX);
	assert_int_equal(f.m.journal_floor, 4);
	expect(&f, f.w, 4, 5, 5, 2);
	tear_down(&f);
}

/* Each byte of an entry changed in turn: told, never taken for another entry. */
static void
damage_is_told(void **state)
{
	static const char key[] = "journal.0000000000000001.0000";
	struct buf value = BUF_INIT;
	struct xap_db *db;
	struct fixture f;
	size_t i;

	(void)state;
	set_up(&f);
	commit(&f, 3, 1000);
	assert_int_equal(xap_wdb_reader(f.w, &db, NULL), ST_OK);
	assert_int_equal(xap_db_metadata(db, key, &value, NULL), ST_OK);
	assert_true(value.len > 20);
	for (i = 0; i < value.len; i++) {
		struct journal *j;
		struct change c;
		struct error err;
		bool got;

		value.data[i] = (char)(value.data[i] ^ 1 << i % 8);
		assert_int_equal(xap_wdb_set_metadata(f.w, key, value.data, value.len, NULL), ST_OK);
		value.data[i] = (char)(value.data[i] ^ 1 << i % 8);
		assert_int_equal(journal_open(&j, db, &f.m, 0, NULL), ST_OK);
		assert_int_equal(journal_next(j, &c, &got, &err), ST_CORRUPT);
		assert_non_null(strstr(err.text, key));
		journal_free(j);
	}
	buf_fini(&value);
	xap_db_free(db);
	tear_down(&f);
}

static void
the_state_is_guarded(void **state)
{
	struct buf value = BUF_INIT;
	struct xap_db *db;
	struct fixture f;
	struct manifest m;
	size_t i;

	(void)state;
	set_up(&f);
	assert_int_equal(xap_wdb_reader(f.w, &db, NULL), ST_OK);
	assert_int_equal(state_load(db, &m, NULL), ST_NOTFOUND);
	f.m.rev = 77;
	f.m.articles = 5;
	strcpy(f.m.newest, "2025-03-27");
	assert_int_equal(state_save(f.w, &f.m, NULL), ST_OK);
	assert_int_equal(state_load(db, &m, NULL), ST_OK);
	assert_int_equal(m.rev, 77);
	assert_int_equal(m.articles, 5);
	assert_string_equal(m.newest, "2025-03-27");
	assert_int_equal(xap_db_metadata(db, "state", &value, NULL), ST_OK);
	for (i = 0; i < value.len; i++) {
		value.data[i] ^= 1;
		assert_int_equal(xap_wdb_set_metadata(f.w, "state", value.data, value.len, NULL), ST_OK);
		value.data[i] ^= 1;
		assert_int_equal(state_load(db, &m, NULL), ST_CORRUPT);
	}
	buf_fini(&value);
	xap_db_free(db);
	tear_down(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_come_back_in_order),
		cmocka_unit_test(changes_are_dropped_from_an_entry),
		cmocka_unit_test(a_reading_is_continued),
		cmocka_unit_test(old_commits_go),
		cmocka_unit_test(damage_is_told),
		cmocka_unit_test(the_state_is_guarded),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
