/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/subject.h"

#include <string.h>

#define APPOSITION_MAX 30   /* tokens between a name and its verb */

static const char *const verb_or_noun[] = { "claims", "reports", "notes", "remarks", "comments", NULL };

/* The head of the panel, Osman Tek, said: the name is in the apposition, from token I to END. */
static bool
named_in_apposition(const struct qtokens *t, size_t i, size_t end, const struct speaker *before, struct speaker *out)
{
	if ((before->who == WHO_NAME && before->person) || !quote_names_after(t, i, end, out) ||
	    out->who != WHO_NAME || !out->person || out->last + 1 < end)
		return false;
	if (out->office_end == 0 && before->who == WHO_ROLE) {
		out->office_start = before->start;
		out->office_end = before->end;
	}
	return true;
}

/* The name before the apposition that ends at END, a comma or quoted words: X, who was asked, said. It is the
 * one that begins the sentence, if there is one: X, head of Old Bay, Denmark, said. */
static bool
before_apposition(const struct qtokens *t, size_t end, size_t floor, struct speaker *out)
{
	struct speaker x;
	bool found = false;
	size_t i;

	for (i = end; i > floor + 1 && end - i < APPOSITION_MAX; i--) {
		if (t->at[i - 1].kind == QT_QUOTE)
			break;
		if (t->at[i - 1].kind != QT_COMMA || !quote_names_before(t, i - 2, floor, &x))
			continue;
		if (x.who != WHO_NAME && x.who != WHO_ROLE && x.who != WHO_ROLES && x.who != WHO_ORG)
			continue;
		if (!found && t->at[end].kind == QT_COMMA && named_in_apposition(t, i, end, &x, out))
			return true;
		if (found && (x.who != WHO_NAME || x.first != floor))
			continue;
		found = true;
		*out = x;
		quote_names_office(t, i, end, out);
	}
	return found;
}

/* The last token before I that is no adverb or the like. */
static bool
back_over(const struct qtokens *t, size_t i, size_t floor, size_t *out)
{
	while (i > floor && quote_tokens_has(t, i - 1, WORD_SKIP | WORD_DAY) && !t->at[i - 1].name)
		i--;
	*out = i - 1;
	return i > floor;
}

/* X, head of the bank said: the comma that should close it is missing. */
static void
named_before_office(const struct qtokens *t, size_t end, size_t floor, struct speaker *out)
{
	struct speaker named;
	size_t i = out->first;

	if (quote_tokens_has(t, i, WORD_DETERMINER) && !t->at[i].name)
		return;
	while (i > floor + 1 && end - i < APPOSITION_MAX && t->at[i - 1].kind == QT_WORD && !quote_tokens_has(t, i - 1, WORD_SAY | WORD_CALL))
		i--;
	if (i > floor + 1 && t->at[i - 1].kind == QT_COMMA && quote_names_before(t, i - 2, floor, &named) &&
	    named.who == WHO_NAME && named.person) {
		quote_names_office(t, i, end + 1, &named);
		*out = named;
	}
}

/* The committee in reporting the bill stated: the noun phrase with which the sentence begins. */
static bool
before_participle(const struct qtokens *t, size_t floor, size_t verb, struct speaker *out)
{
	static const char *const preps[] = { "in", "on", "upon", "by", "after", "before", "while", NULL };
	const struct qtoken *ing;
	size_t i;

	if (t->at[floor].kind != QT_WORD || !quote_names_after(t, floor, verb, out) || out->last + 2 >= verb)
		return false;
	ing = &t->at[out->last + 2];
	if (ing->kind != QT_WORD || ing->end - ing->start < 6 || memcmp(t->text + ing->end - 3, "ing", 3) != 0)
		return false;
	for (i = out->last + 3; i < verb; i++)
		if (t->at[i].kind != QT_WORD || quote_tokens_has(t, i, WORD_SAY | WORD_CALL | WORD_WHO))
			return false;
	return quote_tokens_is_one(t, out->last + 1, preps);
}

/* A sailor who feared storms said: the noun before "who" of the clause that ends at END. */
static bool
before_clause(const struct qtokens *t, size_t end, size_t floor, struct speaker *out)
{
	size_t i;

	for (i = end; i > floor + 1 && t->at[i].kind == QT_WORD; i--)
		if (quote_tokens_is(t, i, "who"))
			return quote_names_before(t, i - 1, floor, out);
	return false;
}

