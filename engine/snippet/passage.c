/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/snippet/passage.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>

#include "base/bisect.h"
#include "base/utf8.h"
#include "engine/text/sentences.h"

#define HALF_MATCH_CHARS 90   /* from the first to the last match of one passage of two */

struct passage_chooser {
	uint32_t *count;   /* matches in the window, by group */
	bool *had;         /* groups that the first passage shows */
	size_t cap;
};

/* Spans first to last, close enough to be shown together. */
struct window {
	size_t first, last;
	unsigned distinct, matches;
};

/* A stretch of the text, as it will be shown. */
struct stretch {
	size_t start, end;
	bool cut_start, cut_end;   /* inside a sentence: "..." stands there */
};

enum status
passage_chooser_new(struct passage_chooser **out)
{
	*out = calloc(1, sizeof(**out));
	return *out != NULL ? ST_OK : ST_NOMEM;
}

void
passage_chooser_free(struct passage_chooser *p)
{
	if (p == NULL)
		return;
	free(p->count);
	free(p->had);
	free(p);
}

static enum status
reserve_groups(struct passage_chooser *p, size_t n)
{
	uint32_t *count;
	bool *had;

	if (n > p->cap) {
		count = realloc(p->count, n * sizeof(*count));
		if (count == NULL)
			return ST_NOMEM;
		p->count = count;
		had = realloc(p->had, n * sizeof(*had));
		if (had == NULL)
			return ST_NOMEM;
		p->had = had;
		p->cap = n;
	}
	if (n > 0)
		memset(p->had, 0, n * sizeof(*p->had));
	return ST_OK;
}

/* The window of at most WIDTH characters with the most groups that were not
 * had, then the most matches of them, then the earliest. */
static struct window
best_window(struct passage_chooser *p, const struct passage_source *v, size_t width)
{
	struct window best = { 0, 0, 0, 0 };
	unsigned distinct = 0, matches = 0;
	size_t first = 0, last;
	const struct span *s = v->spans;

	if (v->ngroups > 0)
		memset(p->count, 0, v->ngroups * sizeof(*p->count));
	for (last = 0; last < v->nspans; last++) {
		if (p->had[s[last].group])
			continue;
		if (p->count[s[last].group]++ == 0)
			distinct++;
		matches++;
		while (first < last && (p->had[s[first].group] ||
					s[last].at_end > s[first].at + width)) {
			if (!p->had[s[first].group]) {
				if (--p->count[s[first].group] == 0)
					distinct--;
				matches--;
			}
			first++;
		}
		if (distinct > best.distinct ||
		    (distinct == best.distinct && matches > best.matches))
			best = (struct window){ first, last, distinct, matches };
	}
	return best;
}

/* Whether one ends at I, which no word goes across. */
static bool
ends_sentence(const struct passage_source *v, size_t i)
{
	return sentences_end_before(v->text, v->len, v->whole, i < v->len && sentences_blank(v->text[i]) ? i + 1 : i);
}

/* Scripts whose words stand without blanks between. */
static bool
unspaced(uint32_t cp)
{
	return (cp >= 0x2E80 && cp < 0xA4D0 && cp != 0x3000) || (cp >= 0xF900 && cp < 0xFB00) ||
		(cp >= 0x20000 && cp < 0x40000) || (cp >= 0xE00 && cp < 0xF00) ||
		(cp >= 0x1000 && cp < 0x10A0) || (cp >= 0x1780 && cp < 0x1800);
}

/* Whether no word goes across I, so that a passage may begin or end there. */
static bool
word_limit(const struct passage_source *v, size_t i)
{
	uint32_t cp;

	if (i == 0 || (i == v->len && v->whole))
		return true;
	if (i == v->len)
		return false;
	if (sentences_blank(v->text[i]) || sentences_blank(v->text[i - 1]))
		return true;
	cp = utf8_at(v->text, v->len, i);
	return (unspaced(cp) || unspaced(utf8_at(v->text, v->len, utf8_before(v->text, i)))) &&
		!(U_GET_GC_MASK((UChar32)cp) & (U_GC_M_MASK | U_GC_CF_MASK | U_GC_PE_MASK | U_GC_PO_MASK));
}

