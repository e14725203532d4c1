/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What holds for each article that a reader lets through. Aborts otherwise.
 */
#ifndef TESTS_FUZZ_ARTICLE_HOLDS_H
#define TESTS_FUZZ_ARTICLE_HOLDS_H

#include <stdlib.h>
#include <string.h>

#include "base/article.h"
#include "base/utf8.h"
#include "corpus/intake.h"

static inline void
holds(int truth)
{
	if (!truth)
		abort();
}

static inline void
text_holds(const struct buf *b)
{
	const char *text = buf_str(b);
	size_t len = b->len;

	holds(utf8_valid(text, len) == len);
	intake_trim(&text, &len);
	holds(len == b->len);
}

static inline void
article_holds(const struct article *a)
{
	const struct article_def *def;
	const struct para *p;
	const char *entry;
	size_t i, at, end = 0;

	for (i = 0; (def = article_def(i)) != NULL; i++) {
		if (def->kind == ARTICLE_TEXT)
			text_holds(&a->field[def->field]);
		else
			for (at = 0; (entry = article_next_entry(a, def->field, &at)) != NULL; )
				holds(*entry != '\0' && utf8_valid(entry, strlen(entry)) == strlen(entry));
		holds(memchr(buf_str(&a->field[def->field]), '\n', a->field[def->field].len) == NULL);
	}
	holds(a->field[ART_ID].len > 0 && a->field[ART_ID].len <= ARTICLE_ID_MAX);
	holds(a->field[ART_TITLE].len > 0 || a->body.len > 0);
	text_holds(&a->body);
	for (i = 0; i < a->nparas; i++) {
		p = &a->paras[i];
		holds(p->start == (i == 0 ? 0 : end + 1) && p->end > p->start && p->end <= a->body.len);
		holds(i == 0 || a->body.data[end] == '\n');
		holds(memchr(a->body.data + p->start, '\n', p->end - p->start) == NULL);
		end = p->end;
	}
	holds(end == a->body.len);
}

#endif