static bool
subject_before(const struct qtokens *t, size_t verb, size_t floor, struct speaker *out)
{
	size_t p, i;

	if (!back_over(t, verb, floor, &p))
		return false;
	if (before_participle(t, floor, verb, out))
		return true;
	for (i = p + 1; i < verb && quote_tokens_has(t, verb, WORD_SAY | WORD_CALL); i++)
		if (quote_tokens_has(t, i, WORD_BE))
			return false;
	if (t->at[p].kind == QT_CLOSE) {
		while (p > floor && t->at[p].kind != QT_OPEN)
			p--;
		if (p == floor)
			return false;
		p--;
	}
	if (quote_tokens_has(t, p, WORD_WHO) && p > floor)
		p -= t->at[p - 1].kind == QT_COMMA && p > floor + 1 ? 2 : 1;
	/* Tek in his speech to the council, called */
	if (t->at[p].kind == QT_COMMA)
		return before_apposition(t, p, floor, out) ||
			(quote_subject_sentence(t, floor, p, out) && out->who == WHO_NAME && out->last + 1 < p &&
			 quote_tokens_has(t, out->last + 1, WORD_PREPOSITION));
	/* the ministry's proposed law */
	if (t->at[p].possessive && !quote_tokens_has(t, p, WORD_HE | WORD_IT | WORD_THEY))
		return false;
	if (!quote_names_before(t, p, floor, out))
		return before_clause(t, p, floor, out);
	if (out->who == WHO_ROLE || out->who == WHO_ORG)
		named_before_office(t, p, floor, out);
	return true;
}

static bool
person_or_office(const struct speaker *x)
{
	return (x->who == WHO_NAME && x->person) || (x->head_classes & (WORD_ROLE | WORD_ROLES)) != 0;
}

/* "...," a banker at the branch of Old Bay Bank in Oslo said: all that stands between the quotation and the verb
 * is the subject, however long. */
static bool
subject_behind_quote(const struct qtokens *t, size_t verb, size_t floor, struct speaker *out)
{
	const uint64_t others = WORD_SAY | WORD_CALL | WORD_SAYING | WORD_WHO | WORD_HE | WORD_IT | WORD_THEY | WORD_I;
	struct speaker x;
	size_t i = verb;

	while (i > floor && verb - i < APPOSITION_MAX && t->at[i - 1].kind != QT_QUOTE &&
	       (t->at[i - 1].kind != QT_WORD || t->at[i - 1].name || !quote_tokens_has(t, i - 1, others)) &&
	       t->at[i - 1].kind != QT_COLON && t->at[i - 1].kind != QT_DASH)
		i--;
	if (i == floor || i + 1 >= verb || t->at[i - 1].kind != QT_QUOTE || strchr(",?!", t->text[t->at[i - 1].end - 1]) == NULL)
		return false;
	if (!quote_names_after(t, i, verb, &x) || x.first != i || (!person_or_office(out) && !person_or_office(&x)))
		return false;
	/* else a name behind its office, with an acronym in brackets */
	if (!person_or_office(out))
		*out = x;
	out->first = i;
	return true;
}

/* Whether the verb may have its subject behind it: "...", said X. */
static bool
inverted(const struct qtokens *t, size_t verb, size_t floor)
{
	size_t p;

	if (!back_over(t, verb, floor, &p))
		return verb == floor;
	/* French: a déclaré X */
	if (quote_tokens_has(t, p, WORD_DETERMINER) && t->at[p].end == t->at[p].start + 1 && p > floor)
		p--;
	if (p > floor && (t->at[p].kind == QT_DASH || t->at[p].kind == QT_COMMA))
		p -= p > floor + 1 && t->at[p].kind == QT_DASH && t->at[p - 1].kind == QT_COMMA ? 2 : 1;
	return t->at[p].kind == QT_QUOTE;
}