struct limit { const struct span *span; size_t at; };

static bool
begins_before(const void *arg, size_t i)
{
	const struct limit *l = arg;

	return l->span[i].start < l->at;
}

static bool
inside_match(const struct passage_source *v, size_t i)
{
	size_t before = bisect(0, v->nspans, begins_before, &(struct limit){ v->spans, i });

	/* spans may overlap, a longer one standing before a shorter: look at a few */
	for (size_t k = 0; k < 8 && before > 0; k++)
		if (v->spans[--before].end > i)
			return true;
	return false;
}

/* Where to begin: at the earliest sentence's start of the last NEAR characters before AT, else the
 * nearest of the last FAR, else at a word limit about NEAR characters before; not before LO. */
static size_t
begin_at(const struct passage_source *v, size_t lo, size_t at, size_t far, size_t near, bool *cut)
{
	size_t i = at, word = at, sentence = SIZE_MAX, n;

	for (n = 0; n <= near || sentence == SIZE_MAX; n++) {
		if (!sentences_blank(v->text[i]) && word_limit(v, i) && !inside_match(v, i)) {
			if (n <= near)
				word = i;
			if (sentences_end_before(v->text, v->len, v->whole, i))
				sentence = i;
		}
		if (i <= lo || n == far)
			break;
		i = utf8_before(v->text, i);
	}
	*cut = sentence == SIZE_MAX;
	return *cut ? word : sentence;
}

/* Where to end: at most ROOM characters after AT, at a sentence's end if one
 * stands in the last two thirds of that, else at a word limit; not after HI. */
static size_t
end_at(const struct passage_source *v, size_t at, size_t hi, size_t room, bool *cut)
{
	size_t i = at, word = at, sentence = SIZE_MAX, n = 0;

	for (;; n++) {
		if ((i == at || !sentences_blank(v->text[i - 1])) && word_limit(v, i) && !inside_match(v, i)) {
			word = i;
			if (i == v->len ? v->whole : n >= room / 3 && ends_sentence(v, i))
				sentence = i;
		}
		if (i >= hi || n == room)
			break;
		i += utf8_next(v->text + i, v->len - i, &(uint32_t){ 0 });
	}
	*cut = sentence == SIZE_MAX;
	return *cut ? word : sentence;
}

static struct stretch
around(const struct passage_source *v, const struct window *w, size_t lo, size_t chars)
{
	const struct span *first = &v->spans[w->first];
	size_t end = 0, used, room, i;
	struct stretch s;

	for (i = w->first; i <= w->last; i++)
		if (v->spans[i].end > end)
			end = v->spans[i].end;
	used = utf8_count(v->text + first->start, end - first->start);
	room = chars > used ? chars - used : 0;
	s.start = begin_at(v, lo, first->start > lo ? first->start : lo, room * 2 / 3, room / 3, &s.cut_start);
	if (end < s.start)
		end = s.start;
	used = utf8_count(v->text + s.start, end - s.start);
	s.end = end_at(v, end, v->len, chars > used ? chars - used : 0, &s.cut_end);
	return s;
}

/* Text as it is, but runs of blanks and control characters are one blank. */
static void
put_text(struct buf *out, const char *text, size_t len, bool *blank)
{
	size_t i = 0, from, n;
	uint32_t cp;

	while (i < len) {
		for (from = i; i < len && ((unsigned char)text[i] > ' ' && text[i] != 0x7F &&
					   (unsigned char)text[i] != 0xC2 && (unsigned char)text[i] != 0xE2); i++)
			;
		if (i == from) {
			n = utf8_next(text + i, len - i, &cp);
			if (cp <= ' ' || (cp >= 0x7F && cp <= 0xA0) || cp == 0x2028 || cp == 0x2029) {
				if (!*blank)
					buf_addc(out, ' ');
				*blank = true;
				i += n;
				continue;
			}
			i += n;
		}
		buf_add(out, text + from, i - from);
		*blank = false;
	}
}

