/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Articles and their quotations, for test_quotes.py: list_quotes PATH... prints
 * a line for each article, B, id, body, and one for each of its quotations, Q,
 * id, start and end of the words, of the speaker, of the office, and these three
 * as text. The last line, of "#", has how many bytes of text were read and how
 * many microseconds of the processor finding took. Fields are split by TAB.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/wire.h"
#include "corpus/reader.h"
#include "engine/quotes/quotes.h"

static void
must(enum status st, const struct error *err)
{
	if (st == ST_OK)
		return;
	fprintf(stderr, "list_quotes: %s\n", err->text);
	exit(1);
}

static void
print_body(const struct article *a, struct buf *line)
{
	buf_clear(line);
	buf_addf(line, "B\t%s\t", buf_str(&a->field[ART_ID]));
	wire_escape(line, a->body.data, a->body.len);
	puts(buf_str(line));
}

static void
print_quote(const struct article *a, const struct quote *q, struct buf *line)
{
	const uint32_t at[6] = { q->start, q->end, q->speaker_start, q->speaker_end, q->office_start, q->office_end };
	int i;

	buf_clear(line);
	buf_addf(line, "Q\t%s", buf_str(&a->field[ART_ID]));
	for (i = 0; i < 6; i++)
		buf_addf(line, "\t%" PRIu32, at[i]);
	for (i = 0; i < 6; i += 2) {
		buf_addc(line, '\t');
		wire_escape(line, a->body.data + at[i], at[i + 1] - at[i]);
	}
	puts(buf_str(line));
}

int
main(int argc, char **argv)
{
	struct error err = { ST_OK, 0, "out of memory" };
	const struct reader_options opt = { .root = NULL };
	struct buf line = BUF_INIT;
	const struct quote *found;
	struct reader *r;
	struct quotes *quotes;
	struct article a;
	uint64_t bytes = 0;
	clock_t spent = 0, from;
	size_t i, n;
	bool got;

	must(reader_new(&r, (const char *const *)argv + 1, (size_t)argc - 1, &opt, &err), &err);
	must(quotes_new(&quotes, &err), &err);
	article_init(&a);
	for (;;) {
		must(reader_next(r, &a, &got, &err), &err);
		if (!got)
			break;
		from = clock();
		must(quotes_find(quotes, &a, &found, &n, &err), &err);
		spent += clock() - from;
		bytes += a.body.len;
		print_body(&a, &line);
		for (i = 0; i < n; i++)
			print_quote(&a, &found[i], &line);
	}
	printf("#\t%" PRIu64 "\t%" PRIu64 "\n", bytes, (uint64_t)spent * 1000000 / CLOCKS_PER_SEC);
	article_fini(&a);
	quotes_free(quotes);
	reader_free(r);
	buf_fini(&line);
	return 0;
}
