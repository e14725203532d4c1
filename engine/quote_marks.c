/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quote_marks.h"

#include <string.h>

#include "engine/grow.h"
#include "engine/quote_words.h"

#define MARKS_MAX 512      /* of one paragraph that are looked at together */
#define SPACED_MAX 1500    /* bytes between marks that do not say which way they face */
#define SINGLE_MAX 600     /* bytes between single marks */

enum { OPENS = 1, CLOSES = 2 };

enum shape {
	STRAIGHT, LEFT, RIGHT, LOW, GUIL_LEFT, GUIL_RIGHT, TICKS_LEFT, TICKS_RIGHT,
	SINGLE, SINGLE_LEFT, SINGLE_RIGHT, CORNER_LEFT, CORNER_RIGHT
};

struct mark {
	uint32_t at, end;
	enum shape shape;
	unsigned faces;      /* OPENS, CLOSES, both: it does not say */
	bool spaced;         /* a blank on either side */
	bool after_digit;
};

/* What is open: which shapes close it, and the text that it began in. */
struct state {
	const struct article *a;
	struct quote_list *list;
	struct mark marks[MARKS_MAX];
	size_t nmarks;
	bool open;
	bool blanks;         /* marks with a blank on either side were met */
	struct mark opener;
	unsigned depth;
	uint32_t last_end;   /* where the last paragraph ended that it runs through */
};

/* ---- which characters are marks, and which way they face ---- */

static const struct form { const char *text; enum shape shape; } forms[] = {
	{ "\"", STRAIGHT }, { "“", LEFT }, { "”", RIGHT }, { "„", LOW }, { "‟", LEFT },
	{ "«", GUIL_LEFT }, { "»", GUIL_RIGHT }, { "``", TICKS_LEFT }, { "''", TICKS_RIGHT },
	{ "'", SINGLE }, { "‘", SINGLE_LEFT }, { "’", SINGLE_RIGHT },
	{ "「", CORNER_LEFT }, { "」", CORNER_RIGHT }, { "『", CORNER_LEFT }, { "』", CORNER_RIGHT },
	{ "\xEF\xBC\x82", STRAIGHT },
};

static const struct form stroke = { "/", STRAIGHT };

#define NFORMS (sizeof(forms) / sizeof(forms[0]))

static const struct form *
form_at(const char *text, size_t len)
{
	size_t i, n;

	for (i = 0; i < NFORMS; i++) {
		if (forms[i].text[0] != text[0])
			continue;
		n = strlen(forms[i].text);
		if (n <= len && memcmp(text, forms[i].text, n) == 0)
			return &forms[i];
	}
	return NULL;
}

/* The first bytes of those forms. */
static const bool begins_mark[256] = {
	['"'] = true, ['\''] = true, ['/'] = true, ['`'] = true, [0xC2] = true, [0xE2] = true, [0xE3] = true, [0xEF] = true
};

/* The blank at TEXT: its length, or 0. */
static size_t
blank_at(const char *text, size_t len)
{
	if (len > 0 && (text[0] == ' ' || text[0] == '\t' || text[0] == '\n'))
		return 1;
	if (len >= 2 && memcmp(text, "\xC2\xA0", 2) == 0)
		return 2;
	if (len >= 3 && memcmp(text, "\xE2\x80\xAF", 3) == 0)
		return 3;
	return 0;
}

/* The same of the blank that ends at TEXT + LEN. */
static size_t
blank_before(const char *text, size_t len)
{
	size_t n;

	for (n = 1; n <= 3 && n <= len; n++)
		if (blank_at(text + len - n, n) == n)
			return n;
	return 0;
}

static bool
dash_at(const char *text, size_t len)
{
	return len >= 3 && (memcmp(text, "—", 3) == 0 || memcmp(text, "–", 3) == 0 || memcmp(text, "…", 3) == 0);
}

