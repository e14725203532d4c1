/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "engine/quote_marks.h"
#include "engine/quote_speech.h"

#define CONTEXT 8     /* paragraphs before a quotation that are read for who was named */
#define SCARE_WORDS 3 /* a quotation of so few may be a word that nobody said, ... */
#define SCARE_FAR 20  /* ... so many tokens behind who spoke */

struct quotes {
	struct quote_list list;
	struct qtokens tokens;
	struct speeches speeches;
	struct speaker last;  /* who spoke at the end of the paragraph before */
	bool has_last;
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
	free(q->tokens.at);
	speeches_fini(&q->speeches);
	free(q);
}

/* ---- which speech a quotation belongs to ---- */

/* How the words end: a comma asks for "X said" behind them. */
static bool
ends_in(const struct quotes *q, const struct quote *w, const char *bytes)
{
	const char *text = q->speeches.text;

	if (strchr(bytes, text[w->end - 1]) != NULL)
		return true;
	return w->end - w->start > 3 && strchr(bytes, ',') != NULL && memcmp(text + w->end - 3, "，", 3) == 0;
}

/* So-called "X", titled "X", its "X": no words of anybody's. */
static bool
is_label(const struct quotes *q, size_t i)
{
	static const char *const before[] = {
		"so-called", "titled", "entitled", "named", "nicknamed", "known", "word", "words", "term", "phrase",
		"headed", "subject",
	};
	const struct qtoken *t = q->tokens.at;
	const char *word;
	size_t j, len;

	if (i == 0 || t[i - 1].kind != QT_WORD)
		return false;
	i -= i > 1 && (t[i - 1].classes & (QW_SKIP | QW_BREAK)) != 0 && t[i - 2].kind == QT_WORD;
	word = q->speeches.text + t[i - 1].start;
	len = t[i - 1].end - t[i - 1].start;
	for (j = 0; j < sizeof(before) / sizeof(before[0]); j++)
		if (strlen(before[j]) == len && strncasecmp(word, before[j], len) == 0)
			return true;
	return false;
}

/* Whether the quotation is a few words without an end of their own. */
static bool
is_scare(const struct quotes *q, const struct quote *w)
{
	const char *text = q->speeches.text;
	uint32_t i;
	int words = 1;

	for (i = w->start; i < w->end; i++)
		words += text[i] == ' ';
	return words <= SCARE_WORDS && !ends_in(q, w, ".,?!");
}

/* Whether every word of it begins with a capital: a title or a product. */
static bool
is_title(const struct quotes *q, const struct quote *w)
{
	const char *text = q->speeches.text;
	uint32_t i;
	bool begin = true;

	for (i = w->start; i < w->end; i++) {
		if (begin && text[i] >= 'a' && text[i] <= 'z' && (i + 3 < w->end && text[i + 3] != ' ' && text[i + 2] != ' '))
			return false;
		begin = text[i] == ' ' || text[i] == '-';
	}
	return true;
}

/* The speech right behind token I, perhaps behind a comma; or one that closes the sentence. */
static const struct speech *
speech_after(const struct quotes *q, size_t i, size_t to, bool near)
{
	const struct speeches *s = &q->speeches;
	const struct qtoken *t = q->tokens.at;
	size_t j, next = i + 1;

	if (next < to && (t[next].kind == QT_COMMA || t[next].kind == QT_DASH))
		next++;
	for (j = 0; j < s->n; j++) {
		const struct speech *sp = &s->at[j];

		if (sp->from <= i || sp->verb >= to)
			continue;
		if (sp->from <= next + 1 && (!sp->weak || sp->from == next))
			return sp;
		if (!near && !sp->weak && sp->from > 0 && t[sp->from - 1].kind == QT_COMMA &&
		    (sp->to + 1 >= to || t[sp->to + 1].kind != QT_QUOTE))
			return sp;
	}
	return NULL;
}

/* The last speech of the sentence before token I. */
static const struct speech *
speech_before(const struct quotes *q, size_t i, size_t from)
{
	const struct speeches *s = &q->speeches;
	const struct speech *found = NULL;
	size_t j;

	for (j = 0; j < s->n; j++)
		if (s->at[j].from >= from && s->at[j].to < i)
			found = &s->at[j];
	return found;
}

/* The last that was said before token I, in this paragraph. */
static const struct speech *
speech_earlier(const struct quotes *q, size_t i)
{
	const struct speeches *s = &q->speeches;
	const struct speech *found = NULL;
	size_t j;

	for (j = 0; j < s->n; j++)
		if (s->at[j].to < i && !s->at[j].weak)
			found = &s->at[j];
	return found;
}

static void
give(struct quote *w, const struct speaker *s)
{
	w->speaker_start = s->start;
	w->speaker_end = s->end;
	w->office_start = s->office_start;
	w->office_end = s->office_end;
}

