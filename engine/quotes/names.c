/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/names.h"

#include <string.h>

#define NOUN_MAX 16     /* words of a noun with what hangs on it */

static bool
is_name(const struct qtokens *t, size_t i)
{
	return t->at[i].kind == QT_WORD && t->at[i].name;
}

static bool
is_role(const struct qtokens *t, size_t i)
{
	return quote_tokens_has(t, i, WORD_ROLE | WORD_ROLES);
}

/* A small word that ties two capitalised ones: of, for the. How many tokens it is, before I. */
static size_t
tie_before(const struct qtokens *t, size_t i, size_t floor)
{
	if (i >= floor + 2 && quote_tokens_has(t, i - 1, WORD_JOINER) && is_name(t, i - 2))
		return 1;
	if (i >= floor + 3 && quote_tokens_has(t, i - 1, WORD_DETERMINER) && quote_tokens_has(t, i - 2, WORD_JOINER) && is_name(t, i - 3))
		return 2;
	return 0;
}

/* The first token of the capitalised words that end at END. */
static size_t
run_back(const struct qtokens *t, size_t end, size_t floor)
{
	size_t from = end, n;

	for (;;) {
		if (from > floor && is_name(t, from - 1))
			from--;
		else if ((n = tie_before(t, from, floor)) > 0)
			from -= n + 1;
		else
			break;
	}
	/* de Gaulle, von Moltke */
	if (from > floor && quote_tokens_has(t, from - 1, WORD_JOINER) && !quote_tokens_has(t, from - 1, WORD_PREPOSITION | WORD_DETERMINER))
		from--;
	return from;
}

/* The last token of the run that begins at FROM. */
static size_t
run_on(const struct qtokens *t, size_t from, size_t ceiling)
{
	size_t end = from;

	for (;;) {
		if (end + 1 < ceiling && is_name(t, end + 1))
			end++;
		else if (end + 2 < ceiling && quote_tokens_has(t, end + 1, WORD_JOINER) && is_name(t, end + 2))
			end += 2;
		else if (end + 3 < ceiling && quote_tokens_has(t, end + 1, WORD_JOINER) && quote_tokens_has(t, end + 2, WORD_DETERMINER) && is_name(t, end + 3))
			end += 3;
		else
			return end;
	}
}

static void
set_span(const struct qtokens *t, size_t from, size_t end, uint32_t *start, uint32_t *stop)
{
	*start = t->at[from].start;
	*stop = t->at[end].end;
}

static void
set_speaker(const struct qtokens *t, size_t from, size_t end, size_t head, enum who who, struct speaker *out)
{
	set_span(t, from, end, &out->start, &out->end);
	set_span(t, head, head, &out->head_start, &out->head_end);
	out->head_classes = t->at[head].classes;
	out->who = who;
	out->person = who == WHO_NAME && ((end > from && !t->capitals) || quote_tokens_has(t, from, WORD_TITLE));
	out->vague = t->capitals && end > from;
	if (from < out->first)
		out->first = from;
	if (end > out->last)
		out->last = end;
}

/* Whether the words from FROM to END name a body and not a person. */
static bool
names_body(const struct qtokens *t, size_t from, size_t end)
{
	size_t i;

	for (i = from; i <= end; i++)
		if (quote_tokens_has(t, i, WORD_BODY))
			return true;
	return false;
}

/* Where the name begins behind an office that ends at ROLE: Secretary of State | Marco Rubio. */
static size_t
name_behind(const struct qtokens *t, size_t role, size_t end)
{
	size_t n;

	if (!quote_tokens_has(t, role + 1, WORD_JOINER) || is_name(t, role + 1))
		return role + 1;
	/* President of the Old Republic: all of it is the office */
	if (quote_tokens_has(t, role + 2, WORD_DETERMINER) && !is_name(t, role + 2))
		return end + 1;
	n = end - (role + 1);
	return n >= 3 ? end - 1 : n == 2 ? end : end + 1;
}