/* Whether the noun that ends at LAST is the subject of the next clause: said the plan would fail. */
static bool
has_verb(const struct qtokens *t, size_t last, size_t to)
{
	static const char *const verbs[] = {
		"would", "will", "had", "has", "have", "could", "can", "may", "might", "must", "should", "did", "does", NULL
	};

	return last + 1 < to && (quote_tokens_has(t, last + 1, WORD_BE) || quote_tokens_is_one(t, last + 1, verbs));
}

/* X ends its clause: ", said X." */
static bool
closes_clause(const struct qtokens *t, size_t last, size_t to)
{
	if (has_verb(t, last, to))
		return false;
	return last + 1 >= to || t->at[last + 1].kind != QT_WORD || quote_tokens_has(t, last + 1, WORD_PREPOSITION | WORD_SKIP | WORD_DAY);
}

static bool
subject_of(const struct qtokens *t, size_t verb, size_t from, size_t to, struct speaker *out)
{
	size_t p;
	bool found;

	if (inverted(t, verb, from)) {
		if (quote_names_after(t, verb + 1, to, out))
			return true;
		/* dit-il */
		if (quote_tokens_has(t, verb, WORD_HE))
			return quote_names_after(t, verb, to, out);
		/* X, author of "The Long Road," said */
		return back_over(t, verb, from, &p) && t->at[p].kind == QT_QUOTE && p > from &&
			before_apposition(t, p, from, out) && out->who == WHO_NAME;
	}
	if (t->at[verb - 1].kind == QT_COMMA && !quote_tokens_has(t, verb, WORD_TELL) && quote_names_after(t, verb + 1, to, out) &&
	    closes_clause(t, out->last, to) && out->who != WHO_HE)
		return true;
	found = subject_before(t, verb, from, out);
	if (!found)
		memset(out, 0, sizeof(*out));
	return subject_behind_quote(t, verb, from, out) || found;
}

/* quoted X as saying, as having said; X was quoted as saying */
static bool
quoted_subject(const struct qtokens *t, size_t verb, size_t from, struct speaker *out)
{
	size_t i;

	for (i = verb; i > from; i--) {
		if (!quote_tokens_is(t, i - 1, "quoted"))
			continue;
		if (i > from + 1 && quote_tokens_has(t, i - 2, WORD_SKIP))
			return subject_before(t, i - 1, from, out);
		return quote_names_after(t, i, verb, out);
	}
	return false;
}

/* Things show and promise, too: a verb that says nothing by itself takes a person. */
static bool
can_speak(const struct speeches *s, const struct speaker *x)
{
	return x->who != WHO_ROLE || quote_known_person(&s->known, x);
}

/* The noun goes on to words that may be the verb's: the president | held. */
bool
quote_subject_sentence(const struct qtokens *t, size_t from, size_t to, struct speaker *out)
{
	if (to > from + QUOTE_NEAR)
		to = from + QUOTE_NEAR;
	while (from < to && (quote_tokens_has(t, from, WORD_BREAK | WORD_SKIP | WORD_DAY) || t->at[from].kind == QT_COMMA))
		from++;
	if (!quote_names_after(t, from, to, out))
		return false;
	for (; from < out->last && t->at[from].end <= out->head_end; from++)
		;
	if (out->who == WHO_ROLE && (out->head_classes & WORD_ROLE) != 0 && !quote_tokens_has(t, from, WORD_PREPOSITION))
		out->end = out->head_end;
	return true;
}

/* They came in and said: the pronoun that is the subject of the clause which "and" ends at END. */
static bool
pronoun_before(const struct qtokens *t, size_t end, size_t from, struct speaker *out)
{
	static const char *const subjects[] = { "he", "she", "they", "we", "i", NULL };
	size_t i;

	for (i = end; i > from && t->at[i - 1].kind == QT_WORD; i--)
		if (quote_tokens_is_one(t, i - 1, subjects))
			return quote_names_before(t, i - 1, from, out);
	return false;
}

/* He gave no details but said: the subject of the first verb. */
static bool
shared_subject(const struct speeches *s, const struct qtokens *t, size_t verb, size_t from, struct speaker *out)
{
	size_t p;

	if (!back_over(t, verb, from, &p) || !quote_tokens_has(t, p, WORD_BREAK))
		return false;
	if (s->n == 0 || s->at[s->n - 1].from < from) {
		if (pronoun_before(t, p, from, out))
			return true;
		return quote_subject_sentence(t, from, p, out) && out->who != WHO_I && can_speak(s, out);
	}
	*out = s->at[s->n - 1].speaker;
	out->first = out->last = verb;
	return s->at[s->n - 1].known;
}

