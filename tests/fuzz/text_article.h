/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The input of a fuzz target as a file of plain text, read as the reader does.
 */
#ifndef TESTS_FUZZ_TEXT_ARTICLE_H
#define TESTS_FUZZ_TEXT_ARTICLE_H

#include "corpus/intake.h"
#include "corpus/text.h"

static inline enum status
text_article(struct article *a, const uint8_t *data, size_t size, struct error *err)
{
	const char *text = (const char *)data;
	struct buf spare = BUF_INIT;
	bool converted;
	enum status st = intake_mark(&text, &size, err);

	if (st == ST_OK)
		st = intake_utf8(&text, &size, &spare, &converted, err);
	if (st == ST_OK)
		st = text_parse(a, text, size, "file.txt", err);
	buf_fini(&spare);
	return st;
}

#endif
