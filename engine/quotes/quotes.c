/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/quotes.h"

#include <stdlib.h>

#include "engine/quotes/kind.h"
#include "engine/quotes/marks.h"
#include "engine/quotes/nearby.h"
#include "engine/quotes/speech.h"

#define CONTEXT 8     /* paragraphs before a quotation that are read for who was named */
#define SCARE_FAR 40  /* a word or two so many tokens behind who spoke may be nobody's, ... */
#define JARGON_FAR 20 /* ... or so many, if that was a company or the like, ... */
#define DEED_FAR 6    /* ... or if the verb is not of saying alone */

struct quotes {
	struct quote_list list;
	struct qtokens tokens;
	struct speeches speeches;
	struct speaker last;  /* who spoke at the end of the paragraph before */
	bool has_last;
	struct speaker turn;  /* whose turn the paragraph is: "X: ..." */
	bool has_turn;
	bool begins;          /* the paragraph begins with a speech, see begins_with_speech */
	struct nearby nearby;
	struct quote_steps steps;
};

enum status
quotes_new(struct quotes **out, struct error *err)
{
	*out = calloc(1, sizeof(**out));
	if (*out == NULL)
		return error_nomem(err);
	(*out)->tokens.steps = &(*out)->steps;
	return ST_OK;
}

void
quotes_set_clock(struct quotes *q, const struct quotes_clock *clock)
{
	q->steps.clock = clock;
}

void
quotes_free(struct quotes *q)
{
	if (q == NULL)
		return;
	free(q->list.at);
	free(q->tokens.at);
	quote_speech_fini(&q->speeches);
	free(q);
}

/* ---- which speech a quotation belongs to ---- */

/* Whether quotation I of a few words is too far behind the speech for its words. Companies say that they
 * adopted a "poison pill" and did not say that. */
static bool
is_far(const struct quotes *q, size_t i, const struct speech *sp)
{
	const struct speaker *s = &sp->full;
	const bool person = !q->tokens.capitals && ((s->who == WHO_NAME && s->person) ||
		(s->who == WHO_ROLE && quote_known_person(&q->speeches.known, s)));

	return quote_kind_scare(&q->tokens, i) && i - sp->to > (person ? SCARE_FAR : JARGON_FAR);
}

/* He considered the "open door" policy: a word or two within the name of the object of a deed. */
static bool
is_deed(const struct qtokens *t, size_t i, const struct speech *sp)
{
	const uint64_t small = WORD_PREPOSITION | WORD_BREAK | WORD_SKIP | WORD_DETERMINER | WORD_SAY | WORD_CALL | WORD_SAYING | WORD_WHO | WORD_DAY;

	if (!quote_tokens_has(t, sp->verb, WORD_DEED) || !quote_kind_scare(t, i) || sp->verb + 1 == i)
		return false;
	if (i - sp->verb > DEED_FAR || quote_tokens_has(t, i - 1, WORD_DEFINITE))
		return true;
	return i + 1 < t->n && t->at[i + 1].kind == QT_WORD && !quote_tokens_has(t, i + 1, small);
}

/* Whether a quotation follows SP. */
static bool
has_own(const struct qtokens *t, const struct speech *sp)
{
	size_t i = sp->to + 1;

	i += i < t->n && (t->at[i].kind == QT_COMMA || t->at[i].kind == QT_COLON);
	return i < t->n && t->at[i].kind == QT_QUOTE;
}

static void
give(struct quote *w, const struct speaker *s)
{
	if (s->end - s->start > QUOTE_NAME_MAX)
		return;
	w->speaker_start = s->start;
	w->speaker_end = s->end;
	if (s->office_end - s->office_start > QUOTE_NAME_MAX)
		return;
	w->office_start = s->office_start;
	w->office_end = s->office_end;
}

/* "gate" (Brandt's word) */
static bool
whose_word(const struct qtokens *t, size_t i, struct speaker *out)
{
	size_t at = i + 3;

	if (at >= t->n || t->at[i + 1].kind != QT_OPEN)
		return false;
	while (at < t->n && at < i + 8 && !t->at[at - 1].possessive)
		at++;
	return at < t->n && t->at[at - 1].possessive && quote_tokens_has(t, at, WORD_TERM) && quote_names_before(t, at - 1, i + 2, out);
}

/* X: "..." and "..." —X */
static bool
named_beside(const struct quotes *q, size_t i, size_t from, size_t to, struct speaker *out)
{
	const struct qtokens *t = &q->tokens;
	const size_t floor = i > from + QUOTE_NEAR ? i - QUOTE_NEAR : from;

	if (whose_word(t, i, out))
		return true;
	if (i >= from + 2 && t->at[i - 1].kind == QT_COLON) {
		if (quote_names_before(t, i - 2, floor, out) && out->first == from && out->who != WHO_I && out->who != WHO_IT)
			return true;
		return quote_kind_ends(t, i, ".?!") && quote_speech_subject(&q->speeches, t, from, i - 1, out);
	}
	return i + 2 < t->n && t->at[i + 1].kind == QT_DASH && t->at[i + 2].name &&
		quote_names_after(t, i + 2, t->n, out) && (out->last + 1 >= t->n || t->at[out->last + 1].kind == QT_STOP) &&
		to <= out->last + 1;
}

