/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/grow.h"
#include "config.h"

#include "indexer/build/batch.h"

#include <stdlib.h>

#define ARTICLE_COST 500         /* bytes of memory for an article beside its text */
#define KEEP_BYTES (1u << 20)    /* of a text, for the next one in its place */

struct batch *
batch_new(void)
{
	return calloc(1, sizeof(struct batch));
}

void
batch_free(struct batch *b)
{
	size_t i;

	if (b == NULL)
		return;
	for (i = 0; i < b->cap; i++)
		article_fini(&b->article[i]);
	free(b->article);
	free(b);
}

void
batch_add(struct batch *b)
{
	const struct article *a = &b->article[b->n++];

	b->text_bytes += a->field[ART_TITLE].len + a->body.len;
	b->bytes += a->field[ART_TITLE].len + a->body.len + ARTICLE_COST;
}

struct article *
batch_slot(struct batch *b)
{
	size_t made = b->cap;
	struct article *a = grow(b->article, &b->cap, b->n, sizeof(*a));

	if (a == NULL)
		return NULL;
	b->article = a;
	for (; made < b->cap; made++)
		article_init(&a[made]);
	/* The memory of a very long article is not kept: in every place of every batch it
	 * would add up. */
	if (b->article[b->n].body.cap > KEEP_BYTES)
		article_fini(&b->article[b->n]);
	article_clear(&b->article[b->n]);
	return &b->article[b->n];
}