/* Capitalised words: office and name. */
static void
split_run(const struct qtokens *t, size_t from, size_t end, struct speaker *out)
{
	size_t i, begin = from, role = end;
	bool body;   /* a word before I names one */

	for (i = from; i < end; i++) {
		if (t->at[i].possessive)
			begin = i + 1;   /* IDC's Warhaftig */
		else if (quote_tokens_has(t, i, WORD_ROLE) && !quote_tokens_has(t, i, WORD_TITLE))
			role = i;
	}
	if (role < end) {
		size_t name = name_behind(t, role, end);

		/* Assistant for National Security Affairs */
		if (name <= end && names_body(t, name, end))
			name = end + 1;
		/* President Tek's Notes */
		for (i = name; i < end; i++)
			if (t->at[i].possessive)
				end = i;
		if (name <= end) {
			set_speaker(t, name, end, end, WHO_NAME, out);
			set_span(t, from, name - 1, &out->office_start, &out->office_end);
			out->person = true;
			out->first = from;
			return;
		}
		set_speaker(t, from, end, role, WHO_ROLE, out);
		out->definite = true;
		return;
	}
	if (is_role(t, end)) {
		set_speaker(t, from, end, end, quote_tokens_has(t, end, WORD_ROLES) ? WHO_ROLES : WHO_ROLE, out);
		out->definite = out->who == WHO_ROLE;
		return;
	}
	body = quote_tokens_has(t, begin, WORD_BODY);
	for (i = begin + 2; i < end && !body; i++) {
		body = quote_tokens_has(t, i - 1, WORD_BODY);
		if (!body && quote_tokens_has(t, i, WORD_PREPOSITION) && !is_name(t, i)) {
			set_speaker(t, begin, i - 1, i - 1, WHO_NAME, out);
			set_span(t, i + 1, end, &out->office_start, &out->office_end);
			out->last = end;
			return;
		}
	}
	set_speaker(t, begin, end, end, names_body(t, begin, end) ? WHO_ORG : WHO_NAME, out);
	out->first = from;
}

static bool
pronoun(const struct qtokens *t, size_t i, struct speaker *out)
{
	if (t->at[i].name || !quote_tokens_has(t, i, WORD_HE | WORD_IT | WORD_THEY | WORD_I))
		return false;
	set_speaker(t, i, i, i, quote_tokens_has(t, i, WORD_HE) ? WHO_HE : quote_tokens_has(t, i, WORD_IT) ? WHO_IT :
		    quote_tokens_has(t, i, WORD_THEY) ? WHO_THEY : WHO_I, out);
	return true;
}

/* Whether token I can be within a noun that is not a name. */
static bool
in_noun(const struct qtokens *t, size_t i)
{
	return t->at[i].kind == QT_WORD &&
		(t->at[i].name || !quote_tokens_has(t, i, WORD_SAY | WORD_CALL | WORD_SAYING | WORD_BREAK | WORD_WHO | WORD_HE | WORD_IT |
				       WORD_THEY | WORD_I | WORD_SKIP | WORD_DAY | WORD_LAST_VERB));
}

/* Where the noun with small letters that ends at END begins: at its article, or the one of the
 * noun that it hangs on (a spokesman for one of the banks). */
static bool
noun_begin(const struct qtokens *t, size_t end, size_t floor, size_t *begin)
{
	size_t i = end, n;

	for (n = 0; n < NOUN_MAX; n++) {
		if (quote_tokens_has(t, i, WORD_DETERMINER) && !t->at[i].name) {
			if (i < floor + 2 || !quote_tokens_has(t, i - 1, WORD_PREPOSITION) || t->at[i - 1].name)
				break;
			if (!is_role(t, i - 2) && !quote_tokens_has(t, i - 2, WORD_DETERMINER))
				break;
			i -= 2;
			continue;
		}
		if (i == floor || !in_noun(t, i - 1))
			break;
		i--;
	}
	while (i < end && quote_tokens_has(t, i, WORD_PREPOSITION) && !t->at[i].name)
		i++;
	*begin = i;
	return n < NOUN_MAX;
}

/* Whether token I names a body, and no noun of the body's follows: the ministry, but not the ministry offer. */
static bool
is_body(const struct qtokens *t, size_t i, size_t end)
{
	return quote_tokens_has(t, i, WORD_BODY) && (i == end || is_name(t, i + 1) || quote_tokens_has(t, i + 1, WORD_PREPOSITION));
}

/* The head of the noun phrase from FROM to END: its first role before a complement. */
static size_t
noun_head(const struct qtokens *t, size_t from, size_t end)
{
	size_t i, role = end + 1;

	for (i = from; i <= end; i++) {
		if (i > from && quote_tokens_has(t, i, WORD_PREPOSITION) && !is_name(t, i) && !is_name(t, i - 1) && !quote_tokens_has(t, i - 1, WORD_DETERMINER))
			break;
		if (is_role(t, i) || quote_tokens_has(t, i, WORD_ANYONE) || is_body(t, i, end))
			role = i;
	}
	return role <= end ? role : i > from ? i - 1 : end;
}