/* The subject of a participle is its sentence's subject. */
static bool
ing_subject(const struct speeches *s, const struct qtokens *t, size_t verb, size_t from, struct speaker *out)
{
	size_t as = verb - (verb > from && quote_tokens_is(t, verb - 1, "having"));

	if (as > from && quote_tokens_is(t, as - 1, "as") && quoted_subject(t, as, from, out))
		return true;
	if (s->n > 0 && s->at[s->n - 1].from >= from && s->at[s->n - 1].known) {
		*out = s->at[s->n - 1].speaker;
		out->first = out->last = verb;
		return true;
	}
	return quote_subject_sentence(t, from, verb, out) && can_speak(s, out);
}

/* X's statement; X made a statement; a statement by X */
static bool
words_subject(const struct qtokens *t, size_t i, size_t from, size_t to, struct speaker *out)
{
	size_t j;

	for (j = i; j > from && i - j < 5; j--) {
		if (t->at[j - 1].possessive)
			return quote_names_before(t, j - 1, from, out);
		if (quote_tokens_is(t, j - 1, "made") || quote_tokens_is(t, j - 1, "makes"))
			return subject_before(t, j - 1, from, out);
		if (quote_tokens_is(t, j - 1, "his") && i + 1 < to && (quote_tokens_is(t, i + 1, "that") || t->at[i + 1].kind == QT_QUOTE)) {
			quote_names_he(t, j - 1, out);
			return true;
		}
	}
	for (j = i + 1; j < to && j < i + 5; j++)
		if ((quote_tokens_is(t, j, "by") || quote_tokens_is(t, j, "from") || quote_tokens_is(t, j, "of")) &&
		    quote_names_after(t, j + 1, to, out))
			return true;
	return false;
}

/* Said X: "..." */
static bool
before_colon(const struct qtokens *t, size_t to, const struct speaker *x)
{
	return x->last + 1 < to && t->at[x->last + 1].kind == QT_COLON && x->who != WHO_I && x->who != WHO_IT;
}

/* Telegrams leave out whom they spoke of: Stated that "..." */
static bool
last_speaker(const struct speeches *s, const struct qtokens *t, size_t i, size_t to, struct speaker *out)
{
	const struct speaker *last = quote_known_last(&s->known);

	if (quote_names_after(t, i + 1, to, out) &&
	    (before_colon(t, to, out) || (out->who == WHO_NAME && !quote_tokens_has(t, i, WORD_TELL))))
		return true;
	if (last == NULL)
		return false;
	*out = *last;
	out->first = out->last = i;
	return true;
}

/* Proposed by X; but he concluded by asking. */
static bool
is_passive(const struct qtokens *t, size_t i, size_t to)
{
	const struct qtoken *next;

	if (i + 2 >= to || !quote_tokens_is(t, i + 1, "by"))
		return false;
	next = &t->at[i + 2];
	return next->name || next->end - next->start < 5 || memcmp(t->text + next->end - 3, "ing", 3) != 0;
}

/* The terms stated in the letter, the printed reports: a participle or noun, and no verb of the terms. "The rule
 * stated in point 2: ..." has one. */
static bool
no_verb_of(const struct speeches *s, const struct qtokens *t, size_t i, size_t to, const struct speaker *x)
{
	size_t j;

	for (j = i + 1; j < to; j++)
		if (t->at[j].kind == QT_COLON)
			return false;
	if (x->who != WHO_ROLE || quote_known_person(&s->known, x))
		return false;
	return quote_tokens_is_one(t, i, verb_or_noun) || (i + 1 < to && !quote_tokens_is(t, i, "says") &&
		(quote_tokens_is(t, i + 1, "in") || quote_tokens_is(t, i + 1, "at") || quote_tokens_is(t, i + 1, "above")));
}

