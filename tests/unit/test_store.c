/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/leb128.h"
#include "engine/store/store.h"
#include "engine/store/sums.h"
#include "engine/text/analyse.h"
#include "tests/unit/index_fixture.h"

#define DICT "the quick brown fox and the treaty"

static void
fill(struct article *a)
{
	const struct article_def *def;
	size_t i;

	for (i = 0; (def = article_def(i)) != NULL; i++) {
		if (def->kind == ARTICLE_TEXT) {
			buf_addf(&a->field[def->field], "field %zu \xC3\xBC", i);
			continue;
		}
		article_add_entry(a, def->field, "one", 3);
		article_add_entry(a, def->field, "two", 3);
	}
	assert_int_equal(article_add_para(a, "Background", 10, PARA_HEADING), ST_OK);
	assert_int_equal(article_add_para(a, "the quick brown fox, and the treaty.", 36, PARA_TEXT), ST_OK);
	assert_int_equal(article_add_para(a, "x", 1, PARA_TEXT), ST_OK);
}

static void
same_article(const struct article *a, const struct article *b)
{
	int i;

	for (i = 0; i < ART_FIELDS; i++) {
		assert_int_equal(a->field[i].len, b->field[i].len);
		assert_memory_equal(buf_str(&a->field[i]), buf_str(&b->field[i]), a->field[i].len);
	}
	assert_string_equal(buf_str(&a->body), buf_str(&b->body));
	assert_int_equal(a->nparas, b->nparas);
	for (i = 0; i < (int)a->nparas; i++) {
		assert_int_equal(a->paras[i].start, b->paras[i].start);
		assert_int_equal(a->paras[i].end, b->paras[i].end);
		assert_int_equal(a->paras[i].kind, b->paras[i].kind);
	}
}

static void
records_come_back(void **state)
{
	struct article a, b;
	struct zstream_packer *p;
	struct zstream_unpacker *u;
	struct buf data = BUF_INIT, body = BUF_INIT;
	const char *lang;
	size_t lang_len, i;
	struct error err;
	bool end;

	(void)state;
	article_init(&a);
	article_init(&b);
	assert_int_equal(zstream_packer_new(&p, 6, DICT, strlen(DICT)), ST_OK);
	assert_int_equal(zstream_unpacker_new(&u, DICT, strlen(DICT)), ST_OK);
	/* An empty article, then a full one. */
	assert_int_equal(record_pack(p, &a, &data), ST_OK);
	assert_int_equal(record_unpack_until(u, data.data, data.len, &(struct xap_deadline){ .at_ns = 1 }, &b, &err), ST_DEADLINE);
	assert_int_equal(record_unpack(u, data.data, data.len, &b, &err), ST_OK);
	same_article(&a, &b);
	fill(&a);
	buf_clear(&data);
	assert_int_equal(record_pack(p, &a, &data), ST_OK);
	assert_int_equal(record_unpack(u, data.data, data.len, &b, &err), ST_OK);
	same_article(&a, &b);
	assert_int_equal(record_begin(u, data.data, data.len, &lang, &lang_len, &err), ST_OK);
	assert_int_equal(lang_len, a.field[ART_LANG].len);
	assert_memory_equal(lang, a.field[ART_LANG].data, lang_len);
	assert_int_equal(zstream_unpacker_more(u, 10, &body, &end), ST_OK);
	assert_string_equal(buf_str(&body), "Background");
	assert_int_equal(zstream_unpacker_more(u, 1000, &body, &end), ST_OK);
	assert_true(end);
	assert_string_equal(buf_str(&body), buf_str(&a.body));
	/* Cut anywhere it is refused; with any byte changed it is refused or some article, never a crash. */
	for (i = 0; i < data.len; i++) {
		char kept = data.data[i];

		assert_int_equal(record_unpack(u, data.data, i, &b, &err), ST_CORRUPT);
		data.data[i] = (char)~kept;
		if (record_unpack(u, data.data, data.len, &b, &err) != ST_OK)
			assert_int_equal(err.status, ST_CORRUPT);
		data.data[i] = kept;
	}
	buf_fini(&body);
	buf_fini(&data);
	zstream_packer_free(p);
	zstream_unpacker_free(u);
	article_fini(&a);
	article_fini(&b);
}