static bool
noun(const struct qtokens *t, size_t from, size_t end, struct speaker *out)
{
	const bool article = quote_tokens_has(t, from, WORD_DETERMINER) && !t->at[from].name;
	size_t head = noun_head(t, from, end);

	if (from + article > end) {
		/* some said, another added */
		set_speaker(t, from, end, end, quote_tokens_has(t, end, WORD_ONE) ? WHO_ROLE : WHO_ROLES, out);
		return quote_tokens_has(t, end, WORD_ONE | WORD_SOME);
	}
	if (!article && !quote_tokens_has(t, head, WORD_ROLE | WORD_ROLES | WORD_BODY) && !is_name(t, from))
		return false;
	set_speaker(t, from, end, head, quote_tokens_has(t, head, WORD_ROLES) ? WHO_ROLES :
		    quote_tokens_has(t, head, WORD_BODY) && !quote_tokens_has(t, head, WORD_ROLE) ? WHO_ORG : WHO_ROLE, out);
	out->definite = article ? quote_tokens_has(t, from, WORD_DEFINITE) : out->who == WHO_ROLE;
	return true;
}

/* The name that ends at END hangs on a noun before it: a fund manager at Yasuda Trust. */
static bool
hangs(const struct qtokens *t, size_t from, size_t floor, size_t *head)
{
	size_t i = from;

	if (i > floor && quote_tokens_has(t, i - 1, WORD_DETERMINER) && !t->at[i - 1].name)
		i--;
	if (i < floor + 2 || !quote_tokens_has(t, i - 1, WORD_PREPOSITION) || t->at[i - 1].name)
		return false;
	*head = i - 2;
	if (quote_tokens_has(t, i - 2, WORD_DETERMINER) && !quote_tokens_has(t, i - 2, WORD_DEFINITE))
		return true;
	return is_role(t, i - 2) || (is_name(t, i - 2) && !quote_tokens_has(t, i - 2, WORD_BODY));
}

bool
quote_names_before(const struct qtokens *t, size_t end, size_t floor, struct speaker *out)
{
	size_t from, head, i;

	memset(out, 0, sizeof(*out));
	out->first = out->last = end;
	if (t->at[end].kind != QT_WORD)
		return false;
	if (pronoun(t, end, out))
		return true;
	if (is_name(t, end)) {
		from = run_back(t, end, floor);
		/* Lazier of Prescott Ball and Turben */
		if (from >= floor + 2 && quote_tokens_has(t, from - 1, WORD_BREAK) && is_name(t, from - 2)) {
			i = run_back(t, from - 2, floor);
			if (hangs(t, i, floor, &head))
				from = i;
		}
		if (hangs(t, from, floor, &head)) {
			if (is_name(t, head) && quote_names_before(t, head, floor, out)) {
				if (out->office_end == 0)
					set_span(t, head + 1, end, &out->office_start, &out->office_end);
				out->last = end;
				return true;
			}
			if (noun_begin(t, head, floor, &i) && noun(t, i, end, out))
				return true;
		}
		/* a Swedish diplomat; Kodak analyst Peter Giles */
		if (from > floor && !is_role(t, end) && is_role(t, from - 1) && noun_begin(t, from - 1, floor, &i)) {
			set_speaker(t, from, end, end, WHO_NAME, out);
			set_span(t, i + (quote_tokens_has(t, i, WORD_DETERMINER) && i + 1 < from), from - 1, &out->office_start, &out->office_end);
			out->person = true;
			out->first = i;
			return true;
		}
		if (from > floor && quote_tokens_has(t, from - 1, WORD_DETERMINER) && names_body(t, from, end))
			from--;
		split_run(t, from, end, out);
		return true;
	}
	if (!in_noun(t, end) || (quote_tokens_has(t, end, WORD_PREPOSITION | WORD_DETERMINER) && !quote_tokens_has(t, end, WORD_ONE | WORD_SOME)) || !noun_begin(t, end, floor, &from))
		return false;
	return noun(t, from, end, out);
}

