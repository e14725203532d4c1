/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes.h"

#include <stdlib.h>

#include "engine/quote_marks.h"

struct quotes {
	struct quote_list list;
};

enum status
quotes_new(struct quotes **out, struct error *err)
{
	*out = calloc(1, sizeof(**out));
	return *out != NULL ? ST_OK : error_set(err, ST_NOMEM, "no memory");
}

void
quotes_free(struct quotes *q)
{
	if (q == NULL)
		return;
	free(q->list.at);
	free(q);
}

enum status
quotes_find(struct quotes *q, const struct article *a, const struct quote **out, size_t *n, struct error *err)
{
	enum status st = quote_marks_find(a, &q->list);

	if (st != ST_OK)
		return error_set(err, st, "no memory");
	*out = q->list.at;
	*n = q->list.n;
	return ST_OK;
}
