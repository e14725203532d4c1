/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * JSON Lines: each line of the input as the reader would take it.
 */
#include "corpus/jsonl.h"
#include "tests/fuzz/article_holds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
take_line(struct article *a, const char *line, size_t len, struct buf *spare)
{
	struct error err;
	bool converted;

	article_clear(a);
	if (intake_utf8(&line, &len, spare, &converted, &err) == ST_OK &&
	    jsonl_parse(a, line, len, &err) == ST_OK)
		article_holds(a);
	else
		holds(utf8_valid(err.text, strlen(err.text)) == strlen(err.text));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size, *lf;
	struct buf spare = BUF_INIT;
	struct article a;

	article_init(&a);
	while (at < end) {
		lf = memchr(at, '\n', (size_t)(end - at));
		if (lf == NULL)
			lf = end;
		take_line(&a, at, (size_t)(lf - at), &spare);
		at = lf < end ? lf + 1 : end;
	}
	article_fini(&a);
	buf_fini(&spare);
	return 0;
}
