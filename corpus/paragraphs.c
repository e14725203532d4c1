/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/paragraphs.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "corpus/intake.h"

#define WRAP_MIN 20    /* characters: narrower text is a list or a table */
#define FILL_MIN 40    /* narrower or wider than this, a filled line says nothing */
#define FILL_MAX 80
#define WRAP_MAX 120   /* wider text was not wrapped by hand or by a wire */
#define WORD_MAX 20

struct row {
	const char *text;      /* without blanks at both ends */
	size_t len;            /* bytes, more than 0 */
	unsigned chars;        /* characters, WRAP_MAX + 1 for all that are more */
	unsigned indent;       /* columns */
	bool after_blank;      /* a blank line stands before it */
};

struct rows {
	const char *at, *end;
	const char *lf;        /* the next LF, or END; looked for again once AT is past it */
};

static struct rows
rows_of(const char *text, size_t len)
{
	return (struct rows){ text, text + len, NULL };
}

/* How a text is set. */
struct setting {
	unsigned margin;       /* the indent of what is not indented */
	unsigned width;        /* characters that the longest tenth of the lines reaches */
	bool wrapped;
};

static unsigned
columns(const char *text, size_t len)
{
	unsigned n = 0;
	size_t at = 0, blank;

	while (at < len && n < WRAP_MAX && (blank = intake_blank(text + at, len - at)) > 0) {
		n += text[at] == '\t' ? 8 : blank == 3 ? 2 : 1;
		at += blank;
	}
	return n;
}

/* The next line that is not blank; false at the end. */
static bool
next_row(struct rows *rows, struct row *out)
{
	const char *start, *stop, *cr;

	out->after_blank = false;
	while (rows->at < rows->end) {
		start = rows->at;
		if (rows->lf == NULL || rows->lf < start) {
			rows->lf = memchr(start, '\n', (size_t)(rows->end - start));
			if (rows->lf == NULL)
				rows->lf = rows->end;
		}
		stop = rows->lf;
		cr = memchr(start, '\r', (size_t)(stop - start));
		if (cr != NULL && cr + 1 != stop)
			stop = cr;
		rows->at = stop < rows->end ? stop + 1 : stop;
		out->text = start;
		out->len = (size_t)(stop - start);
		intake_trim(&out->text, &out->len);
		if (out->len > 0) {
			out->indent = columns(start, (size_t)(out->text - start));
			out->chars = out->len > 4 * WRAP_MAX ? WRAP_MAX + 1 :
				(unsigned)utf8_count(out->text, out->len);
			if (out->chars > WRAP_MAX)
				out->chars = WRAP_MAX + 1;
			return true;
		}
		out->after_blank = true;
	}
	return false;
}

static size_t
last_char(const char *text, size_t len, uint32_t *cp)
{
	size_t at = len - 1;

	while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	utf8_next(text + at, len - at, cp);
	return at;
}

static bool
closes(uint32_t cp)
{
	switch (cp) {
	case '"': case '\'': case ')': case ']':
	case 0x2019: case 0x201D: case 0x00BB: case 0x203A:
	case 0x300D: case 0x300F: case 0xFF09:
		return true;
	}
	return u_isUWhiteSpace((UChar32)cp);
}

static bool
stops(uint32_t cp)
{
	switch (cp) {
	case '.': case '!': case '?': case ':': case ';':
	case 0x2026: case 0x3002: case 0xFF01: case 0xFF0E: case 0xFF1A:
	case 0xFF1B: case 0xFF1F: case 0x061B: case 0x061F: case 0x06D4:
	case 0x0964: case 0x037E:
		return true;
	}
	return false;
}

/* Whether a line ends in a stop, behind which the text may break off: a colon and a
 * semicolon count, too, so this is no end of a sentence (engine/text/sentences.h).
 * Quotes and brackets behind the stop do not count; *STOP is the stop. */