/* A record of the fields NUMBERS (N of them), each an entry "x", with no body. */
static void
pack_fields(struct zstream_packer *p, const uint64_t *numbers, size_t n, struct buf *out)
{
	struct buf head = BUF_INIT;
	size_t i;

	leb128_put(&head, n);
	for (i = 0; i < n; i++) {
		leb128_put(&head, numbers[i]);
		leb128_put(&head, 2);
		buf_add(&head, "x", 2);
	}
	leb128_put(&head, 0);
	buf_clear(out);
	leb128_put(out, 0);
	leb128_put(out, head.len);
	leb128_put(out, 0);
	assert_int_equal(zstream_packer_pack(p, head.data, head.len, out), ST_OK);
	buf_fini(&head);
}

static void
fields_are_known_by_their_numbers(void **state)
{
	static const struct { uint64_t numbers[3]; size_t n; enum status status; } rows[] = {
		{ { ART_TITLE, ART_ORGS }, 2, ST_OK }, { { ART_ORGS }, 1, ST_OK }, { { 0 }, 0, ST_OK },
		{ { ART_TITLE, ART_FIELDS }, 2, ST_CORRUPT }, { { ART_ORGS, ART_TITLE }, 2, ST_CORRUPT },
		{ { ART_ORGS, ART_ORGS }, 2, ST_CORRUPT },
	};
	struct article a;
	struct zstream_packer *p;
	struct zstream_unpacker *u;
	struct buf data = BUF_INIT;
	struct error err;
	size_t i, k, given;

	(void)state;
	article_init(&a);
	assert_int_equal(zstream_packer_new(&p, 6, DICT, strlen(DICT)), ST_OK);
	assert_int_equal(zstream_unpacker_new(&u, DICT, strlen(DICT)), ST_OK);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		pack_fields(p, rows[i].numbers, rows[i].n, &data);
		assert_int_equal(record_unpack(u, data.data, data.len, &a, &err), rows[i].status);
		if (rows[i].status != ST_OK)
			continue;
		for (k = given = 0; k < ART_FIELDS; k++)
			given += a.field[k].len > 0;
		assert_int_equal(given, rows[i].n);
		for (k = 0; k < rows[i].n; k++)
			assert_memory_equal(a.field[rows[i].numbers[k]].data, "x", 2);
	}
	buf_fini(&data);
	zstream_packer_free(p);
	zstream_unpacker_free(u);
	article_fini(&a);
}

static void
manifests_come_back(void **state)
{
	struct manifest m = { .format = 7, .fingerprint = "a1 \"quoted\"", .generation = 4000000000u, .articles = 3,
			      .text_bytes = 5000000000u, .packed_bytes = 2, .index_bytes = 9, .languages = "fr ru",
			      .newest = "2025-03-27", .built = "2025-04-01T00:00:00Z" };
	struct index_fixture *f = *state;
	struct manifest n;
	struct error err;
	struct buf text = BUF_INIT;
	char *path = file_join(f->dir, "manifest.json");

	assert_non_null(path);
	assert_int_equal(manifest_read(f->dir, &n, &err), ST_NOTFOUND);
	assert_int_equal(manifest_write(f->dir, &m, &err), ST_OK);
	assert_int_equal(manifest_read(f->dir, &n, &err), ST_OK);
	assert_string_equal(n.fingerprint, m.fingerprint);
	assert_int_equal(n.generation, m.generation);
	assert_int_equal(n.text_bytes, m.text_bytes);
	assert_string_equal(n.languages, m.languages);
	assert_string_equal(n.built, m.built);
	assert_int_equal(manifest_lines(&n, &text), ST_OK);
	assert_non_null(strstr(buf_str(&text), "articles: 3\n"));
	assert_non_null(strstr(buf_str(&text), "newest: 2025-03-27\n"));
	assert_int_equal(file_write(path, "{\"articles\":-1}", 15, &err), ST_OK);
	assert_int_equal(manifest_read(f->dir, &n, &err), ST_CORRUPT);
	assert_int_equal(file_write(path, "{", 1, &err), ST_OK);
	assert_int_equal(manifest_read(f->dir, &n, &err), ST_CORRUPT);
	buf_fini(&text);
	free(path);
}