/* Whether the character that ends at AT cannot end a word: a mark behind it opens. */
static bool
free_before(const char *text, size_t from, size_t at)
{
	const char *p = text + at;
	size_t len = at - from, n;

	if (len == 0 || blank_before(text + from, len) > 0 || strchr("([{-/=", p[-1]) != NULL)
		return true;
	if (len >= 3 && dash_at(p - 3, 3))
		return true;
	for (n = 1; n <= 3 && n <= len; n++)
		if (begins_mark[(unsigned char)p[-(long)n]] && form_at(p - n, n) != NULL)
			return true;
	return false;
}

/* Whether no word goes on at AT. */
static bool
free_after(const char *text, size_t at, size_t to)
{
	size_t len = to - at;

	if (len == 0 || blank_at(text + at, len) > 0 || strchr(".,;:!?)]}-/", text[at]) != NULL)
		return true;
	return dash_at(text + at, len) || form_at(text + at, len) != NULL;
}

static unsigned
faces_of(enum shape shape, bool before, bool after, bool spaced)
{
	switch (shape) {
	case LEFT: case LOW: case TICKS_LEFT: case CORNER_LEFT:
		return OPENS;
	case TICKS_RIGHT: case CORNER_RIGHT:
		return CLOSES;
	case SINGLE_LEFT:
		return before ? OPENS : 0;
	case SINGLE_RIGHT:
		return after && !before ? CLOSES : 0;
	case SINGLE:
		return before && !after ? OPENS : after && !before ? CLOSES : 0;
	case RIGHT:
		return before && !after ? OPENS | CLOSES : CLOSES;
	case GUIL_LEFT: case GUIL_RIGHT:
		return OPENS | CLOSES;
	case STRAIGHT:
		break;
	}
	if (spaced || before == after)
		return OPENS | CLOSES;
	return before ? OPENS : CLOSES;
}

/* SAID X; HE SAID: what stands behind a quotation and not at its begin. */
static bool
tells_speaker(const char *text, size_t len)
{
	char word[16];
	size_t at = 0, n, words;

	for (words = 0; words < 2; words++) {
		while (at < len && text[at] == ' ')
			at++;
		for (n = 0; at < len && n < sizeof(word) && text[at] >= 'A' && text[at] <= 'Z'; n++)
			word[n] = (char)(text[at++] + 32);
		if ((quote_words(word, n < sizeof(word) ? n : 0) & QW_SAY) != 0)
			return true;
		if ((quote_words(word, n < sizeof(word) ? n : 0) & QW_HE) == 0)
			return false;
	}
	return false;
}

/* TIME puts blanks around its marks: a colon before says that one opens, a comma behind that it closes. */
static unsigned
spaced_faces(const char *text, const struct para *p, const struct mark *m)
{
	size_t before = m->at, after = m->end;

	while (before > p->start && text[before - 1] == ' ')
		before--;
	while (after < p->end && text[after] == ' ')
		after++;
	if (before == p->start || strchr(":(", text[before - 1]) != NULL)
		return OPENS;
	if (after == p->end || strchr(".,;:)?!", text[after]) != NULL)
		return CLOSES;
	return strchr(".,?!", text[before - 1]) != NULL && tells_speaker(text + after, p->end - after) ? CLOSES : OPENS | CLOSES;
}

static void
read_mark(const struct form *form, const char *text, const struct para *p, size_t at, struct mark *m)
{
	size_t end = at + strlen(form->text);
	bool before = free_before(text, p->start, at), after = free_after(text, end, p->end);

	m->at = (uint32_t)at;
	m->end = (uint32_t)end;
	m->shape = form->shape;
	m->spaced = (at == p->start || blank_before(text + p->start, at - p->start) > 0) &&
		(end == p->end || blank_at(text + end, p->end - end) > 0);
	m->after_digit = at > p->start && text[at - 1] >= '0' && text[at - 1] <= '9';
	m->faces = faces_of(form->shape, before, after, m->spaced);
	if (m->spaced && form->shape == STRAIGHT)
		m->faces = spaced_faces(text, p, m);
}

