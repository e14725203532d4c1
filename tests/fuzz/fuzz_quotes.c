/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Quotations: the input as a plain text. Whatever it is, they come in order,
 * none in another, inside the body and on whole characters.
 */
#include "engine/quotes/quotes.h"
#include "tests/fuzz/article_holds.h"
#include "tests/fuzz/text_article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
span_holds(const struct article *a, uint32_t start, uint32_t end)
{
	holds(start < end && end <= a->body.len);
	holds(utf8_valid(a->body.data + start, end - start) == end - start);
	holds(end == a->body.len || ((unsigned char)a->body.data[end] & 0xC0) != 0x80);
}

static void
quotes_hold(const struct article *a)
{
	const struct quote *found;
	struct quotes *q;
	uint32_t at = 0;
	size_t i, n;

	holds(quotes_new(&q, NULL) == ST_OK);
	holds(quotes_find(q, a, &found, &n, NULL) == ST_OK);
	for (i = 0; i < n; i++) {
		holds(found[i].start >= at);
		span_holds(a, found[i].start, found[i].end);
		at = found[i].end;
		if (found[i].speaker_end > 0)
			span_holds(a, found[i].speaker_start, found[i].speaker_end);
		if (found[i].office_end > 0)
			span_holds(a, found[i].office_start, found[i].office_end);
		holds(found[i].speaker_end > 0 || found[i].office_end == 0);
	}
	quotes_free(q);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct article a;
	struct error err;

	article_init(&a);
	if (text_article(&a, data, size, &err) == ST_OK)
		quotes_hold(&a);
	article_fini(&a);
	return 0;
}
