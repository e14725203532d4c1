/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/marks.h"

#include "base/grow.h"
#include "engine/quotes/glyphs.h"

#define SPACED_MAX 1500    /* bytes between marks that do not say which way they face */
#define SINGLE_MAX 600     /* bytes between single marks */
#define LOOK_BYTES 65536   /* between two looks at the clock */

/* The open quotation: the shapes that close it, and the text in which it began. */
struct state {
	const struct article *a;
	struct quote_list *list;
	struct quote_glyphs *marks;
	bool open;
	struct quote_glyph opener;
	unsigned depth;
	uint32_t last_end;   /* where the last paragraph ended that it runs through */
	const struct quotes_clock *clock;
	struct error *err;
	size_t looked;       /* up to where the text was read when the clock was looked at */
};

static bool
closes(const struct quote_glyph *open, const struct quote_glyph *m)
{
	if (open->shape == GLYPH_LOW && m->shape == GLYPH_LEFT)
		return true;
	if ((m->faces & GLYPH_CLOSES) == 0)
		return false;
	switch (open->shape) {
	case GLYPH_STRAIGHT:
		return m->shape == GLYPH_STRAIGHT;
	case GLYPH_LEFT:
		return m->shape == GLYPH_RIGHT || (m->shape == GLYPH_STRAIGHT && m->faces == GLYPH_CLOSES);
	case GLYPH_RIGHT:
		return m->shape == GLYPH_RIGHT;
	case GLYPH_LOW:
		return m->shape == GLYPH_RIGHT;
	case GLYPH_GUIL_LEFT:
		return m->shape == GLYPH_GUIL_RIGHT;
	case GLYPH_GUIL_RIGHT:
		return m->shape == GLYPH_GUIL_LEFT;
	case GLYPH_TICKS_LEFT:
		return m->shape == GLYPH_TICKS_RIGHT || m->shape == GLYPH_STRAIGHT;
	case GLYPH_SINGLE: case GLYPH_SINGLE_LEFT:
		return m->shape == GLYPH_SINGLE || m->shape == GLYPH_SINGLE_RIGHT;
	case GLYPH_CORNER_LEFT:
		return m->shape == GLYPH_CORNER_RIGHT;
	case GLYPH_TICKS_RIGHT: case GLYPH_SINGLE_RIGHT: case GLYPH_CORNER_RIGHT:
		break;
	}
	return false;
}

/* A mark like the opener that faces the other way only. */
static bool
opens_again(const struct quote_glyph *open, const struct quote_glyph *m)
{
	return m->shape == open->shape && m->faces == GLYPH_OPENS;
}

static enum status
add_quote(struct state *s, uint32_t start, uint32_t end)
{
	const char *text = s->a->body.data;
	struct quote *q;
	size_t n;

	while (start < end && (n = quote_glyphs_blank(text + start, end - start)) > 0)
		start += (uint32_t)n;
	while (start < end && (n = quote_glyphs_blank_before(text + start, end - start)) > 0)
		end -= (uint32_t)n;
	if (start >= end)
		return ST_OK;
	q = grow(s->list->at, &s->list->cap, s->list->n, sizeof(*q));
	if (q == NULL)
		return ST_NOMEM;
	s->list->at = q;
	q += s->list->n++;
	*q = (struct quote){ .start = start, .end = end };
	return ST_OK;
}

/* Whether the marks from I on close more than they open: then what opens again at I is nested. */
static bool
closed_later(const struct state *s, size_t i)
{
	int depth = (int)s->depth;

	for (; i < s->marks->n; i++) {
		if (opens_again(&s->opener, &s->marks->at[i]))
			depth++;
		else if (closes(&s->opener, &s->marks->at[i]) && --depth == 0)
			return true;
	}
	return false;
}

/* 5" within a quotation: the marks behind it close the quotation. */
static bool
is_inches(const struct state *s, size_t i)
{
	size_t j, n = 0;

	if (!s->marks->at[i].after_digit || s->marks->at[i].shape != GLYPH_STRAIGHT)
		return false;
	for (j = i + 1; j < s->marks->n; j++)
		n += s->marks->at[j].shape == GLYPH_STRAIGHT && !s->marks->at[j].after_digit;
	return n % 2 == 1;
}

/* Whether the single mark I has one that closes it. ‘the boys’ school is good’: behind an s it
 * may be an apostrophe, if there is another. */
static bool
single_pair(const struct state *s, size_t i, size_t *close)
{
	const struct quote_glyph *open = &s->marks->at[i];
	size_t j;
	bool found = false;

	for (j = i + 1; j < s->marks->n && s->marks->at[j].at - open->end <= SINGLE_MAX; j++) {
		if (opens_again(open, &s->marks->at[j]))
			break;
		if (!closes(open, &s->marks->at[j]))
			continue;
		if (!found)
			*close = j;
		found = true;
		if (s->a->body.data[s->marks->at[j].at - 1] != 's') {
			*close = j;
			break;
		}
	}
	return found;
}