/* TIME's scanner took some marks for a stroke: " COME IN, / HE SAID. */
static bool
is_stroke(const char *text, const struct para *p, size_t at)
{
	return at > p->start && text[at - 1] == ' ' && at + 3 < p->end && text[at + 1] == ' ' &&
		text[at + 2] >= 'A' && text[at + 2] <= 'Z' && strchr(" 'ABCDEFGHIJKLMNOPQRSTUVWXYZ", text[at + 3]) != NULL;
}

/* The marks of P from AT on; where it stopped. */
static size_t
read_marks(struct state *s, const struct para *p, size_t at)
{
	const char *text = s->a->body.data;
	const struct form *form;

	s->nmarks = 0;
	while (s->nmarks < MARKS_MAX) {
		while (at < p->end && !begins_mark[(unsigned char)text[at]])
			at++;
		if (at >= p->end)
			break;
		form = form_at(text + at, p->end - at);
		if (text[at] == '/')
			form = s->blanks && is_stroke(text, p, at) ? &stroke : NULL;
		if (form == NULL) {
			at++;
			continue;
		}
		read_mark(form, text, p, at, &s->marks[s->nmarks]);
		at = s->marks[s->nmarks].end;
		s->blanks = s->blanks || (s->marks[s->nmarks].spaced && form->shape == STRAIGHT);
		s->nmarks += s->marks[s->nmarks].faces != 0;
	}
	return at;
}

/* ---- pairs ---- */

static bool
closes(const struct mark *open, const struct mark *m)
{
	if (open->shape == LOW && m->shape == LEFT)
		return true;
	if ((m->faces & CLOSES) == 0)
		return false;
	switch (open->shape) {
	case STRAIGHT:
		return m->shape == STRAIGHT;
	case LEFT:
		return m->shape == RIGHT || (m->shape == STRAIGHT && m->faces == CLOSES);
	case RIGHT:
		return m->shape == RIGHT;
	case LOW:
		return m->shape == RIGHT;
	case GUIL_LEFT:
		return m->shape == GUIL_RIGHT;
	case GUIL_RIGHT:
		return m->shape == GUIL_LEFT;
	case TICKS_LEFT:
		return m->shape == TICKS_RIGHT || m->shape == STRAIGHT;
	case SINGLE: case SINGLE_LEFT:
		return m->shape == SINGLE || m->shape == SINGLE_RIGHT;
	case CORNER_LEFT:
		return m->shape == CORNER_RIGHT;
	case TICKS_RIGHT: case SINGLE_RIGHT: case CORNER_RIGHT:
		break;
	}
	return false;
}

/* A mark like the opener that faces the other way only. */
static bool
opens_again(const struct mark *open, const struct mark *m)
{
	return m->shape == open->shape && m->faces == OPENS;
}

static enum status
add_quote(struct state *s, uint32_t start, uint32_t end)
{
	const char *text = s->a->body.data;
	struct quote *q;
	size_t n;

	while (start < end && (n = blank_at(text + start, end - start)) > 0)
		start += (uint32_t)n;
	while (start < end && (n = blank_before(text + start, end - start)) > 0)
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

	for (; i < s->nmarks; i++) {
		if (opens_again(&s->opener, &s->marks[i]))
			depth++;
		else if (closes(&s->opener, &s->marks[i]) && --depth == 0)
			return true;
	}
	return false;
}

/* 5" within a quotation: the marks behind it close what is open. */
static bool
is_inches(const struct state *s, size_t i)
{
	size_t j, n = 0;

	if (!s->marks[i].after_digit || s->marks[i].shape != STRAIGHT)
		return false;
	for (j = i + 1; j < s->nmarks; j++)
		n += s->marks[j].shape == STRAIGHT && !s->marks[j].after_digit;
	return n % 2 == 1;
}

/* Whether the single mark I has one that closes it. ‘the boys’ school is good’: behind an s it
 * may be an apostrophe, if there is another. */