static void
put_stretch(struct buf *out, const struct passage_source *v, const struct stretch *s, size_t *at_span,
	    const struct passage_look *look)
{
	size_t i = s->start, k = *at_span;
	bool blank = true;

	while (i < s->end) {
		size_t from, to;

		while (k < v->nspans && v->spans[k].end <= i)
			k++;
		if (k == v->nspans || v->spans[k].start >= s->end)
			break;
		from = v->spans[k].start > i ? v->spans[k].start : i;
		for (to = v->spans[k].end; k + 1 < v->nspans && v->spans[k + 1].start < to; k++)
			if (v->spans[k + 1].end > to)
				to = v->spans[k + 1].end;
		if (to > s->end)
			to = s->end;
		put_text(out, v->text + i, from - i, &blank);
		buf_adds(out, look->open);
		put_text(out, v->text + from, to - from, &blank);
		buf_adds(out, look->close);
		i = to;
		k++;
	}
	*at_span = k;
	put_text(out, v->text + i, s->end - i, &blank);
	while (out->len > 0 && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
}

static bool
shows_all(const struct passage_chooser *p, const struct passage_source *v, const struct window *w)
{
	size_t present = 0, i;

	for (i = 0; i < v->ngroups; i++)
		present += p->had[i];
	return w->distinct >= present;
}

/* One passage, or two where they show more of the query's words. */
static size_t
choose(struct passage_chooser *p, const struct passage_source *v, size_t chars, struct stretch out[2])
{
	size_t half = HALF_MATCH_CHARS < chars / 2 ? HALF_MATCH_CHARS : chars / 2, i;
	struct window one, a, b;

	one = best_window(p, v, PASSAGE_MATCH_CHARS < chars ? PASSAGE_MATCH_CHARS : chars);
	for (i = 0; i < v->nspans; i++)
		p->had[v->spans[i].group] = true;
	if (!shows_all(p, v, &one)) {
		memset(p->had, 0, v->ngroups * sizeof(*p->had));
		a = best_window(p, v, half);
		for (i = a.first; i <= a.last; i++)
			p->had[v->spans[i].group] = true;
		b = best_window(p, v, half);
		if (b.distinct > 0 && a.distinct + b.distinct > one.distinct) {
			bool swap = b.first < a.first;

			out[0] = around(v, swap ? &b : &a, 0, chars / 2);
			out[1] = around(v, swap ? &a : &b, out[0].end, chars / 2);
			return 2;
		}
	}
	out[0] = around(v, &one, 0, chars);
	return 1;
}

enum status
passage_write(struct passage_chooser *p, const struct passage_source *v, const struct passage_look *look, struct buf *out)
{
	struct stretch s[2] = { { 0, 0, false, false }, { 0, 0, false, false } };
	size_t n = 1, i, at_span = 0;

	if (reserve_groups(p, v->ngroups) != ST_OK)
		return ST_NOMEM;
	if (v->nspans > 0) {
		n = choose(p, v, look->chars, s);
	} else {
		while (s[0].start < v->len && sentences_blank(v->text[s[0].start]))
			s[0].start++;
		s[0].end = end_at(v, s[0].start, v->len, look->chars, &s[0].cut_end);
	}
	if (s[0].cut_start)
		buf_adds(out, "... ");
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_adds(out, s[i].start > s[i - 1].end + 1 ? " ... " : " ");
		put_stretch(out, v, &s[i], &at_span, look);
	}
	if (s[n - 1].cut_end && s[n - 1].end > s[n - 1].start)
		buf_adds(out, " ...");
	return buf_status(out);
}