static bool
is_single(const struct quote_glyph *m)
{
	return m->shape == GLYPH_SINGLE || m->shape == GLYPH_SINGLE_LEFT;
}

static void
open_at(struct state *s, const struct quote_glyph *m)
{
	s->open = true;
	s->opener = *m;
	s->depth = 1;
}

/* Mark I while nothing is open; *I moves on to the last mark used. */
static enum status
try_open(struct state *s, size_t *i)
{
	const struct quote_glyph *m = &s->marks->at[*i];
	size_t close;

	if ((m->faces & GLYPH_OPENS) == 0 || (m->after_digit && m->faces != GLYPH_OPENS))
		return ST_OK;
	if (!is_single(m)) {
		open_at(s, m);
		return ST_OK;
	}
	if (!single_pair(s, *i, &close))
		return ST_OK;
	*i = close;
	return add_quote(s, m->end, s->marks->at[close].at);
}

/* Mark I while something is open. */
static enum status
try_close(struct state *s, size_t i)
{
	const struct quote_glyph *m = &s->marks->at[i];

	if (opens_again(&s->opener, m)) {
		if (!m->spaced && closed_later(s, i))
			s->depth++;
		else
			open_at(s, m);
		return ST_OK;
	}
	if (!closes(&s->opener, m) || is_inches(s, i) || --s->depth > 0)
		return ST_OK;
	if (m->spaced && m->shape == GLYPH_STRAIGHT && m->at - s->opener.end > SPACED_MAX) {
		open_at(s, m);
		return ST_OK;
	}
	s->open = false;
	return add_quote(s, s->opener.end, m->at);
}

/* A quotation that never closes goes to the end of what it runs through, if its mark says that it
 * opens one. */
static enum status
give_up(struct state *s)
{
	s->open = false;
	return s->opener.faces == GLYPH_OPENS && s->opener.shape != GLYPH_CORNER_LEFT ?
		add_quote(s, s->opener.end, s->last_end) : ST_OK;
}

/* Whether P goes on with the open quotation: its first mark opens it again. */
static bool
goes_on(const struct state *s, const struct para *p)
{
	const char *text = s->a->body.data;
	size_t at = p->start, n;

	if (p->kind == PARA_HEADING || s->marks->n == 0 || (s->opener.faces & GLYPH_OPENS) == 0)
		return false;
	while ((n = quote_glyphs_blank(text + at, p->end - at)) > 0)
		at += n;
	return s->marks->at[0].at == at && (s->marks->at[0].shape == s->opener.shape ||
		(s->opener.shape == GLYPH_GUIL_LEFT && s->marks->at[0].shape == GLYPH_GUIL_RIGHT));
}

/* Looks at the clock where the text up to AT is that much longer than at the last look. */
static enum status
look(struct state *s, size_t at)
{
	if (s->clock == NULL || at - s->looked < LOOK_BYTES)
		return ST_OK;
	s->looked = at;
	return s->clock->look(s->clock->arg, s->err);
}

static enum status
read_para(struct state *s, const struct para *p)
{
	size_t at = p->start, i;
	bool first = true;
	enum status st = ST_OK;

	while (st == ST_OK && at < p->end) {
		at = quote_glyphs_read(s->a->body.data, p, at, s->marks);
		i = 0;
		if (first && s->open) {
			if (goes_on(s, p))
				i = 1;
			else
				st = give_up(s);
		}
		first = false;
		if (st == ST_OK)
			st = look(s, at);
		for (; st == ST_OK && i < s->marks->n; i++)
			st = s->open ? try_close(s, i) : try_open(s, &i);
	}
	s->last_end = p->end;
	s->depth = 1;
	return st;
}

enum status
quote_marks_find(const struct article *a, const struct quotes_clock *clock, struct quote_list *list, struct error *err)
{
	struct quote_glyphs marks;
	struct state s = { .a = a, .list = list, .marks = &marks, .clock = clock, .err = err };
	enum status st = ST_OK;
	size_t i;

	marks.blanks = false;
	list->n = 0;
	for (i = 0; st == ST_OK && i < a->nparas; i++)
		st = read_para(&s, &a->paras[i]);
	if (st == ST_OK && s.open)
		st = give_up(&s);
	return st == ST_NOMEM ? error_nomem(err) : st;
}

void
quote_marks_words(const char *body, const struct quote *q, struct buf *out)
{
	size_t at = q->start, end, n;

	while (at < q->end) {
		for (end = at; end < q->end && body[end++] != '\n'; )
			;
		buf_add(out, body + at, end - at);
		for (at = end; (n = quote_glyphs_blank(body + at, q->end - at)) > 0; at += n)
			;
		at += end < q->end ? quote_glyphs_length(body + at, q->end - at) : 0;
	}
}