static bool
single_pair(const struct state *s, size_t i, size_t *close)
{
	const struct mark *open = &s->marks[i];
	size_t j;
	bool found = false;

	for (j = i + 1; j < s->nmarks && s->marks[j].at - open->end <= SINGLE_MAX; j++) {
		if (opens_again(open, &s->marks[j]))
			break;
		if (!closes(open, &s->marks[j]))
			continue;
		if (!found)
			*close = j;
		found = true;
		if (s->a->body.data[s->marks[j].at - 1] != 's') {
			*close = j;
			break;
		}
	}
	return found;
}

static bool
is_single(const struct mark *m)
{
	return m->shape == SINGLE || m->shape == SINGLE_LEFT;
}

static void
open_at(struct state *s, const struct mark *m)
{
	s->open = true;
	s->opener = *m;
	s->depth = 1;
}

/* Mark I while nothing is open; *I moves on to the last mark used. */
static enum status
try_open(struct state *s, size_t *i)
{
	const struct mark *m = &s->marks[*i];
	size_t close;

	if ((m->faces & OPENS) == 0 || (m->after_digit && m->faces != OPENS))
		return ST_OK;
	if (!is_single(m)) {
		open_at(s, m);
		return ST_OK;
	}
	if (!single_pair(s, *i, &close))
		return ST_OK;
	*i = close;
	return add_quote(s, m->end, s->marks[close].at);
}

/* Mark I while something is open. */
static enum status
try_close(struct state *s, size_t i)
{
	const struct mark *m = &s->marks[i];

	if (opens_again(&s->opener, m)) {
		if (!m->spaced && closed_later(s, i))
			s->depth++;
		else
			open_at(s, m);
		return ST_OK;
	}
	if (!closes(&s->opener, m) || is_inches(s, i) || --s->depth > 0)
		return ST_OK;
	if (m->spaced && m->shape == STRAIGHT && m->at - s->opener.end > SPACED_MAX) {
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
	return s->opener.faces == OPENS && s->opener.shape != CORNER_LEFT ?
		add_quote(s, s->opener.end, s->last_end) : ST_OK;
}

/* Whether P goes on with what is open: its first mark opens it again. */
static bool
goes_on(const struct state *s, const struct para *p)
{
	const char *text = s->a->body.data;
	size_t at = p->start, n;

	if (p->kind == PARA_HEADING || s->nmarks == 0 || (s->opener.faces & OPENS) == 0)
		return false;
	while ((n = blank_at(text + at, p->end - at)) > 0)
		at += n;
	return s->marks[0].at == at && (s->marks[0].shape == s->opener.shape ||
		(s->opener.shape == GUIL_LEFT && s->marks[0].shape == GUIL_RIGHT));
}

static enum status
read_para(struct state *s, const struct para *p)
{
	size_t at = p->start, i;
	bool first = true;
	enum status st = ST_OK;

	while (st == ST_OK && at < p->end) {
		at = read_marks(s, p, at);
		i = 0;
		if (first && s->open) {
			if (goes_on(s, p))
				i = 1;
			else
				st = give_up(s);
		}
		first = false;
		for (; st == ST_OK && i < s->nmarks; i++)
			st = s->open ? try_close(s, i) : try_open(s, &i);
	}
	s->last_end = p->end;
	s->depth = 1;
	return st;
}

enum status
quote_marks_find(const struct article *a, struct quote_list *list)
{
	struct state s;
	enum status st = ST_OK;
	size_t i;

	s.a = a;
	s.list = list;
	s.open = s.blanks = false;
	list->n = 0;
	for (i = 0; st == ST_OK && i < a->nparas; i++)
		st = read_para(&s, &a->paras[i]);
	if (st == ST_OK && s.open)
		st = give_up(&s);
	return st;
}

void
quote_marks_words(const char *body, const struct quote *q, struct buf *out)
{
	size_t at = q->start, end, n;
	const struct form *form;

	while (at < q->end) {
		for (end = at; end < q->end && body[end++] != '\n'; )
			;
		buf_add(out, body + at, end - at);
		for (at = end; (n = blank_at(body + at, q->end - at)) > 0; at += n)
			;
		form = form_at(body + at, q->end - at);
		at += form != NULL && end < q->end ? strlen(form->text) : 0;
	}
}
