/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/unit/gzip.h"

/* Text that packs, but not to nothing. */
static void
make_text(struct buf *b, size_t len, unsigned seed)
{
	static const char *const words[] = {
		"envoy ", "treaty ", "signed ", "in ", "Geneva ", "the ", "delegation\n", "of ",
	};

	while (b->len < len) {
		seed = seed * 1103515245u + 12345u;
		buf_adds(b, words[(seed >> 16) % 8]);
		if ((seed >> 20) % 16 == 0)
			buf_addf(b, "%u ", seed);
	}
	assert_int_equal(buf_status(b), ST_OK);
}

static int
file_of(const struct buf *b)
{
	FILE *f = tmpfile();
	int fd;

	assert_non_null(f);
	fd = dup(fileno(f));
	assert_true(fd >= 0);
	assert_int_equal(write(fd, buf_str(b), b->len), (ssize_t)b->len);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	fclose(f);
	return fd;
}

/* Reads all of FILE in steps of STEP bytes; the status that ended it. */
static enum status
slurp(const struct buf *file, size_t step, struct buf *out, struct error *err)
{
	int fd = file_of(file);
	char data[4096];
	struct zstream_reader *z;
	enum status st;
	size_t got = 1;

	st = zstream_reader_new(&z, fd, "x.gz", err);
	while (st == ST_OK && got > 0) {
		st = zstream_reader_read(z, data, step, &got, err);
		if (st == ST_OK)
			buf_add(out, data, got);
	}
	if (st == ST_OK)
		assert_int_equal(zstream_reader_taken(z), file->len);
	zstream_reader_free(z);
	close(fd);
	return st;
}

static void
expect_text(const struct buf *file, const struct buf *text)
{
	static const size_t steps[] = { 4096, 1, 7 };
	struct buf out = BUF_INIT;
	struct error err;
	size_t i;

	for (i = 0; i < 3; i++) {
		assert_int_equal(slurp(file, steps[i], &out, &err), ST_OK);
		assert_int_equal(out.len, text->len);
		assert_memory_equal(buf_str(&out), buf_str(text), text->len);
		buf_clear(&out);
	}
	buf_fini(&out);
}

static void
reads_plain_and_gzip(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 65535, 65536, 65537, 300000 };
	struct buf text = BUF_INIT, file = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		buf_clear(&text);
		buf_clear(&file);
		make_text(&text, sizes[i], 7);
		expect_text(&text, &text);
		assert_int_equal(gzip_member(&file, buf_str(&text), text.len), ST_OK);
		expect_text(&file, &text);
		/* a second member, an empty third, and a block's padding */
		assert_int_equal(gzip_member(&file, "more", 4), ST_OK);
		assert_int_equal(gzip_member(&file, "", 0), ST_OK);
		buf_add(&file, "\0\0\0", 3);
		buf_adds(&text, "more");
		expect_text(&file, &text);
	}
	buf_fini(&text);
	buf_fini(&file);
}

static void
damaged_gzip_is_told(void **state)
{
	struct buf text = BUF_INIT, file = BUF_INIT, bad = BUF_INIT, out = BUF_INIT;
	struct error err;
	size_t cut;

	(void)state;
	make_text(&text, 2000, 3);
	assert_int_equal(gzip_member(&file, buf_str(&text), text.len), ST_OK);
	for (cut = 2; cut < file.len; cut++) {
		buf_clear(&bad);
		buf_add(&bad, file.data, cut);
		assert_int_equal(slurp(&bad, 512, &out, &err), ST_CORRUPT);
		assert_string_equal(err.text, "x.gz: the gzip data breaks off");
	}
	buf_clear(&bad);
	buf_add(&bad, file.data, file.len);
	bad.data[file.len - 6] ^= 1;   /* the checksum */
	assert_int_equal(slurp(&bad, 512, &out, &err), ST_CORRUPT);
	buf_clear(&bad);
	buf_add(&bad, file.data, file.len);
	buf_adds(&bad, "garbage");
	assert_int_equal(slurp(&bad, 512, &out, &err), ST_CORRUPT);
	assert_string_equal(err.text, "x.gz: other bytes after the gzip data");
	assert_int_equal(zstream_reader_new(&(struct zstream_reader *){ NULL }, -1, "gone", &err), ST_IO);
	buf_fini(&text);
	buf_fini(&file);
	buf_fini(&bad);
	buf_fini(&out);
}

static void
unpack_in_steps(const struct buf *packed, const struct buf *dict, size_t step, const struct buf *text)
{
	struct buf out = BUF_INIT;
	struct zstream_unpacker *u;
	bool end = false;
	size_t before;

	assert_int_equal(zstream_unpacker_new(&u, buf_str(dict), dict->len), ST_OK);
	assert_int_equal(zstream_unpacker_begin(u, buf_str(packed), packed->len), ST_OK);
	while (!end) {
		before = out.len;
		assert_int_equal(zstream_unpacker_more(u, step, &out, &end), ST_OK);
		assert_true(out.len - before == step || end);
	}
	assert_int_equal(out.len, text->len);
	assert_memory_equal(buf_str(&out), buf_str(text), text->len);
	zstream_unpacker_free(u);
	buf_fini(&out);
}