static void
generation_names(void **state)
{
	static const struct { const char *name; uint32_t gen; } rows[] = {
		{ "g000001", 1 }, { "g000123", 123 }, { "g1234567", 1234567 },
		{ "g1", 0 }, { "g000000", 0 }, { "g0000001", 0 }, { "", 0 }, { "g", 0 }, { "g-00001", 0 },
		{ "g00001x", 0 }, { "x000001", 0 }, { "g99999999999", 0 }, { "g 00001", 0 },
	};
	char name[STORE_GEN_NAME_MAX];
	uint32_t gen;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(store_gen_parse(rows[i].name, &gen), rows[i].gen != 0);
		if (rows[i].gen == 0)
			continue;
		assert_int_equal(gen, rows[i].gen);
		store_gen_name(gen, name);
		assert_string_equal(name, rows[i].name);
	}
}

static void
the_default_folder(void **state)
{
	struct buf path = BUF_INIT;

	(void)state;
	setenv("HOME", "/home/x", 1);
	unsetenv("XDG_DATA_HOME");
	unsetenv("DRAGOMAN_INDEX");
	assert_int_equal(store_default_dir(&path, NULL), ST_OK);
	assert_string_equal(buf_str(&path), "/home/x/.local/share/dragoman");
	setenv("XDG_DATA_HOME", "/data", 1);
	buf_clear(&path);
	assert_int_equal(store_default_dir(&path, NULL), ST_OK);
	assert_string_equal(buf_str(&path), "/data/dragoman");
	setenv("DRAGOMAN_INDEX", "here", 1);
	buf_clear(&path);
	assert_int_equal(store_default_dir(&path, NULL), ST_OK);
	assert_string_equal(buf_str(&path), "here");
	buf_fini(&path);
}

/* A generation that is held by a reader cannot be locked for removal; a
 * generation that somebody holds for himself is not opened, and not taken for damaged. */