static bool
ends_in_stop(const char *text, size_t len, uint32_t *stop)
{
	uint32_t cp;
	size_t at;

	while (len > 0) {
		at = last_char(text, len, &cp);
		if (stops(cp)) {
			*stop = cp;
			return true;
		}
		if (!closes(cp))
			return false;
		len = at;
	}
	return false;
}

/* "J." and "U.S." end in a full stop that need not end a sentence. */
static bool
ends_in_initial(const char *text, size_t len)
{
	uint32_t cp;
	size_t at;

	if (len < 3 || text[len - 1] != '.')
		return false;
	at = last_char(text, len - 1, &cp);
	if (!u_isupper((UChar32)cp) || at == 0)
		return false;
	last_char(text, at, &cp);
	return !u_isalnum((UChar32)cp);
}

static unsigned
first_word(const struct row *r)
{
	unsigned chars = 0;
	uint32_t cp;
	size_t at = 0;

	while (at < r->len && chars < WORD_MAX && intake_blank(r->text + at, r->len - at) == 0) {
		at += utf8_next(r->text + at, r->len - at, &cp);
		chars++;
	}
	return chars;
}

static bool
starts_small(const struct row *r)
{
	uint32_t first;

	utf8_next(r->text, r->len, &first);
	return u_islower((UChar32)first);
}

static bool
maybe_heading(const struct row *r)
{
	uint32_t stop;

	return r->chars <= PARAGRAPHS_HEADING_MAX && !ends_in_stop(r->text, r->len, &stop);
}

enum verdict { INSIDE, OUTSIDE, OPEN };

/* Judges the line break between A and B: does it fall inside a sentence? A
 * line that was filled, so that B's first word found no room on it, may well
 * end a sentence too: OPEN. */
static enum verdict
judge(const struct row *a, const struct row *b, unsigned width)
{
	uint32_t stop = 0;
	bool filled, small, ends;

	if (width < WRAP_MIN || a->chars > WRAP_MAX || b->chars > WRAP_MAX)
		return OUTSIDE;
	filled = width >= FILL_MIN && width <= FILL_MAX &&
		a->chars + 1 + first_word(b) > width - width / 8;
	small = starts_small(b);
	ends = ends_in_stop(a->text, a->len, &stop);
	if (ends && stop == '.' && (small || ends_in_initial(a->text, a->len)))
		ends = false;
	if (ends)
		return filled ? OPEN : OUTSIDE;
	return filled || (small && a->chars * 3 >= width) ? INSIDE : OUTSIDE;
}

/* The breaks in question are those that wrapping would make spaces: between
 * two lines of text, the second not indented. */
static bool
joins(const struct row *b, unsigned margin)
{
	return !b->after_blank && b->indent <= margin;
}

static unsigned
find_margin(const char *text, size_t len)
{
	struct rows rows = rows_of(text, len);
	struct row r;
	unsigned margin = WRAP_MAX;

	while (margin > 0 && next_row(&rows, &r))
		if (r.indent < margin)
			margin = r.indent;
	return margin;
}

/* The width that a tenth of the lines reaches or passes, of those that stand
 * at such breaks (tables and headings would mislead). */
static unsigned
find_width(const char *text, size_t len, unsigned margin)
{
	struct rows rows = rows_of(text, len);
	size_t hist[WRAP_MAX + 2] = { 0 }, n = 0, over = 0;
	unsigned width = WRAP_MAX + 1;
	struct row a, b;

	if (!next_row(&rows, &a))
		return 0;
	while (next_row(&rows, &b)) {
		if (joins(&b, margin)) {
			hist[a.chars]++;
			hist[b.chars]++;
			n += 2;
		}
		a = b;
	}
	if (n == 0)
		return 0;
	for (; width > 0; width--) {
		over += hist[width];
		if (over > n / 10)
			break;
	}
	return width;
}

/* Whether the break between A and B tells nothing, whatever the verdict: A may
 * be a section heading, or a first line that is short because its dateline was
 * cut off. */