/* Whether token I is an adverb within a noun: one badly painted sign. */
static bool
adverb_in_noun(const struct qtokens *t, size_t i, size_t ceiling)
{
	return t->at[i].kind == QT_WORD && t->at[i].classes == WORD_SKIP && t->at[i].end - t->at[i].start > 4 &&
		(t->text[t->at[i].end - 1] | 32) == 'y' && i + 1 < ceiling && in_noun(t, i + 1) &&
		!quote_tokens_has(t, i + 1, WORD_PREPOSITION | WORD_DETERMINER);
}

/* The last token of the noun with small letters that begins at FROM. */
static size_t
noun_end(const struct qtokens *t, size_t from, size_t ceiling)
{
	size_t i = from, n;
	bool tied = false;

	for (n = 0; n < NOUN_MAX && i + 1 < ceiling && (in_noun(t, i + 1) || adverb_in_noun(t, i + 1, ceiling)); n++) {
		if (quote_tokens_has(t, i + 1, WORD_PREPOSITION) && !t->at[i + 1].name) {
			if (tied || i + 2 >= ceiling || !in_noun(t, i + 2) || quote_tokens_has(t, i + 2, WORD_I))
				break;
			tied = true;
		} else if (quote_tokens_has(t, i + 1, WORD_DETERMINER) && !t->at[i + 1].name && !quote_tokens_has(t, i, WORD_PREPOSITION)) {
			break;
		}
		i++;
	}
	return i;
}

/* Of "the foreign minister Hakan Fidan" or "Kodak analyst Peter Giles" the name. */
static bool
name_in_noun(const struct qtokens *t, size_t from, size_t end, struct speaker *out)
{
	size_t i;

	for (i = from; i < end; i++) {
		if (quote_tokens_has(t, i, WORD_PREPOSITION) && !t->at[i].name)
			return false;
		if (is_role(t, i) && is_name(t, i + 1)) {
			size_t last = run_on(t, i + 1, end + 1);

			split_run(t, i + 1, last, out);
			if (out->office_end == 0)
				set_span(t, from + (quote_tokens_has(t, from, WORD_DETERMINER) && !t->at[from].name && from < i), i,
					 &out->office_start, &out->office_end);
			out->first = from;
			return true;
		}
	}
	return false;
}

void
quote_names_office(const struct qtokens *t, size_t from, size_t to, struct speaker *s)
{
	size_t i;

	if (s->office_end > 0 || from >= to || to - from > 2 * NOUN_MAX || quote_tokens_has(t, from, WORD_WHO | WORD_SAY | WORD_SAYING))
		return;
	for (i = from; i < to; i++) {
		if (is_role(t, i)) {
			set_span(t, from, to - 1, &s->office_start, &s->office_end);
			return;
		}
	}
}

/* X, a former ambassador, ... */
static void
apposition(const struct qtokens *t, size_t ceiling, struct speaker *out)
{
	size_t from = out->last + 2, i = from;

	if (out->last + 1 >= ceiling || t->at[out->last + 1].kind != QT_COMMA)
		return;
	while (i < ceiling && t->at[i].kind == QT_WORD)
		i++;
	quote_names_office(t, from, i, out);
}

bool
quote_names_after(const struct qtokens *t, size_t from, size_t ceiling, struct speaker *out)
{
	size_t end;

	memset(out, 0, sizeof(*out));
	out->first = out->last = from;
	if (from >= ceiling || t->at[from].kind != QT_WORD)
		return false;
	if (pronoun(t, from, out))
		return true;
	if (is_name(t, from)) {
		end = run_on(t, from, ceiling);
		if (end + 1 < ceiling && in_noun(t, end + 1) && !quote_tokens_has(t, end + 1, WORD_PREPOSITION | WORD_DETERMINER) &&
		    name_in_noun(t, from, noun_end(t, end, ceiling), out)) {
			apposition(t, ceiling, out);
			return true;
		}
		split_run(t, from, end, out);
		if (out->last < end)
			out->last = end;
		apposition(t, ceiling, out);
		return true;
	}
	if (!in_noun(t, from) || (!quote_tokens_has(t, from, WORD_DETERMINER) && quote_tokens_has(t, from, WORD_PREPOSITION)))
		return false;
	end = noun_end(t, from, ceiling);
	if (name_in_noun(t, from, end, out)) {
		apposition(t, ceiling, out);
		return true;
	}
	return noun(t, from, end, out);
}

void
quote_names_he(const struct qtokens *t, size_t i, struct speaker *out)
{
	memset(out, 0, sizeof(*out));
	out->first = out->last = i;
	set_speaker(t, i, i, i, WHO_HE, out);
}