/* The Secretary: ...; in the record of a talk all of the paragraph is his. A name wants a title, or to
 * be known: headings look the same. */
static void
read_turn(struct quotes *q)
{
	const struct qtokens *t = &q->tokens;
	struct speaker *x = &q->turn, full;
	uint32_t start;
	bool titled;

	q->has_turn = false;
	/* Dear Mr. Tek: */
	if (t->n < 3 || quote_tokens_is(t, 0, "dear") || quote_tokens_is(t, 1, "dear"))
		return;
	if (!quote_names_after(t, 0, t->n, x) || x->last + 1 >= t->n || t->at[x->last + 1].kind != QT_COLON)
		return;
	titled = x->who == WHO_NAME ? x->office_end > 0 || (x->last > 0 && (t->at[0].classes & WORD_TITLE) != 0) :
		x->who == WHO_ROLE && (x->head_classes & WORD_ROLE) != 0;
	start = x->start;
	/* of several presidents who were named the record does not mean the last */
	if (x->who == WHO_ROLE)
		q->has_turn = titled;
	else if (x->who == WHO_NAME && quote_known_resolve(&q->speeches.known, x, &full))
		q->has_turn = titled || (full.start != start && full.person);
}

/* Whether the paragraph begins with somebody's speech: The Secretary said that he ... */
static bool
begins_with_speech(const struct quotes *q)
{
	const struct qtoken *t = q->tokens.at;
	const struct speech *sp = q->speeches.at;
	size_t i = 0, first, end;

	if (q->speeches.n == 0 || sp->weak || !sp->known ||
	    (sp->full.who != WHO_NAME && (sp->full.who != WHO_ROLE || (sp->full.head_classes & WORD_ROLE) == 0)))
		return false;
	while (i < sp->from && (t[i].kind != QT_WORD || (!t[i].name && (t[i].classes & (WORD_BREAK | WORD_SKIP)) != 0)))
		i++;
	quote_speech_sentence(&q->speeches, &q->tokens, i, &first, &end);
	return i == sp->from && sp->verb < end;
}

/* Minutes report a paragraph as the words of him with whom it begins: the sentences behind that go on, but
 * for sentences about the writer himself, and text in brackets. */
static bool
goes_on(const struct quotes *q, const struct speech *sp, size_t i, size_t from)
{
	const struct qtoken *t = q->tokens.at;

	if (sp == NULL || q->tokens.capitals || q->nearby.was_done)
		return false;
	if (t[from].kind == QT_WORD && !t[from].name && (t[from].classes & (WORD_HE | WORD_IT | WORD_THEY)) != 0)
		return true;
	if (quote_tokens_is(&q->tokens, from, "this") && !quote_kind_scare(&q->tokens, i) &&
	    (sp->sentence_end == from || sp->sentence_end + 1 == from))
		return true;
	return !q->nearby.aside && q->begins;
}

/* The speaker of a quotation that no speech of its sentence claims. */
static const struct speaker *
speaker_around(const struct quotes *q, size_t i, size_t from, size_t to)
{
	const struct qtokens *t = &q->tokens;
	const struct speech *sp = quote_nearby_earlier(&q->speeches, t, i, q->nearby.before);

	if (quote_kind_thing(t, i))
		return NULL;
	if (q->has_turn)
		return &q->turn;
	if (i > from ? !goes_on(q, sp, i, from) : quote_kind_scare(t, i) ||
	    (i + 1 < to && !quote_kind_ends(t, i, ".,?!") && !quote_kind_long(t, i)))
		return NULL;
	if (sp != NULL)
		return sp->known ? &sp->speaker : NULL;
	return i == from && from == 0 && q->has_last ? &q->last : NULL;
}

static void
attribute(struct quotes *q, size_t i)
{
	const struct qtokens *t = &q->tokens;
	struct quote *w = &q->list.at[t->at[i].quote];
	const struct speech *before, *after;
	const struct speaker *around;
	struct speaker beside;
	size_t from, to;

	quote_nearby_move(&q->nearby, i);
	from = q->nearby.from;
	to = q->nearby.to;
	if (quote_kind_label(t, i))
		return;
	before = quote_nearby_before(&q->nearby);
	after = quote_nearby_after(&q->nearby, before != NULL);
	if (before != NULL && (is_far(q, i, before) || quote_kind_thing(t, i) || is_deed(t, i, before)))
		before = NULL;
	if (after != NULL && after->weak && (quote_kind_scare(t, i) || quote_kind_thing(t, i)))
		after = NULL;
	/* X asked Y, "...?" Y answered, "..." */
	if (before != NULL && after != NULL && t->at[i - 1].kind == QT_COMMA && !before->weak && has_own(t, after))
		after = NULL;
	if (after != NULL && (before == NULL || after->verb == i + 1 || quote_kind_ends(t, i, ",?!")))
		before = after;
	if (before != NULL) {
		if (before->known)
			give(w, &before->speaker);
		else if (q->has_turn && before->full.who == WHO_I)
			give(w, &q->turn);
		return;
	}
	if (named_beside(q, i, from, to, &beside)) {
		give(w, &beside);
		return;
	}
	around = speaker_around(q, i, from, to);
	if (around != NULL)
		give(w, around);
}