static void
packs_and_unpacks(void **state)
{
	static const size_t sizes[] = { 0, 1, 100, 5000, 200000 };
	static const size_t steps[] = { 1000000, 1, 64, 5000 };
	struct buf text = BUF_INIT, packed = BUF_INIT, dict = BUF_INIT;
	struct zstream_packer *z;
	size_t i, j, k;

	(void)state;
	for (k = 0; k < 2; k++) {
		if (k == 1)
			make_text(&dict, ZSTREAM_DICT_MAX - 64, 99);
		assert_int_equal(zstream_packer_new(&z, 6, buf_str(&dict), dict.len), ST_OK);
		for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			buf_clear(&text);
			buf_clear(&packed);
			make_text(&text, sizes[i], (unsigned)i);
			assert_int_equal(zstream_packer_pack(z, buf_str(&text), text.len, &packed), ST_OK);
			for (j = 0; j < sizeof(steps) / sizeof(steps[0]); j++)
				unpack_in_steps(&packed, &dict, steps[j], &text);
		}
		zstream_packer_free(z);
	}
	buf_fini(&text);
	buf_fini(&packed);
	buf_fini(&dict);
}

static void
dictionary_saves(void **state)
{
	struct buf text = BUF_INIT, dict = BUF_INIT, plain = BUF_INIT, packed = BUF_INIT, out = BUF_INIT;
	struct zstream_packer *a, *b;
	struct zstream_unpacker *u;
	bool end;

	(void)state;
	buf_adds(&text, "The foreign ministry declined to comment on the negotiations.");
	buf_adds(&dict, "declined to comment on the negotiations. The foreign ministry ");
	assert_int_equal(zstream_packer_new(&a, 6, NULL, 0), ST_OK);
	assert_int_equal(zstream_packer_new(&b, 6, buf_str(&dict), dict.len), ST_OK);
	assert_int_equal(zstream_packer_pack(a, buf_str(&text), text.len, &plain), ST_OK);
	assert_int_equal(zstream_packer_pack(b, buf_str(&text), text.len, &packed), ST_OK);
	assert_true(packed.len * 3 < plain.len);
	/* without its dictionary the text is not to be had */
	assert_int_equal(zstream_unpacker_new(&u, NULL, 0), ST_OK);
	assert_int_equal(zstream_unpacker_begin(u, packed.data, packed.len), ST_OK);
	assert_int_equal(zstream_unpacker_more(u, 1000, &out, &end), ST_CORRUPT);
	zstream_unpacker_free(u);
	zstream_packer_free(a);
	zstream_packer_free(b);
	assert_int_equal(zstream_packer_new(&a, 6, "", ZSTREAM_DICT_MAX + 1), ST_INVALID);
	assert_int_equal(zstream_packer_new(&a, 77, NULL, 0), ST_INVALID);
	assert_int_equal(zstream_unpacker_new(&u, "", ZSTREAM_DICT_MAX + 1), ST_INVALID);
	buf_fini(&text);
	buf_fini(&dict);
	buf_fini(&plain);
	buf_fini(&packed);
	buf_fini(&out);
}

static void
cut_packed_text_is_corrupt(void **state)
{
	struct buf text = BUF_INIT, packed = BUF_INIT, out = BUF_INIT;
	struct zstream_packer *z;
	struct zstream_unpacker *u;
	size_t cut;
	bool end;

	(void)state;
	make_text(&text, 1000, 5);
	assert_int_equal(zstream_packer_new(&z, 6, NULL, 0), ST_OK);
	assert_int_equal(zstream_packer_pack(z, text.data, text.len, &packed), ST_OK);
	assert_int_equal(zstream_unpacker_new(&u, NULL, 0), ST_OK);
	for (cut = 0; cut < packed.len; cut++) {
		assert_int_equal(zstream_unpacker_begin(u, packed.data, cut), ST_OK);
		assert_int_equal(zstream_unpacker_more(u, SIZE_MAX, &out, &end), ST_CORRUPT);
	}
	buf_addc(&packed, 'x');
	assert_int_equal(zstream_unpacker_begin(u, packed.data, packed.len), ST_OK);
	assert_int_equal(zstream_unpacker_more(u, SIZE_MAX, &out, &end), ST_CORRUPT);
	/* and the next text is none the worse for it */
	buf_clear(&out);
	assert_int_equal(zstream_unpacker_begin(u, packed.data, packed.len - 1), ST_OK);
	assert_int_equal(zstream_unpacker_more(u, SIZE_MAX, &out, &end), ST_OK);
	assert_true(end);
	assert_string_equal(buf_str(&out), buf_str(&text));
	zstream_packer_free(z);
	zstream_unpacker_free(u);
	buf_fini(&text);
	buf_fini(&packed);
	buf_fini(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_plain_and_gzip),
		cmocka_unit_test(damaged_gzip_is_told),
		cmocka_unit_test(packs_and_unpacks),
		cmocka_unit_test(dictionary_saves),
		cmocka_unit_test(cut_packed_text_is_corrupt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
