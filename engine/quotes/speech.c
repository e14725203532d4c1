/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/speech.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/grow.h"
#include "engine/quotes/subject.h"

/* ---- sentences ---- */

static bool
begins_small(const char *p)
{
	return (*p >= 'a' && *p <= 'z') || (*p & 0x80) != 0;
}

/* "Never!" he said. The quotation ends a sentence, unless the words behind it tell who spoke. */
static bool
tells_speaker(const struct qtokens *t, size_t i)
{
	size_t j;

	for (j = i; j < t->n && j < i + 12 && t->at[j].kind == QT_WORD; j++)
		if (quote_tokens_has(t, j, WORD_SAY))
			return (j + 1 == t->n || t->at[j + 1].kind != QT_WORD || j == i) && j < i + 8;
	return false;
}

static bool
ends_sentence(const struct speeches *s, const struct qtokens *t, size_t i)
{
	const struct qtoken *tok = &t->at[i];

	if (tok->kind == QT_STOP)
		return true;
	if (tok->kind != QT_QUOTE || i + 1 == t->n)
		return false;
	if (strchr(".?!", s->text[tok->end - 1]) == NULL)
		return false;
	if (t->at[i + 1].kind == QT_QUOTE)
		return true;
	return t->at[i + 1].kind == QT_WORD && !begins_small(s->text + t->at[i + 1].start) && !tells_speaker(t, i + 1);
}

void
quote_speech_sentence(const struct speeches *s, const struct qtokens *t, size_t i, size_t *from, size_t *to)
{
	size_t f = i, e = i;

	while (f > 0 && !ends_sentence(s, t, f - 1))
		f--;
	while (e < t->n && !ends_sentence(s, t, e))
		e++;
	*from = f;
	*to = e < t->n && t->at[e].kind == QT_QUOTE ? e + 1 : e;
	t->steps->n += e - f + 1;
}

/* ---- who speaks ---- */

/* X was in good spirits: "..." */
bool
quote_speech_subject(const struct speeches *s, const struct qtokens *t, size_t from, size_t colon, struct speaker *out)
{
	struct speaker full;

	return quote_subject_sentence(t, from, colon, out) && !t->at[out->last].possessive && out->last + 1 < colon &&
		(out->who == WHO_HE || out->who == WHO_NAME || (out->who == WHO_ROLE && (out->head_classes & WORD_ROLE) != 0)) &&
		quote_known_resolve(&s->known, out, &full) &&
		(out->who != WHO_NAME || out->person || full.start != out->start);
}

/* Adds SP of a sentence from FROM to TO. A verb that says little tells of a name that he may be "he"
 * later, but not in what somebody else says: Brandt said that Tek wants to go. He ... */
static enum status
add_speech(struct speeches *s, const struct qtokens *t, const struct speech *sp, size_t from, size_t to)
{
	const bool first = s->n == 0 || s->at[s->n - 1].from < from;
	struct speech *p = grow(s->at, &s->cap, s->n, sizeof(*p));

	if (p == NULL)
		return ST_NOMEM;
	s->at = p;
	p += s->n++;
	*p = *sp;
	p->sentence_end = to;
	p->strong = !sp->weak ? s->n : s->n > 1 ? p[-1].strong : 0;
	if (!sp->known || (sp->weak && sp->full.who != WHO_NAME && (sp->full.head_classes & WORD_ROLE) == 0))
		return ST_OK;
	return quote_known_add(&s->known, &sp->full, !sp->weak || sp->full.person ||
			       (first && sp->full.who == WHO_NAME && (!t->capitals || sp->full.start != sp->speaker.start)));
}

/* Foreign Minister Hakan Fidan: whom "the minister" may mean later. Who is named so, a sailor named Osman Tek, is
 * a person without an office, too. */
static enum status
add_holder(struct speeches *s, const struct qtokens *t, size_t i)
{
	const bool named = i > 1 && quote_tokens_is(t, i - 1, "named") && quote_tokens_has(t, i - 2, WORD_ROLE | WORD_ANYONE);
	const size_t to = i + QUOTE_NEAR < t->n ? i + QUOTE_NEAR : t->n;
	struct speaker x;

	if (!t->at[i].name || (i > 0 && t->at[i - 1].name))
		return ST_OK;
	if (named && quote_names_after(t, i, to, &x) && x.who == WHO_NAME) {
		x.person = true;
		return quote_known_add(&s->known, &x, false);
	}
	if (!quote_names_after(t, i, to, &x) || x.who != WHO_NAME || x.office_end == 0 || x.office_start > x.start)
		return ST_OK;
	return quote_known_add(&s->known, &x, false);
}

/* Ada Brandt went to the door. She said ...: whom the sentence from FROM to TO is about. */
static enum status
add_subject(struct speeches *s, const struct qtokens *t, size_t from, size_t to)
{
	struct speaker x, full;
	bool told;

	if (!quote_subject_sentence(t, from, to, &x) || x.last + 1 >= to || t->at[x.last].possessive ||
	    t->at[x.last + 1].kind != QT_WORD || quote_tokens_has(t, x.last + 1, WORD_PREPOSITION | WORD_BREAK))
		return ST_OK;
	/* "The consumer prices rose" is about no consumer, but "the president held" may be */
	told = x.who == WHO_ROLE ? t->at[x.last].end == x.head_end : x.office_end > 0 || quote_tokens_has(t, x.first, WORD_TITLE);
	if (x.who != WHO_NAME && (x.who != WHO_ROLE || !x.definite || (x.head_classes & WORD_ROLE) == 0))
		return ST_OK;
	if (!quote_known_resolve(&s->known, &x, &full) || (!told && full.start == x.start))
		return ST_OK;
	return quote_known_add(&s->known, &full, true);
}

enum status
quote_speech_read(struct speeches *s, const struct qtokens *t)
{
	const uint64_t telling = WORD_SAY | WORD_CALL | WORD_SAYING | WORD_LAST_VERB | WORD_WORDS;
	size_t i, from = 0, to = 0;
	enum status st = ST_OK;
	struct speech sp;

	s->n = 0;
	for (i = 0; st == ST_OK && i < t->n && quote_tokens_steps_left(t->steps); i++) {
		s->known.now = t->at[i].start;
		if (i >= to) {
			quote_speech_sentence(s, t, i, &from, &to);
			st = i == from ? add_subject(s, t, from, to) : ST_OK;
			if (st != ST_OK)
				break;
		}
		if (t->at[i].kind != QT_WORD)
			continue;
		st = add_holder(s, t, i);
		if (st != ST_OK || (!quote_tokens_has(t, i, telling) && !quote_tokens_is(t, i, "according")))
			continue;
		if (quote_subject_at(s, t, i, from, to, &sp)) {
			sp.known = quote_known_resolve(&s->known, &sp.speaker, &sp.full);
			st = add_speech(s, t, &sp, from, to);
		}
	}
	return st;
}

void
quote_speech_begin(struct speeches *s, const char *text, struct quote_steps *steps)
{
	s->text = text;
	s->n = 0;
	quote_known_begin(&s->known, text, steps);
}

void
quote_speech_fini(struct speeches *s)
{
	free(s->at);
	free(s->known.at);
}
