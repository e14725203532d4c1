/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Plain text: the input as a whole file.
 */
#include "tests/fuzz/article_holds.h"
#include "tests/fuzz/text_article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct article a;
	struct error err;

	article_init(&a);
	if (text_article(&a, data, size, &err) == ST_OK)
		article_holds(&a);
	else
		holds(utf8_valid(err.text, strlen(err.text)) == strlen(err.text));
	article_fini(&a);
	return 0;
}
