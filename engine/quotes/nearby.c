/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/nearby.h"

#include "engine/quotes/kind.h"
#include "engine/quotes/speech.h"

#define NOUN_MAX 6    /* words of a noun before the "and" in it */

void
quote_nearby_begin(struct nearby *n, const struct speeches *s, const struct qtokens *t)
{
	*n = (struct nearby){ .tokens = t, .speeches = s };
}

static bool
was_done(const struct qtokens *t, size_t i)
{
	return quote_tokens_is(t, i, "it") && quote_tokens_has(t, i + 1, WORD_BE) && quote_tokens_has(t, i + 2, WORD_SAY | WORD_CALL);
}

static bool
is_comma(const struct qtokens *t, size_t i)
{
	return t->at[i].kind == QT_COMMA || (t->at[i].kind == QT_QUOTE && quote_kind_ends(t, i, ","));
}

void
quote_nearby_move(struct nearby *n, size_t i)
{
	const struct qtokens *t = n->tokens;

	n->at = i;
	if (i >= n->to) {
		quote_speech_sentence(n->speeches, t, i, &n->from, &n->to);
		n->read = n->from;
		n->comma = 0;
		n->was_done = n->aside = false;
	}
	for (; n->read < i; n->read++) {
		const size_t j = n->read;

		if (is_comma(t, j))
			n->comma = j + 1;
		n->aside = n->aside || t->at[j].kind == QT_OPEN || (!t->at[j].name && quote_tokens_has(t, j, WORD_I));
		n->was_done = n->was_done || (j >= n->from + 2 && was_done(t, j - 2));
	}
	while (n->before < n->speeches->n && n->speeches->at[n->before].verb < i)
		n->before++;
}

/* Whether SP stands in a clause of its own that ends before the quotation: X said that, though Y called it "late," it
 * was "early." */
static bool
in_closed_clause(const struct nearby *n, const struct speech *sp)
{
	const struct qtokens *t = n->tokens;
	size_t at = sp->from;

	if (at > 0 && quote_tokens_has(t, at - 1, WORD_DETERMINER) && !t->at[at - 1].name)
		at--;
	return at > 0 && quote_tokens_has(t, at - 1, WORD_SUBORDINATE) && n->comma > sp->to + 1;
}

const struct speech *
quote_nearby_before(const struct nearby *n)
{
	const struct speech *all = n->speeches->at, *found = NULL;
	size_t j = n->before, looks;

	for (looks = 0; j > 0 && all[j - 1].verb >= n->from && looks < QUOTE_SPEECHES_MAX; j--, looks++) {
		++n->tokens->steps->n;
		if (all[j - 1].from < n->from || all[j - 1].to >= n->at)
			continue;
		found = &all[j - 1];
		if (!in_closed_clause(n, found))
			break;
	}
	return found;
}

/* Whether SP begins at NEXT or right behind it: "...," an oil and mines ministry source said; "..." in X's words. */
static bool
begins_at(const struct qtokens *t, const struct speech *sp, size_t next)
{
	size_t i;

	if (sp->from <= next + 1)
		return !sp->weak || sp->from == next || quote_tokens_is(t, next, "in");
	if (sp->weak || sp->from > next + NOUN_MAX || !quote_tokens_has(t, sp->from - 1, WORD_BREAK))
		return false;
	for (i = next; i < sp->from; i++)
		if (t->at[i].kind != QT_WORD || quote_tokens_has(t, i, WORD_SAY | WORD_CALL | WORD_SKIP | WORD_WHO))
			return false;
	return true;
}

const struct speech *
quote_nearby_after(const struct nearby *n, bool only_beside)
{
	const struct qtokens *list = n->tokens;
	const struct qtoken *t = list->at;
	const struct speeches *s = n->speeches;
	size_t j = n->before, looks, next = n->at + 1;

	if (next < n->to && (t[next].kind == QT_COMMA || t[next].kind == QT_DASH))
		next++;
	for (looks = 0; j < s->n && s->at[j].verb < n->to && looks < QUOTE_SPEECHES_MAX; j++, looks++) {
		const struct speech *sp = &s->at[j];

		++list->steps->n;
		if (sp->from <= n->at)
			continue;
		if (begins_at(list, sp, next))
			return sp;
		/* calling it "late" and "dark," he complained */
		if (!only_beside && !sp->weak && sp->from > 0 && is_comma(list, sp->from - 1) &&
		    (sp->to + 1 >= n->to || t[sp->to + 1].kind != QT_QUOTE))
			return sp;
	}
	return NULL;
}

const struct speech *
quote_nearby_earlier(const struct speeches *s, const struct qtokens *t, size_t i, size_t n)
{
	while (n > 0 && (n = s->at[n - 1].strong) > 0) {
		++t->steps->n;
		if (s->at[n - 1].to < i)
			return &s->at[n - 1];
		n--;
	}
	return NULL;
}
