/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Plain text: the input as a whole file.
 */
#include "corpus/text.h"
#include "tests/fuzz/article_holds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct buf spare = BUF_INIT;
	struct article a;
	struct error err;
	bool converted;

	article_init(&a);
	if (intake_mark(&text, &size, &err) == ST_OK &&
	    intake_utf8(&text, &size, &spare, &converted, &err) == ST_OK &&
	    text_parse(&a, text, size, "file.txt", &err) == ST_OK)
		article_holds(&a);
	else
		holds(utf8_valid(err.text, strlen(err.text)) == strlen(err.text));
	article_fini(&a);
	buf_fini(&spare);
	return 0;
}
