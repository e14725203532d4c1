/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/lines.h"
#include "corpus/reader.h"
#include "tests/unit/gzip.h"

/* A folder of its own for each test; the tests work inside it. */
static char folder[64], home[4096];

static int
set_up(void **state)
{
	(void)state;
	if (getcwd(home, sizeof(home)) == NULL)
		return -1;
	strcpy(folder, "/tmp/reader-XXXXXX");
	return mkdtemp(folder) == NULL || chdir(folder) != 0 ? -1 : 0;
}

static int
tear_down(void **state)
{
	char command[sizeof(folder) + 16];

	(void)state;
	if (chdir(home) != 0)
		return -1;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static void
put(const char *name, const char *data, size_t len)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void
put_text(const char *name, const char *text)
{
	put(name, text, strlen(text));
}

static void
put_gzip(const char *name, const char *text)
{
	struct buf b = BUF_INIT;

	assert_int_equal(gzip_member(&b, text, strlen(text)), ST_OK);
	put(name, b.data, b.len);
	buf_fini(&b);
}

static void
note_bad(void *arg, const struct reader_bad *bad)
{
	buf_addf(arg, "%s:%d: %s\n", bad->file, (int)bad->line, bad->why);
}

/* Reads PATHS (ended by NULL): the ids, each with a blank after it, into IDS,
 * the bad ones into BAD. */
static enum status
read_all(const char *const *paths, const char *root, struct buf *ids, struct buf *bad,
	 struct reader_counts *counts, struct error *err)
{
	struct reader_options opt = { root, note_bad, note_bad, bad, NULL };
	struct article a;
	struct reader *r;
	enum status st;
	size_t n = 0;
	bool got = true;

	while (paths[n] != NULL)
		n++;
	buf_clear(ids);
	buf_clear(bad);
	st = reader_new(&r, paths, n, &opt, err);
	if (st != ST_OK)
		return st;
	article_init(&a);
	while (st == ST_OK && got) {
		st = reader_next(r, &a, &got, err);
		if (st == ST_OK && got)
			buf_addf(ids, "%s ", buf_str(&a.field[ART_ID]));
	}
	reader_counts(r, counts);
	article_fini(&a);
	reader_free(r);
	return st;
}

static void
expect_read(const char *const *paths, const char *root, const char *ids, const char *bad)
{
	struct buf got_ids = BUF_INIT, got_bad = BUF_INIT;
	struct reader_counts counts;
	struct error err;

	assert_int_equal(read_all(paths, root, &got_ids, &got_bad, &counts, &err), ST_OK);
	assert_string_equal(buf_str(&got_ids), ids);
	assert_string_equal(buf_str(&got_bad), bad);
	assert_int_equal(counts.file_bytes, counts.file_bytes_done);
	buf_fini(&got_ids);
	buf_fini(&got_bad);
}

#define PATHS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
walks_folders_in_byte_order(void **state)
{
	(void)state;
	assert_int_equal(mkdir("c", 0700) | mkdir("c/a", 0700) | mkdir("c/.git", 0700) |
			 mkdir("c/empty", 0700) | mkdir("c/x.txt", 0700) | mkdir("c/links", 0700), 0);
	put_text("c/a.txt", "T\n");
	put_text("c/a/b.txt", "T\n");
	put_text("c/Z.txt", "T\n");
	put_text("c/z.jsonl", "{\"id\":\"json\",\"title\":\"T\"}\n");
	put_gzip("c/g.txt.gz", "T\n");
	put_text("c/.hidden.txt", "T\n");
	put_text("c/.git/x.txt", "T\n");
	put_text("c/notes.md", "T\n");
	put_text("c/x.txt/in.txt", "T\n");
	assert_int_equal(symlink("../a.txt", "c/links/file.txt"), 0);
	assert_int_equal(symlink("..", "c/links/loop"), 0);
	assert_int_equal(symlink("nowhere.txt", "c/links/dangling.txt"), 0);
	assert_int_equal(mkfifo("c/fifo.txt", 0600), 0);
	expect_read(PATHS("c/"), NULL,
		    "Z.txt a.txt a/b.txt g.txt.gz links/file.txt x.txt/in.txt json ",
		    "c/links/dangling.txt:0: open: No such file or directory\n");
}

static void
ids_follow_the_root(void **state)
{
	struct buf ids = BUF_INIT, bad = BUF_INIT;
	struct reader_counts counts;
	struct error err;

	(void)state;
	assert_int_equal(mkdir("r", 0700) | mkdir("r/d", 0700) | mkdir("other", 0700), 0);
	put_text("r/d/one.txt", "T\n");
	put_gzip("r/two.txt.gz", "T\n");
	put_text("r/own.txt", "Id: my/own\nT\n");
	put_text("other/three.txt", "T\n");
	put_text("other/lines.jsonl", "{\"id\":\"json\",\"title\":\"T\"}\n");
	expect_read(PATHS("r/d/one.txt", "r/two.txt.gz", "r/own.txt"), NULL, "one.txt two.txt.gz my/own ", "");
	expect_read(PATHS("r/d/one.txt", "r/two.txt.gz", "r/own.txt"), "r", "d/one.txt two.txt.gz my/own ", "");
	expect_read(PATHS("r/d", "r"), "./r/../r/", "d/one.txt d/one.txt my/own two.txt.gz ", "");
	expect_read(PATHS("other/lines.jsonl"), "r", "json ", "");
	assert_int_equal(read_all(PATHS("r", "other/three.txt"), "r", &ids, &bad, &counts, &err), ST_INVALID);
	assert_string_equal(err.text, "other/three.txt: not below the --root folder");
	assert_int_equal(read_all(PATHS("other"), "r", &ids, &bad, &counts, &err), ST_INVALID);
	assert_int_equal(read_all(PATHS("r"), "r/own.txt", &ids, &bad, &counts, &err), ST_INVALID);
	assert_int_equal(read_all(PATHS("r"), "gone", &ids, &bad, &counts, &err), ST_NOTFOUND);
	buf_fini(&ids);
	buf_fini(&bad);
}

static void
names_what_is_not_there(void **state)
{
	struct buf ids = BUF_INIT, bad = BUF_INIT;
	struct reader_counts counts;
	struct error err;

	(void)state;
	put_text("a.txt", "T\n");
	put_text("a.doc", "T\n");
	assert_int_equal(read_all(PATHS("a.txt", "gone.txt"), NULL, &ids, &bad, &counts, &err), ST_NOTFOUND);
	assert_string_equal(err.text, "gone.txt: No such file or directory");
	assert_int_equal(read_all(PATHS("a.doc"), NULL, &ids, &bad, &counts, &err), ST_INVALID);
	assert_string_equal(err.text, "a.doc: neither .txt nor .jsonl (nor with .gz)");
	buf_fini(&ids);
	buf_fini(&bad);
}

static void
bad_lines_are_named_and_passed_over(void **state)
{
	static const char lines[] =
		"\xEF\xBB\xBF{\"id\":\"1\",\"title\":\"T\"}\r\n"
		"\n"
		"{\"id\":\"2\"}\n"
		"  \t\n"
		"{\"id\":\"3\",\"title\":\"T\xFCrkiye\"}\n"
		"{\"id\":\"4\",\"title\":\"\x81\"}\n"
		"{\"id\":\"5\",\x1b\n"
		"{\"id\":\"6\",\"title\":\"T\",\"date\":\"2025-02-30\"}";
	struct buf ids = BUF_INIT, bad = BUF_INIT;
	struct reader_counts counts;
	struct error err;

	(void)state;
	put("a.jsonl", lines, sizeof(lines) - 1);
	assert_int_equal(read_all(PATHS("a.jsonl"), NULL, &ids, &bad, &counts, &err), ST_OK);
	assert_string_equal(buf_str(&ids), "1 3 6 ");
	assert_string_equal(buf_str(&bad),
			    "a.jsonl:3: neither headline nor text\n"
			    "a.jsonl:6: not UTF-8 (byte 20), nor Windows-1252\n"
			    "a.jsonl:7: not valid JSON: string or '}' expected near '?', column 11\n"
			    "a.jsonl:8: date \"2025-02-30\" is not ISO 8601 (such as 2025-03-27): "
			    "kept as text, the article counts as undated\n");
	assert_int_equal(counts.articles, 3);
	assert_int_equal(counts.bad, 3);
	assert_int_equal(counts.converted, 1);
	assert_int_equal(counts.text_bytes, 1 + 8 + 1);
	assert_int_equal(counts.line, 8);
	buf_fini(&ids);
	buf_fini(&bad);
}

static void
broken_files_end_and_the_next_follows(void **state)
{
	struct buf gz = BUF_INIT;
	struct buf text = BUF_INIT;
	int i;

	(void)state;
	for (i = 0; i < 3000; i++)
		buf_addf(&text, "{\"id\":\"%d\",\"title\":\"T%d\"}\n", i, i * 7919);
	assert_int_equal(gzip_member(&gz, text.data, text.len), ST_OK);
	put("cut.jsonl.gz", gz.data, 30);
	put("whole.jsonl.gz", gz.data, gz.len);
	put("utf16.jsonl", "\xFF\xFE{\0}\0\n\0", 8);
	put("utf16.txt", "\xFE\xFF\0T", 4);
	put("nul.txt", "T\0\n", 3);
	put_text("last.txt", "T\n");
	put_text("empty.jsonl", "");
	put_text("empty.txt", "");
	expect_read(PATHS("cut.jsonl.gz", "utf16.jsonl", "utf16.txt", "nul.txt", "empty.jsonl", "empty.txt", "last.txt"),
		    NULL, "last.txt ",
		    "cut.jsonl.gz:1: the gzip data breaks off\n"
		    "utf16.jsonl:1: UTF-16 or UTF-32, which is not read: convert it to UTF-8\n"
		    "utf16.txt:0: UTF-16 or UTF-32, which is not read: convert it to UTF-8\n"
		    "nul.txt:0: a NUL byte, which no text has\n"
		    "empty.txt:0: neither headline nor text\n");
	buf_fini(&gz);
	buf_fini(&text);
}

static void
what_came_before_the_damage_counts(void **state)
{
	struct buf gz = BUF_INIT, text = BUF_INIT, ids = BUF_INIT, bad = BUF_INIT;
	struct reader_counts counts;
	struct error err;
	int i;

	(void)state;
	for (i = 0; i < 20000; i++)
		buf_addf(&text, "{\"id\":\"%d\",\"title\":\"T%u\"}\n", i, (unsigned)i * 2654435761u);
	assert_int_equal(gzip_member(&gz, text.data, text.len), ST_OK);
	put("cut.jsonl.gz", gz.data, gz.len / 2);
	assert_int_equal(read_all(PATHS("cut.jsonl.gz"), NULL, &ids, &bad, &counts, &err), ST_OK);
	assert_int_equal(counts.bad, 1);
	assert_in_range(counts.articles, 8000, 12000);
	gz.data[gz.len - 5] ^= 1;   /* the checksum alone: every line is there */
	put("crc.jsonl.gz", gz.data, gz.len);
	assert_int_equal(read_all(PATHS("crc.jsonl.gz"), NULL, &ids, &bad, &counts, &err), ST_OK);
	assert_int_equal(counts.articles, 20000);
	assert_int_equal(counts.bad, 1);
	buf_fini(&gz);
	buf_fini(&text);
	buf_fini(&ids);
	buf_fini(&bad);
}

static void
standard_input_is_json_lines(void **state)
{
	int saved = dup(STDIN_FILENO);

	(void)state;
	assert_true(saved >= 0);
	put_gzip("in", "{\"id\":\"1\",\"title\":\"T\"}\n[]\n");
	assert_non_null(freopen("in", "r", stdin));
	expect_read(PATHS("-"), NULL, "1 ", "standard input:2: a list, not a JSON object\n");
	assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	close(saved);
}

/* Lines of many lengths come whole, whatever the buffer's size. */
static void
lines_of_all_lengths(void **state)
{
	static const size_t lengths[] = { 0, 1, 70000, 3, 262143, 262144, 262145, 1000000, 0, 5 };
	struct buf b = BUF_INIT;
	struct zstream_reader *z;
	struct lines l;
	struct line line;
	FILE *f = tmpfile();
	size_t i, j;
	bool got;

	(void)state;
	assert_non_null(f);
	for (i = 0; i < 10; i++) {
		for (j = 0; j < lengths[i]; j++)
			buf_addc(&b, (char)('a' + j % 26));
		buf_adds(&b, i == 9 ? "" : i % 2 ? "\r\n" : "\n");
	}
	assert_int_equal(write(fileno(f), b.data, b.len), (ssize_t)b.len);
	assert_int_equal(lseek(fileno(f), 0, SEEK_SET), 0);
	assert_int_equal(zstream_reader_new(&z, fileno(f), NULL, NULL), ST_OK);
	lines_init(&l, z);
	for (i = 0; i < 10; i++) {
		assert_int_equal(lines_next(&l, &line, &got, NULL), ST_OK);
		assert_true(got && !line.too_long);
		assert_int_equal(line.len, lengths[i]);
		for (j = 0; j < line.len; j++)
			if (line.text[j] != (char)('a' + j % 26))
				fail();
		assert_int_equal(l.number, i + 1);
	}
	assert_int_equal(lines_next(&l, &line, &got, NULL), ST_OK);
	assert_false(got);
	lines_fini(&l);
	zstream_reader_free(z);
	fclose(f);
	buf_fini(&b);
}

/* A sparse file's zeros, packed by nobody: a line over the limit is one bad
 * article, and the one after it is read. */
static void
a_line_over_the_limit_is_one_bad_article(void **state)
{
	FILE *f = fopen("long.jsonl", "w");

	(void)state;
	assert_non_null(f);
	fputs("{\"id\":\"1\",\"title\":\"T\"}\n", f);
	assert_int_equal(fseek(f, (long)LINES_MAX + 1000, SEEK_CUR), 0);
	fputs("\n{\"id\":\"2\",\"title\":\"T\"}\n", f);
	assert_int_equal(fclose(f), 0);
	expect_read(PATHS("long.jsonl"), NULL, "1 2 ", "long.jsonl:2: a line of over 64 MiB\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(walks_folders_in_byte_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ids_follow_the_root, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_what_is_not_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bad_lines_are_named_and_passed_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(broken_files_end_and_the_next_follows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_came_before_the_damage_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(standard_input_is_json_lines, set_up, tear_down),
		cmocka_unit_test(lines_of_all_lengths),
		cmocka_unit_test_setup_teardown(a_line_over_the_limit_is_one_bad_article, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
