/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/lines.h"

#include <stdlib.h>
#include <string.h>

#define LINES_FIRST (256u << 10)

void
lines_init(struct lines *l, struct zstream_reader *from)
{
	memset(l, 0, sizeof(*l));
	l->from = from;
}

void
lines_fini(struct lines *l)
{
	free(l->data);
	lines_init(l, NULL);
}

/* Makes room behind the bytes held: moves them to the front, or grows. */
static enum status
make_room(struct lines *l, struct error *err)
{
	size_t cap = l->cap > 0 ? l->cap * 2 : LINES_FIRST;
	char *data;

	if (l->start > 0) {
		memmove(l->data, l->data + l->start, l->end - l->start);
		l->end -= l->start;
		l->start = 0;
	}
	if (l->end < l->cap)
		return ST_OK;
	data = realloc(l->data, cap);
	if (data == NULL)
		return error_nomem(err);
	l->data = data;
	l->cap = cap;
	return ST_OK;
}

static enum status
read_more(struct lines *l, struct error *err)
{
	enum status st = make_room(l, err);
	size_t got;

	if (st != ST_OK)
		return st;
	st = zstream_reader_read(l->from, l->data + l->end, l->cap - l->end, &got, err);
	if (st != ST_OK)
		return st;
	l->end += got;
	l->eof = got == 0;
	return ST_OK;
}

static void
give(struct lines *l, struct line *out, size_t len)
{
	out->text = l->data + l->start;
	out->len = len;
	if (len > 0 && out->text[len - 1] == '\r')
		out->len--;
	if (out->too_long || out->len > LINES_MAX) {
		out->too_long = true;
		out->text = "";
		out->len = 0;
	}
	l->number++;
}

enum status
lines_next(struct lines *l, struct line *out, bool *got, struct error *err)
{
	size_t seen = 0;
	enum status st;
	char *lf;

	*got = false;
	out->too_long = false;
	for (;;) {
		lf = l->end > l->start + seen ?
			memchr(l->data + l->start + seen, '\n', l->end - l->start - seen) : NULL;
		if (lf != NULL) {
			give(l, out, (size_t)(lf - l->data) - l->start);
			l->start = (size_t)(lf - l->data) + 1;
			*got = true;
			return ST_OK;
		}
		seen = l->end - l->start;
		if (l->eof)
			break;
		if (seen > LINES_MAX + 1) {   /* a CR may be the last */
			out->too_long = true;
			l->start = l->end;
			seen = 0;
		}
		st = read_more(l, err);
		if (st != ST_OK)
			return st;
	}
	if (seen == 0 && !out->too_long)
		return ST_OK;
	give(l, out, seen);
	l->start = l->end;
	*got = true;
	return ST_OK;
}