static bool
tells_nothing(const struct row *a, const struct row *b, enum verdict v, bool first, bool headings)
{
	if (headings && a->after_blank && maybe_heading(a))
		return v == OUTSIDE || !starts_small(b);
	return first && v == OUTSIDE && a->chars <= WRAP_MAX && b->chars <= WRAP_MAX;
}

static struct setting
measure(const char *text, size_t len, enum paragraphs_mode mode)
{
	struct rows rows = rows_of(text, len);
	struct setting s = { 0, 0, false };
	size_t inside = 0, outside = 0;
	enum verdict v;
	struct row a, b;
	bool first = true;

	s.margin = find_margin(text, len);
	s.width = find_width(text, len, s.margin);
	if (s.width < WRAP_MIN || s.width > WRAP_MAX || !next_row(&rows, &a))
		return s;
	a.after_blank = a.after_blank || mode == PARAGRAPHS_AFTER_BLANK;
	for (; next_row(&rows, &b); a = b, first = false) {
		if (!joins(&b, s.margin))
			continue;
		v = judge(&a, &b, s.width);
		if (tells_nothing(&a, &b, v, first, mode != PARAGRAPHS_PLAIN))
			continue;
		inside += v == INSIDE;
		outside += v == OUTSIDE;
	}
	s.wrapped = inside > outside;
	return s;
}

/* A section heading: R stands after a blank line and NEXT, text, after it. In
 * wrapped text the first line of a paragraph would look like one, unless it
 * stands alone or had room for more. */
static bool
is_heading(const struct row *r, const struct row *next, const struct setting *s)
{
	if (!r->after_blank || !maybe_heading(r))
		return false;
	return !s->wrapped || !joins(next, s->margin) || judge(r, next, s->width) == OUTSIDE;
}

/* Adds a line to a paragraph of wrapped text. A word's hyphen at the end of a
 * line stays, without a space after it. */
static void
join_row(struct buf *para, const struct row *r)
{
	const char *p = para->data;
	size_t n = para->len;
	unsigned char before;

	if (n > 0) {
		before = n > 1 ? (unsigned char)p[n - 2] : ' ';
		if (p[n - 1] != '-' || !(before >= 0x80 || u_isalnum(before)))
			buf_addc(para, ' ');
	}
	buf_add(para, r->text, r->len);
}

static enum status
flush(struct article *a, struct buf *para)
{
	enum status st = buf_status(para);

	if (st == ST_OK)
		st = article_add_para(a, buf_str(para), para->len, PARA_TEXT);
	buf_clear(para);
	return st;
}

static enum status
add_rows(struct article *a, struct rows rows, const struct setting *s,
	 enum paragraphs_mode mode, struct buf *para)
{
	enum status st = ST_OK;
	struct row r, next;
	bool more = next_row(&rows, &r);

	if (mode == PARAGRAPHS_AFTER_BLANK)
		r.after_blank = true;
	for (; more && st == ST_OK; r = next) {
		more = next_row(&rows, &next);
		if (!s->wrapped || !joins(&r, s->margin))
			st = flush(a, para);
		if (st != ST_OK)
			break;
		if (mode != PARAGRAPHS_PLAIN && more && is_heading(&r, &next, s)) {
			st = article_add_para(a, r.text, r.len, PARA_HEADING);
			continue;
		}
		if (s->wrapped)
			join_row(para, &r);
		else
			st = article_add_para(a, r.text, r.len, PARA_TEXT);
	}
	return st == ST_OK ? flush(a, para) : st;
}

enum status
paragraphs_add(struct article *a, const char *text, size_t len,
	       enum paragraphs_mode mode, struct error *err)
{
	struct setting s = measure(text, len, mode);
	struct buf para = BUF_INIT;
	enum status st = add_rows(a, rows_of(text, len), &s, mode, &para);

	a->body_given += len;
	buf_fini(&para);
	if (st == ST_TOO_LARGE)
		return error_set(err, ST_INVALID, "a text of over 4 GB");
	return st == ST_OK ? ST_OK : error_nomem(err);
}