/* X: "..." and "..." —X */
static bool
named_beside(const struct quotes *q, size_t i, size_t from, size_t to, struct speaker *out)
{
	const struct qtokens *t = &q->tokens;

	if (i >= from + 2 && t->at[i - 1].kind == QT_COLON && quote_name_before(t, i - 2, from, out) &&
	    out->first == from && out->who != WHO_I && out->who != WHO_IT)
		return true;
	return i + 2 < t->n && t->at[i + 1].kind == QT_DASH && t->at[i + 2].name &&
		quote_name_after(t, i + 2, t->n, out) && (out->last + 1 >= t->n || t->at[out->last + 1].kind == QT_STOP) &&
		to <= out->last + 1;
}

static void
attribute(struct quotes *q, size_t i)
{
	const struct qtokens *t = &q->tokens;
	struct quote *w = &q->list.at[t->at[i].quote];
	const struct speech *before, *after;
	struct speaker beside;
	size_t from, to;
	bool whole;

	speech_sentence(&q->speeches, t, i, &from, &to);
	if (is_label(q, i))
		return;
	before = speech_before(q, i, from);
	after = speech_after(q, i, to, before != NULL);
	if (before != NULL && is_scare(q, w) && (i - before->to > SCARE_FAR || is_title(q, w)))
		before = NULL;
	if (after != NULL && (before == NULL || after->verb == i + 1 || ends_in(q, w, ",?!")))
		before = after;
	if (before != NULL) {
		if (before->known)
			give(w, &before->speaker);
		return;
	}
	if (named_beside(q, i, from, to, &beside)) {
		give(w, &beside);
		return;
	}
	whole = i == from && !is_scare(q, w);
	if (!whole)
		return;
	before = speech_earlier(q, i);
	if (before != NULL && before->known)
		give(w, &before->speaker);
	else if (before == NULL && from == 0 && q->has_last)
		give(w, &q->last);
}

/* ---- paragraph by paragraph ---- */

/* Who spoke last in what was just read: the next paragraph may go on with that. */
static void
keep_last(struct quotes *q)
{
	const struct speech *sp = speech_earlier(q, q->tokens.n);

	if (sp != NULL) {
		q->has_last = sp->known;
		q->last = sp->speaker;
		return;
	}
	/* only quotations: they went on with it */
	if (q->tokens.n == 0 || q->tokens.at[0].kind != QT_QUOTE)
		q->has_last = false;
}

/* Paragraphs FIRST to LAST, through which quotations run: the ones from *NEXT on. */
static enum status
read_paras(struct quotes *q, const struct article *a, size_t first, size_t last, size_t *next)
{
	const struct quote *w = q->list.at;
	size_t i, n = *next;
	enum status st;

	while (n < q->list.n && w[n].start < a->paras[last].end)
		n++;
	st = qtokens_read(a, a->paras[first].start, a->paras[last].end, w + *next, n - *next, (uint32_t)*next, &q->tokens);
	if (st == ST_OK)
		st = speeches_read(&q->speeches, &q->tokens);
	if (st != ST_OK)
		return st;
	for (i = 0; i < q->tokens.n; i++)
		if (q->tokens.at[i].kind == QT_QUOTE)
			attribute(q, i);
	keep_last(q);
	*next = n;
	return ST_OK;
}

/* The last paragraph that those quotations which begin in paragraph I and after it run through. */
static size_t
last_para(const struct quotes *q, const struct article *a, size_t i, size_t next)
{
	for (; next < q->list.n && q->list.at[next].start < a->paras[i].end; next++)
		while (i + 1 < a->nparas && q->list.at[next].end > a->paras[i].end)
			i++;
	return i;
}

static bool
wanted(const struct quotes *q, const struct article *a, size_t i, size_t next)
{
	size_t last = i + CONTEXT < a->nparas ? i + CONTEXT : a->nparas - 1;

	return i < 2 || q->list.at[next].start < a->paras[last].end;
}

enum status
quotes_find(struct quotes *q, const struct article *a, const struct quote **out, size_t *n, struct error *err)
{
	enum status st = quote_marks_find(a, &q->list);
	size_t i, last, next = 0;

	speeches_begin(&q->speeches, a->body.data);
	q->has_last = false;
	for (i = 0; st == ST_OK && next < q->list.n && i < a->nparas; i = last + 1) {
		last = last_para(q, a, i, next);
		if (wanted(q, a, i, next))
			st = read_paras(q, a, i, last, &next);
		else
			q->has_last = false;
	}
	if (st != ST_OK)
		return error_set(err, st, "no memory");
	*out = q->list.at;
	*n = q->list.n;
	return ST_OK;
}
