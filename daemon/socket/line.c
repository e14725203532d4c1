/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/socket/line.h"

#include <string.h>

#include "base/wire.h"

/* Memory that an idle connection keeps. */
#define KEEP 4096

void
line_init(struct line_reader *l)
{
	buf_init(&l->in);
	l->at = l->scanned = 0;
	l->skipping = false;
}

void
line_fini(struct line_reader *l)
{
	buf_fini(&l->in);
}

bool
line_has_room(const struct line_reader *l)
{
	return l->in.len - l->at < LINE_BUFFER_MAX;
}

/* Moves the bytes that wait to the front. */
static void
compact(struct line_reader *l)
{
	size_t rest = l->in.len - l->at;

	if (rest == 0 && l->in.cap > KEEP)
		buf_fini(&l->in);
	else if (rest > 0)
		memmove(l->in.data, l->in.data + l->at, rest);
	l->in.len = rest;
	l->scanned -= l->at;
	l->at = 0;
}

char *
line_space(struct line_reader *l, size_t *room)
{
	if (l->at > 0)
		compact(l);
	*room = LINE_BUFFER_MAX - l->in.len;
	if (*room == 0)
		return NULL;
	if (l->in.len == 0 && *room >= KEEP)
		*room = KEEP - 1;
	return buf_reserve(&l->in, *room);
}

void
line_filled(struct line_reader *l, size_t len)
{
	l->in.len += len;
}

enum line_got
line_next(struct line_reader *l, const char **line, size_t *len)
{
	const char *lf = NULL;
	size_t n;

	for (;;) {
		if (l->scanned < l->in.len)
			lf = memchr(l->in.data + l->scanned, '\n', l->in.len - l->scanned);
		if (lf == NULL)
			break;
		*line = l->in.data + l->at;
		n = (size_t)(lf - *line);
		l->at += n + 1;
		l->scanned = l->at;
		if (n > 0 && (*line)[n - 1] == '\r')
			n--;
		*len = n;
		if (!l->skipping)
			return n > WIRE_LINE_MAX ? LINE_TOO_LONG : LINE_GOT;
		l->skipping = false;
		lf = NULL;
	}
	l->scanned = l->in.len;
	if (l->skipping) {
		l->at = l->in.len;
		return LINE_NONE;
	}
	/* One byte more than the longest line may be the CR of its end. */
	if (l->in.len - l->at <= WIRE_LINE_MAX + 1)
		return LINE_NONE;
	*line = l->in.data + l->at;
	*len = l->in.len - l->at;
	l->skipping = true;
	l->at = l->in.len;
	return LINE_TOO_LONG;
}