/* ---- paragraph by paragraph ---- */

/* The text of the paper follows: nobody says that. */
static bool
brings_text(const struct qtokens *t, size_t from, size_t to)
{
	static const char *const words[] = { "follows", "text", "reads", NULL };

	for (; from < to; from++)
		if (quote_tokens_is_one(t, from, words))
			return true;
	return false;
}

/* Who spoke last in what was just read: the next paragraph may go on with that. Before a colon any verb
 * does: The note by X reads: */
static void
keep_last(struct quotes *q)
{
	const struct qtokens *t = &q->tokens;
	const struct speech *sp = quote_nearby_earlier(&q->speeches, t, t->n, q->speeches.n), *last;
	size_t from, to;
	bool it;

	if (t->n > 1 && t->at[t->n - 1].kind == QT_COLON && q->speeches.n > 0) {
		last = &q->speeches.at[q->speeches.n - 1];
		quote_speech_sentence(&q->speeches, t, t->n - 1, &from, &to);
		/* of "his letter ... It reads:" he is still the one */
		it = last->from >= from && quote_tokens_has(t, last->from, WORD_IT);
		if (last->from >= from && !it && last->full.who == WHO_NAME)
			sp = last;
		else if (!it && sp != NULL && sp->from < from && brings_text(t, from, to))
			sp = NULL;
	}
	if (sp != NULL) {
		q->has_last = sp->known;
		q->last = sp->speaker;
		return;
	}
	/* only quotations: they went on with it */
	if (t->n == 0 || t->at[0].kind != QT_QUOTE)
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
	st = quote_tokens_read(a, a->paras[first].start, a->paras[last].end, w + *next, n - *next, (uint32_t)*next, &q->tokens);
	if (st == ST_OK)
		st = quote_speech_read(&q->speeches, &q->tokens);
	if (st != ST_OK)
		return st;
	read_turn(q);
	q->begins = begins_with_speech(q);
	quote_nearby_begin(&q->nearby, &q->speeches, &q->tokens);
	for (i = 0; i < q->tokens.n && quote_tokens_steps_left(&q->steps); i++)
		if (q->tokens.at[i].kind == QT_QUOTE)
			attribute(q, i);
	keep_last(q);
	*next = n;
	return ST_OK;
}

/* The last of the paragraphs from I on that must be read together, so that no quotation runs on behind them. */
static size_t
last_para(const struct quotes *q, const struct article *a, size_t i, size_t next)
{
	for (; next < q->list.n && q->list.at[next].start < a->paras[i].end; next++)
		while (i + 1 < a->nparas && q->list.at[next].end > a->paras[i].end)
			i++;
	return i;
}

static bool
is_quotation(const struct quotes *q, const struct article *a, size_t i, size_t next)
{
	size_t last = i + CONTEXT < a->nparas ? i + CONTEXT : a->nparas - 1;

	return i < 2 || q->list.at[next].start < a->paras[last].end;
}

enum status
quotes_find(struct quotes *q, const struct article *a, const struct quote **out, size_t *n, struct error *err)
{
	enum status st;
	size_t i, last, next = 0;

	q->steps = (struct quote_steps){ .max = QUOTES_STEPS + QUOTES_STEPS_BYTE * (uint64_t)a->body.len,
					 .clock = q->steps.clock, .err = err };
	st = quote_marks_find(a, q->steps.clock, &q->list, err);
	quote_speech_begin(&q->speeches, a->body.data, &q->steps);
	q->has_last = false;
	for (i = 0; st == ST_OK && next < q->list.n && i < a->nparas && quote_tokens_steps_left(&q->steps); i = last + 1) {
		last = last_para(q, a, i, next);
		if (is_quotation(q, a, i, next))
			st = read_paras(q, a, i, last, &next);
		else
			q->has_last = false;
	}
	if (st != ST_OK)
		return st == ST_NOMEM ? error_nomem(err) : st;
	if (q->steps.st != ST_OK)
		return q->steps.st;
	*out = q->list.at;
	*n = q->list.n;
	return ST_OK;
}

uint64_t
quotes_steps(const struct quotes *q)
{
	return q->steps.n;
}

bool
quotes_cut(const struct quotes *q)
{
	return q->steps.n >= q->steps.max;
}