/* The claims to X, reports from Y: a noun. The said rule: none of a verb, either. */
static bool
is_noun(const struct qtokens *t, size_t i, size_t to)
{
	if (i > 0 && quote_tokens_is(t, i - 1, "the") && !quote_tokens_has(t, i, WORD_WORDS))
		return true;
	if (quote_tokens_is(t, i, "states") && i + 1 < to && t->at[i + 1].kind == QT_WORD && !quote_tokens_is(t, i + 1, "that"))
		return true;
	return i + 1 < to && quote_tokens_has(t, i + 1, WORD_PREPOSITION | WORD_SAYING) && !quote_tokens_is(t, i + 1, "by") && quote_tokens_is_one(t, i, verb_or_noun);
}

/* "...," demanded X: the subject of a weak verb, at the end of its clause. */
static bool
subject_after_quote(const struct speeches *s, const struct qtokens *t, size_t verb, size_t from, size_t to, struct speaker *out)
{
	return inverted(t, verb, from) && verb > from && quote_names_after(t, verb + 1, to, out) && out->who <= WHO_ROLES &&
		can_speak(s, out) && !t->at[out->last].possessive && closes_clause(t, out->last, to);
}

/* The telegram to X reads: the name is a complement of the subject. */
static bool
hangs_on(const struct qtokens *t, const struct speaker *x, size_t from)
{
	return x->who == WHO_NAME && x->first > from && quote_tokens_has(t, x->first - 1, WORD_PREPOSITION) && !t->at[x->first - 1].name;
}

bool
quote_subject_at(const struct speeches *s, const struct qtokens *t, size_t i, size_t from, size_t to, struct speech *out)
{
	const uint64_t classes = t->at[i].classes;
	bool found = false;

	if (i > from + QUOTE_NEAR)
		from = i - QUOTE_NEAR;
	if (to > i + QUOTE_NEAR)
		to = i + QUOTE_NEAR;
	t->steps->n += to - from;
	out->weak = (classes & (WORD_SAY | WORD_LAST_VERB)) == 0;
	if (is_noun(t, i, to))
		return false;
	if ((classes & WORD_CALL) != 0 && i + 3 < to && t->at[i + 1].kind == QT_QUOTE && quote_tokens_is(t, i + 2, "by")) {
		/* was called "unjust" by X */
		found = quote_names_after(t, i + 3, to, &out->speaker);
		out->speaker.first = out->speaker.last = i;
	} else if ((classes & (WORD_SAY | WORD_CALL)) != 0 && is_passive(t, i, to)) {
		out->weak = out->weak || (classes & WORD_WORDS) != 0;
		found = quote_names_after(t, i + 2, to, &out->speaker);
	} else if (i == from && (classes & (WORD_SAY | WORD_CALL)) != 0)
		found = last_speaker(s, t, i, to, &out->speaker);
	else if ((classes & WORD_SAY) != 0 && i > from &&
		 (quote_tokens_is(t, i - 1, "having") || (quote_tokens_is(t, i, "say") && quote_tokens_is(t, i - 1, "to"))))
		found = ing_subject(s, t, i, from, &out->speaker);
	else if ((classes & WORD_SAY) != 0)
		found = (subject_of(t, i, from, to, &out->speaker) && !no_verb_of(s, t, i, to, &out->speaker)) ||
			shared_subject(s, t, i, from, &out->speaker);
	else if ((classes & WORD_CALL) != 0)
		found = (subject_before(t, i, from, &out->speaker) && can_speak(s, &out->speaker) &&
			 !hangs_on(t, &out->speaker, from)) || subject_after_quote(s, t, i, from, to, &out->speaker) ||
			shared_subject(s, t, i, from, &out->speaker);
	else if ((classes & WORD_SAYING) != 0)
		found = ing_subject(s, t, i, from, &out->speaker);
	else if ((classes & WORD_LAST_VERB) != 0)
		found = quote_subject_sentence(t, from, i, &out->speaker);
	else if ((classes & WORD_WORDS) != 0)
		found = words_subject(t, i, from, to, &out->speaker);
	else if (quote_tokens_is(t, i, "according") && i + 2 < to && quote_tokens_is(t, i + 1, "to")) {
		out->weak = false;
		found = quote_names_after(t, i + 2, to, &out->speaker);
	}
	if (!found)
		return false;
	out->verb = i;
	out->from = out->speaker.first < i ? out->speaker.first : i;
	out->to = out->speaker.last > i ? out->speaker.last : i;
	return true;
}