static void
readers_pin(void **state)
{
	struct index_fixture *f = *state;
	struct store *s;
	struct error err;
	char path[120];
	int fd;

	index_add(f, "a", "2025", "Wire", "One", "Text.");
	index_commit(f);
	index_switch(f);
	snprintf(path, sizeof(path), "%s/g000001/%s", f->dir, STORE_PIN);
	fd = open(path, O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(store_open(&s, f->dir, &err), ST_OK);
	assert_int_equal(s->manifest.articles, 1);
	assert_int_not_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
	store_free(s);
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
	assert_int_equal(store_open(&s, f->dir, &err), ST_LOCKED);
	assert_null(s);
	close(fd);
	assert_int_equal(store_open(&s, f->dir, &err), ST_OK);
	store_free(s);
}

static void
articles_are_read(void **state)
{
	struct index_fixture *f = *state;
	struct store *s;
	struct error err;
	struct article a;
	struct xap_doc *doc;

	index_add(f, "a", "2025", "Wire", "One", "First.\nSecond.");
	index_commit(f);
	index_switch(f);
	assert_int_equal(store_open(&s, f->dir, &err), ST_OK);
	assert_int_equal(xap_db_document(s->db, 1, &doc, &err), ST_OK);
	article_init(&a);
	assert_int_equal(store_article(s, doc, NULL, &a, &err), ST_OK);
	assert_string_equal(buf_str(&a.field[ART_TITLE]), "One");
	assert_string_equal(buf_str(&a.body), "First.\nSecond.");
	assert_int_equal(a.nparas, 2);
	article_fini(&a);
	xap_doc_free(doc);
	store_free(s);
}

static void
what_cannot_be_opened_says_why(void **state)
{
	struct index_fixture *f = *state;
	struct manifest m;
	struct store *s;
	struct error err;
	char gen[120], current[120];

	snprintf(gen, sizeof(gen), "%s/g000001", f->dir);
	snprintf(current, sizeof(current), "%s/CURRENT", f->dir);
	assert_int_equal(store_open(&s, f->dir, &err), ST_NOTFOUND);
	assert_non_null(strstr(err.text, "dragoman-index build -d"));
	index_add(f, "a", "", "", "One", "Text.");
	index_commit(f);
	index_switch(f);
	assert_int_equal(manifest_read(gen, &m, &err), ST_OK);
	snprintf(m.fingerprint, sizeof(m.fingerprint), "another");
	assert_int_equal(manifest_write(gen, &m, &err), ST_OK);
	assert_int_equal(store_open(&s, f->dir, &err), ST_VERSION);
	assert_non_null(strstr(err.text, "rebuild"));
	m.format = 99;
	assert_int_equal(manifest_write(gen, &m, &err), ST_OK);
	assert_int_equal(store_open(&s, f->dir, &err), ST_VERSION);
	assert_int_equal(file_write(current, "g000009\n", 8, &err), ST_OK);
	assert_int_equal(store_open(&s, f->dir, &err), ST_CORRUPT);
	assert_int_equal(file_write(current, "../x\n", 5, &err), ST_OK);
	assert_int_equal(store_open(&s, f->dir, &err), ST_CORRUPT);
	assert_null(s);
}

static void
note(void *arg, const char *name, const char *why)
{
	struct buf *notes = arg;

	(void)why;
	buf_addf(notes, "%s ", name);
}

/* The names of the files that differ from DIR/sums at revision REV; NULL when there are none for that. */
static const char *
differing(const char *dir, uint64_t rev, struct buf *notes)
{
	struct error err;
	bool known;

	buf_clear(notes);
	assert_int_equal(sums_compare(dir, rev, &known, note, notes, &err), ST_OK);
	return known ? buf_str(notes) : NULL;
}

static void
files_have_sums(void **state)
{
	struct index_fixture *f = *state;
	char dir[100], one[160], two[160], other[160], sums[160];
	struct buf text = BUF_INIT, notes = BUF_INIT;
	struct error err;
	bool known;

	snprintf(dir, sizeof(dir), "%s/folder", f->dir);
	snprintf(one, sizeof(one), "%s/dictionary", dir);
	snprintf(two, sizeof(two), "%s/postlist.glass", dir);
	snprintf(other, sizeof(other), "%s/two words", dir);
	snprintf(sums, sizeof(sums), "%s/" SUMS_NAME, dir);
	assert_int_equal(mkdir(dir, 0777), 0);
	assert_int_equal(file_write(one, "1", 1, &err), ST_OK);
	assert_int_equal(file_write(two, "22", 2, &err), ST_OK);
	assert_int_equal(file_write(other, "333", 3, &err), ST_OK);
	assert_null(differing(dir, 5, &notes));
	assert_int_equal(sums_take(dir, 5, &text, &err), ST_OK);
	assert_int_equal(file_write(sums, text.data, text.len, &err), ST_OK);
	assert_string_equal(differing(dir, 5, &notes), "");
	assert_null(differing(dir, 6, &notes));
	assert_int_equal(file_write(other, "not a file of a generation", 26, &err), ST_OK);
	assert_string_equal(differing(dir, 5, &notes), "");
	assert_int_equal(file_write(two, "23", 2, &err), ST_OK);
	assert_string_equal(differing(dir, 5, &notes), "postlist.glass ");
	assert_int_equal(file_write(two, "22", 2, &err), ST_OK);
	assert_int_equal(unlink(one), 0);
	assert_string_equal(differing(dir, 5, &notes), "dictionary ");
	text.data[8] ^= 1;
	assert_int_equal(file_write(sums, text.data, text.len, &err), ST_OK);
	assert_int_equal(sums_compare(dir, 5, &known, note, &notes, &err), ST_CORRUPT);
	assert_int_equal(sums_drop(dir, &err), ST_OK);
	assert_int_not_equal(access(sums, F_OK), 0);
	assert_int_equal(sums_drop(dir, &err), ST_OK);
	buf_fini(&text);
	buf_fini(&notes);
}

static int
setup(void **state)
{
	struct index_fixture *f = malloc(sizeof(*f));

	if (f == NULL)
		return -1;
	index_init(f);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	index_fini(*state);
	free(*state);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_back),
		cmocka_unit_test(fields_are_known_by_their_numbers),
		cmocka_unit_test_setup_teardown(manifests_come_back, setup, teardown),
		cmocka_unit_test(generation_names),
		cmocka_unit_test(the_default_folder),
		cmocka_unit_test_setup_teardown(readers_pin, setup, teardown),
		cmocka_unit_test_setup_teardown(articles_are_read, setup, teardown),
		cmocka_unit_test_setup_teardown(files_have_sums, setup, teardown),
		cmocka_unit_test_setup_teardown(what_cannot_be_opened_says_why, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
