/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/zdict.h"
#include "base/zstream.h"

/* Texts that share turns of phrase, between numbers that nothing shares. */
static void
make_text(struct buf *b, unsigned seed)
{
	static const char *const turns[] = {
		" the deputy foreign minister told reporters on the margins of the summit ",
		" a spokesperson for the ministry declined to comment on the negotiations ",
		" the two delegations agreed to resume technical talks before the end of the month ",
		" according to a statement released after the closed-door session in Geneva ",
	};
	int i;

	buf_clear(b);
	for (i = 0; i < 8; i++) {
		seed = seed * 1103515245u + 12345u;
		buf_addf(b, "%u%u", seed, seed * 2654435761u);
		if (i % 2 == 0)
			buf_adds(b, turns[(seed >> 16) % 4]);
	}
	assert_int_equal(buf_status(b), ST_OK);
}

static void
train(struct buf *dict, size_t max)
{
	struct buf text = BUF_INIT;
	struct zdict *z;
	unsigned i;

	assert_int_equal(zdict_new(&z, max), ST_OK);
	for (i = 0; i < 400; i++) {
		make_text(&text, i);
		assert_int_equal(zdict_sample(z, text.data, text.len), ST_OK);
	}
	assert_int_equal(zdict_finish(z, dict), ST_OK);
	zdict_free(z);
	buf_fini(&text);
}

static size_t
packed_size(const struct buf *dict)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct zstream_packer *p;
	unsigned i;
	size_t n;

	assert_int_equal(zstream_packer_new(&p, 6, buf_str(dict), dict->len), ST_OK);
	for (i = 1000; i < 1100; i++) {   /* not those that it was trained on */
		make_text(&text, i);
		assert_int_equal(zstream_packer_pack(p, text.data, text.len, &out), ST_OK);
	}
	n = out.len;
	zstream_packer_free(p);
	buf_fini(&text);
	buf_fini(&out);
	return n;
}

static void
saves_on_texts_not_seen(void **state)
{
	struct buf dict = BUF_INIT, none = BUF_INIT;

	(void)state;
	train(&dict, 4096);
	assert_true(dict.len > 0 && dict.len <= 4096);
	assert_true(packed_size(&dict) * 10 < packed_size(&none) * 7);
	buf_fini(&dict);
}

static void
same_samples_same_dictionary(void **state)
{
	struct buf a = BUF_INIT, b = BUF_INIT;

	(void)state;
	train(&a, 2000);
	train(&b, 2000);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	buf_fini(&a);
	buf_fini(&b);
}

static void
little_in_common_gives_little(void **state)
{
	struct buf dict = BUF_INIT;
	char text[5000];
	unsigned seed = 1;
	struct zdict *z;
	size_t i;

	(void)state;
	assert_int_equal(zdict_new(&z, 32768), ST_OK);
	assert_int_equal(zdict_finish(z, &dict), ST_OK);
	assert_int_equal(dict.len, 0);
	assert_int_equal(zdict_sample(z, "abc", 3), ST_OK);
	for (i = 0; i < sizeof(text); i++) {
		seed = seed * 1103515245u + 12345u;
		text[i] = (char)(seed >> 16);
	}
	assert_int_equal(zdict_sample(z, text, sizeof(text)), ST_OK);
	assert_int_equal(zdict_finish(z, &dict), ST_OK);
	assert_int_equal(dict.len, 0);
	assert_false(zdict_full(z));
	zdict_free(z);
	buf_fini(&dict);
}

static void
takes_no_more_than_its_fill(void **state)
{
	struct buf dict = BUF_INIT;
	static char text[ZDICT_SAMPLES_MAX];
	struct zdict *z;

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(zdict_new(&z, 1000), ST_OK);
	assert_int_equal(zdict_sample(z, text, sizeof(text) - 9), ST_OK);
	assert_false(zdict_full(z));
	assert_int_equal(zdict_sample(z, text, 100), ST_OK);
	assert_true(zdict_full(z));
	assert_int_equal(zdict_sample(z, text, sizeof(text)), ST_OK);
	assert_int_equal(zdict_finish(z, &dict), ST_OK);
	assert_true(dict.len <= 1000);
	zdict_free(z);
	buf_fini(&dict);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(saves_on_texts_not_seen),
		cmocka_unit_test(same_samples_same_dictionary),
		cmocka_unit_test(little_in_common_gives_little),
		cmocka_unit_test(takes_no_more_than_its_fill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
