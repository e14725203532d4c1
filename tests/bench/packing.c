/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the preset dictionary saves: packing INDEX FILE... packs the text of
 * every article of each FILE by itself, once with plain deflate and once
 * against the dictionary of INDEX's current generation, and prints the sums.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/zstream.h"
#include "corpus/reader.h"
#include "engine/store/record.h"
#include "engine/store/store.h"

#define LEVEL 6   /* the indexer's */

static void
must(enum status st, const struct error *err)
{
	if (st == ST_OK)
		return;
	fprintf(stderr, "packing: %s\n", err->text);
	exit(1);
}

static uint64_t
packed_size(struct zstream_packer *z, const struct article *a, struct buf *work, struct error *err)
{
	buf_clear(work);
	must(record_pack(z, a, work), err);
	return work->len;
}

int
main(int argc, char **argv)
{
	struct error err = { ST_OK, 0, "out of memory" };
	struct zstream_packer *plain, *preset;
	struct buf dict = BUF_INIT, path = BUF_INIT, work = BUF_INIT;
	struct article a;
	char name[STORE_GEN_NAME_MAX];
	uint32_t gen;
	int i;

	if (argc < 3) {
		fprintf(stderr, "usage: packing INDEX FILE...\n");
		return 64;
	}
	must(store_current(argv[1], &gen, &err), &err);
	store_gen_name(gen, name);
	buf_addf(&path, "%s/%s/dictionary", argv[1], name);
	must(file_read(buf_str(&path), DICTIONARY_MAX, &dict, &err), &err);
	must(zstream_packer_new(&plain, LEVEL, NULL, 0), &err);
	must(dictionary_packer(&preset, LEVEL, dict.data, dict.len), &err);
	article_init(&a);
	printf("%-18s %9s %12s %12s %12s %7s\n", "packing texts", "articles", "bytes", "deflate", "dictionary", "saved");
	for (i = 2; i < argc; i++) {
		const char *file = argv[i], *base;
		const struct reader_options opt = { NULL, NULL, NULL, NULL, NULL };
		uint64_t text = 0, sum_plain = 0, sum_preset = 0, n = 0;
		struct reader *r;
		bool got;

		must(reader_new(&r, &file, 1, &opt, &err), &err);
		for (;;) {
			must(reader_next(r, &a, &got, &err), &err);
			if (!got)
				break;
			n++;
			text += a.field[ART_TITLE].len + a.body.len;
			sum_plain += packed_size(plain, &a, &work, &err);
			sum_preset += packed_size(preset, &a, &work, &err);
		}
		reader_free(r);
		base = strrchr(file, '/');
		printf("%-18s %9" PRIu64 " %12" PRIu64 " %12" PRIu64 " %12" PRIu64 " %6.1f%%\n",
		       base != NULL ? base + 1 : file,
		       n, text, sum_plain, sum_preset, sum_plain ? 100.0 - 100.0 * (double)sum_preset / (double)sum_plain : 0.0);
	}
	article_fini(&a);
	zstream_packer_free(plain);
	zstream_packer_free(preset);
	buf_fini(&dict);
	buf_fini(&path);
	buf_fini(&work);
	return 0;
}
