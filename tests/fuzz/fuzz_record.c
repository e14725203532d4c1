/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a damaged index may hold: the input as a stored record, as a row of
 * results, and as the text behind a sound head, for a snippet.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "engine/snippet/snippet.h"
#include "engine/store/record.h"
#include "engine/store/row.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
holds(bool truth)
{
	if (!truth)
		abort();
}

/* A phrase and two words; their groups are 0 and 1. */
static const struct mark_word words[] = {
	{ MARK_WORD, "the", 3 }, { MARK_WORD, "talks", 5 }, { MARK_PREFIX, "min", 3 }, { MARK_STEM, "talk", 4 },
};
static const struct mark marks[] = { { words, 2, 0, 0 }, { words + 2, 1, 0, 1 }, { words + 3, 1, 0, 1 } };

static void
read_row(const char *data, size_t size)
{
	struct row row;

	if (row_unpack(data, size, &row) == ST_OK)
		holds(row.id >= data && row.title + row.title_len <= data + size);
}

static void
read_article(struct zstream_unpacker *z, const char *data, size_t size)
{
	struct article a;
	struct error err;
	size_t i;

	article_init(&a);
	if (record_unpack(z, data, size, &a, &err) == ST_OK)
		for (i = 0; i < a.nparas; i++)
			holds(a.paras[i].start <= a.paras[i].end && a.paras[i].end <= a.body.len);
	article_fini(&a);
}

static void
show(struct snippet_maker *sn, struct zstream_unpacker *z, const char *data, size_t size)
{
	struct buf out = BUF_INIT;
	struct error err;

	if (snippet_make(sn, z, data, size, &out, &err) == ST_OK)
		holds(strlen(buf_str(&out)) == out.len);
	buf_fini(&out);
}

/* The record of an article whose body is DATA, whatever bytes those are. */
static void
pack(struct zstream_packer *packer, const char *data, size_t size, struct buf *out)
{
	struct article a;

	article_init(&a);
	buf_adds(&a.field[ART_ID], "a");
	buf_adds(&a.field[ART_LANG], size % 2 ? "tr" : "");
	holds(article_add_para(&a, data, size, PARA_TEXT) == ST_OK);
	holds(record_pack(packer, &a, out) == ST_OK);
	article_fini(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct snippet_maker *sn;
	static struct zstream_packer *packer;
	static struct zstream_unpacker *z;
	const char *data = (const char *)bytes;
	struct buf record = BUF_INIT;

	if (sn == NULL) {
		holds(zstream_packer_new(&packer, 1, "", 0) == ST_OK && zstream_unpacker_new(&z, "", 0) == ST_OK &&
		      snippet_maker_new(&sn, NULL) == ST_OK &&
		      snippet_maker_query(sn, marks, sizeof(marks) / sizeof(marks[0]), "<", ">", NULL) == ST_OK);
	}
	read_row(data, size);
	read_article(z, data, size);
	show(sn, z, data, size);
	pack(packer, data, size, &record);
	read_article(z, buf_str(&record), record.len);
	show(sn, z, buf_str(&record), record.len);
	buf_fini(&record);
	return 0;
}
