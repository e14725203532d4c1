/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/glyphs.h"

#include <string.h>

#include "engine/text/words.h"

static const struct form { const char *text; enum glyph_shape shape; } forms[] = {
	{ "\"", GLYPH_STRAIGHT }, { "“", GLYPH_LEFT }, { "”", GLYPH_RIGHT }, { "„", GLYPH_LOW }, { "‟", GLYPH_LEFT },
	{ "«", GLYPH_GUIL_LEFT }, { "»", GLYPH_GUIL_RIGHT }, { "``", GLYPH_TICKS_LEFT }, { "''", GLYPH_TICKS_RIGHT },
	{ "'", GLYPH_SINGLE }, { "‘", GLYPH_SINGLE_LEFT }, { "’", GLYPH_SINGLE_RIGHT },
	{ "「", GLYPH_CORNER_LEFT }, { "」", GLYPH_CORNER_RIGHT }, { "『", GLYPH_CORNER_LEFT }, { "』", GLYPH_CORNER_RIGHT },
	{ "\xEF\xBC\x82", GLYPH_STRAIGHT },
};

static const struct form stroke = { "/", GLYPH_STRAIGHT };

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

/* The first bytes of all forms above. */
static const bool begins_mark[256] = {
	['"'] = true, ['\''] = true, ['/'] = true, ['`'] = true, [0xC2] = true, [0xE2] = true, [0xE3] = true, [0xEF] = true
};

size_t
quote_glyphs_blank(const char *text, size_t len)
{
	if (len > 0 && (text[0] == ' ' || text[0] == '\t' || text[0] == '\n'))
		return 1;
	if (len >= 2 && memcmp(text, "\xC2\xA0", 2) == 0)
		return 2;
	if (len >= 3 && memcmp(text, "\xE2\x80\xAF", 3) == 0)
		return 3;
	return 0;
}

size_t
quote_glyphs_blank_before(const char *text, size_t len)
{
	size_t n;

	for (n = 1; n <= 3 && n <= len; n++)
		if (quote_glyphs_blank(text + len - n, n) == n)
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

	if (len == 0 || quote_glyphs_blank_before(text + from, len) > 0 || strchr("([{-/=", p[-1]) != NULL)
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

	if (len == 0 || quote_glyphs_blank(text + at, len) > 0 || strchr(".,;:!?)]}-/", text[at]) != NULL)
		return true;
	return dash_at(text + at, len) || form_at(text + at, len) != NULL;
}

static unsigned
faces_of(enum glyph_shape shape, bool before, bool after, bool spaced)
{
	switch (shape) {
	case GLYPH_LEFT: case GLYPH_LOW: case GLYPH_TICKS_LEFT: case GLYPH_CORNER_LEFT:
		return GLYPH_OPENS;
	case GLYPH_TICKS_RIGHT: case GLYPH_CORNER_RIGHT:
		return GLYPH_CLOSES;
	case GLYPH_SINGLE_LEFT:
		return before ? GLYPH_OPENS : 0;
	case GLYPH_SINGLE_RIGHT:
		return after && !before ? GLYPH_CLOSES : 0;
	case GLYPH_SINGLE:
		return before && !after ? GLYPH_OPENS : after && !before ? GLYPH_CLOSES : 0;
	case GLYPH_RIGHT:
		return before && !after ? GLYPH_OPENS | GLYPH_CLOSES : GLYPH_CLOSES;
	case GLYPH_GUIL_LEFT: case GLYPH_GUIL_RIGHT:
		return GLYPH_OPENS | GLYPH_CLOSES;
	case GLYPH_STRAIGHT:
		break;
	}
	if (spaced || before == after)
		return GLYPH_OPENS | GLYPH_CLOSES;
	return before ? GLYPH_OPENS : GLYPH_CLOSES;
}

/* SAID X; HE SAID: words that stand behind a quotation and do not begin one. */
static bool
tells_speaker(const char *text, size_t len)
{
	uint64_t classes;
	size_t at = 0, from, words;

	for (words = 0; words < 2; words++) {
		while (at < len && text[at] == ' ')
			at++;
		for (from = at; at < len && text[at] >= 'A' && text[at] <= 'Z'; at++)
			;
		classes = words_classes(text + from, at - from, WORDS_UNKNOWN_LANGUAGE);
		if ((classes & WORD_SAY) != 0)
			return true;
		if ((classes & WORD_HE) == 0)
			return false;
	}
	return false;
}

/* TIME puts blanks around its marks: a colon before says that one opens, a comma behind that it closes. */
static unsigned
spaced_faces(const char *text, const struct para *p, const struct quote_glyph *m)
{
	size_t before = m->at, after = m->end;

	while (before > p->start && text[before - 1] == ' ')
		before--;
	while (after < p->end && text[after] == ' ')
		after++;
	if (before == p->start || strchr(":(", text[before - 1]) != NULL)
		return GLYPH_OPENS;
	if (after == p->end || strchr(".,;:)?!", text[after]) != NULL)
		return GLYPH_CLOSES;
	return strchr(".,?!", text[before - 1]) != NULL && tells_speaker(text + after, p->end - after) ? GLYPH_CLOSES : GLYPH_OPENS | GLYPH_CLOSES;
}

static void
read_mark(const struct form *form, const char *text, const struct para *p, size_t at, struct quote_glyph *m)
{
	size_t end = at + strlen(form->text);
	bool before = free_before(text, p->start, at), after = free_after(text, end, p->end);

	m->at = (uint32_t)at;
	m->end = (uint32_t)end;
	m->shape = form->shape;
	m->spaced = (at == p->start || quote_glyphs_blank_before(text + p->start, at - p->start) > 0) &&
		(end == p->end || quote_glyphs_blank(text + end, p->end - end) > 0);
	m->after_digit = at > p->start && text[at - 1] >= '0' && text[at - 1] <= '9';
	m->faces = faces_of(form->shape, before, after, m->spaced);
	if (m->spaced && form->shape == GLYPH_STRAIGHT)
		m->faces = spaced_faces(text, p, m);
}

/* TIME's scanner took some marks for a stroke: " COME IN, / HE SAID. */
static bool
is_stroke(const char *text, const struct para *p, size_t at)
{
	return at > p->start && text[at - 1] == ' ' && at + 3 < p->end && text[at + 1] == ' ' &&
		text[at + 2] >= 'A' && text[at + 2] <= 'Z' && strchr(" 'ABCDEFGHIJKLMNOPQRSTUVWXYZ", text[at + 3]) != NULL;
}

size_t
quote_glyphs_read(const char *text, const struct para *p, size_t at, struct quote_glyphs *list)
{
	const struct form *form;
	struct quote_glyph *m;

	list->n = 0;
	while (list->n < QUOTE_GLYPHS_MAX) {
		while (at < p->end && !begins_mark[(unsigned char)text[at]])
			at++;
		if (at >= p->end)
			break;
		form = form_at(text + at, p->end - at);
		if (text[at] == '/')
			form = list->blanks && is_stroke(text, p, at) ? &stroke : NULL;
		if (form == NULL) {
			at++;
			continue;
		}
		m = &list->at[list->n];
		read_mark(form, text, p, at, m);
		at = m->end;
		list->blanks = list->blanks || (m->spaced && form->shape == GLYPH_STRAIGHT);
		list->n += m->faces != 0;
	}
	return at;
}

size_t
quote_glyphs_length(const char *text, size_t len)
{
	const struct form *form = form_at(text, len);

	return form != NULL ? strlen(form->text) : 0;
}
