/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/known.h"

#include <string.h>
#include <strings.h>

#include "base/grow.h"

#define BACK_MAX 40         /* of those who were named, looked through for "the minister" */
#define HE_MAX 1500         /* bytes, within which "he" was named or spoke */
#define BODIES_MAX 100      /* of the bodies that were named before a name, looked through for its words */

void
quote_known_begin(struct knowns *all, const char *text, struct quote_steps *steps)
{
	all->text = text;
	all->steps = steps;
	all->n = all->last = all->last_body = 0;
	all->now = 0;
}

/* The end of an office before its complement: an assistant | to the president is no president. */
static uint32_t
office_end(const struct knowns *all, const struct speaker *s)
{
	static const char *const of[] = { " of ", " to ", " for ", " at ", "'s ", "’s " };
	uint32_t i;
	size_t j, len;

	for (i = s->office_start; i < s->office_end; i++) {
		for (j = 0; j < sizeof(of) / sizeof(of[0]); j++) {
			len = strlen(of[j]);
			if (i + len < s->office_end && i > s->office_start && memcmp(all->text + i, of[j], len) == 0)
				return i;
		}
	}
	return s->office_end;
}

/* Whether the text from START to END has the word of HEAD. */
static bool
text_has(const struct knowns *all, uint32_t start, uint32_t end, const struct speaker *head)
{
	uint32_t len = head->head_end - head->head_start, i;
	const char first = (char)(all->text[head->head_start] | 32);

	all->steps->n += end - start;
	for (i = start; len > 0 && i + len <= end; i++)
		if ((all->text[i] | 32) == first && strncasecmp(all->text + i, all->text + head->head_start, len) == 0)
			return true;
	return false;
}

static bool
single_person(const struct speaker *k)
{
	return k->who == WHO_NAME || k->who == WHO_ROLE;
}

bool
quote_known_person(const struct knowns *all, const struct speaker *role)
{
	const char first = all->text[role->head_start];

	return (role->head_classes & (WORD_ROLE | WORD_ANYONE | WORD_ONE)) != 0 || first < 'a' || first > 'z';
}

/* USSR, NATO, U.S.: no person. In a text in capitals nobody can tell. */
static bool
is_acronym(const struct knowns *all, const struct speaker *s)
{
	uint32_t i;

	for (i = s->head_start; i < s->head_end; i++)
		if ((all->text[i] < 'A' || all->text[i] > 'Z') && all->text[i] != '.')
			return false;
	return s->head_end - s->head_start <= 4;
}

/* Whether the word that tells most of S is in the name of BODY. */
static bool
in_body(const struct knowns *all, const struct speaker *body, const struct speaker *s)
{
	return text_has(all, body->start, body->head_start, s);
}

/* Ties K, a new body, to the body before it, unless that is itself; who was named of late may be called by it. */
static void
add_body(struct knowns *all, struct known *k)
{
	const struct speaker *body = &k->speaker, *before = NULL;
	size_t i, n;

	k->body_before = all->last_body;
	if (all->last_body > 0)
		before = &all->at[all->last_body - 1].speaker;
	if (before != NULL && before->start == body->start && before->head_start == body->head_start)
		k->body_before = all->at[all->last_body - 1].body_before;
	all->last_body = (size_t)(k - all->at) + 1;
	for (i = all->n, n = 0; i > 0 && n < BACK_MAX; i--, n++)
		if (all->at[i - 1].speaker.who == WHO_NAME && in_body(all, body, &all->at[i - 1].speaker))
			all->at[i - 1].of_body = true;
}

static bool
named_by_body(const struct knowns *all, const struct speaker *s)
{
	size_t i, n;

	for (i = all->last_body, n = 0; i > 0 && n < BODIES_MAX; i = all->at[i - 1].body_before, n++)
		if (in_body(all, &all->at[i - 1].speaker, s))
			return true;
	return false;
}

enum status
quote_known_add(struct knowns *all, const struct speaker *speaker, bool spoke)
{
	struct known *p, *k;

	if (speaker->end - speaker->start > QUOTE_NAME_MAX || speaker->office_end - speaker->office_start > QUOTE_NAME_MAX)
		return ST_OK;
	p = grow(all->at, &all->cap, all->n, sizeof(*p));
	if (p == NULL)
		return ST_NOMEM;
	all->at = p;
	k = p + all->n;
	*k = (struct known){ .speaker = *speaker, .at = all->now, .spoke = spoke, .office_end = office_end(all, speaker) };
	if (speaker->who == WHO_ORG)
		add_body(all, k);
	else if (speaker->who == WHO_NAME)
		k->of_body = named_by_body(all, speaker);
	all->n++;
	if (spoke)
		all->last = all->n;
	else if (speaker->who != WHO_NAME || speaker->person)
		all->last = 0;
	return ST_OK;
}

/* Whether the name K, of whom nothing is told, may be a person's if he spoke: Tek, but not Paris. */
static bool
may_be_person(const struct knowns *all, const struct known *k)
{
	const struct speaker *s = &k->speaker;

	return !s->vague && (s->head_classes & (WORD_PLACE | WORD_BODY)) == 0 && !is_acronym(all, s) && !k->of_body;
}

/* Whether K may be meant by X. */
static bool
may_be(const struct knowns *all, const struct known *k, const struct speaker *x, bool spoke)
{
	const struct speaker *sp = &k->speaker;

	if ((spoke && !k->spoke) || (x->who >= WHO_HE && (k->at > x->start || x->start - k->at > HE_MAX)))
		return false;
	switch (x->who) {
	case WHO_HE:
		return sp->who == WHO_ROLE ? quote_known_person(all, sp) :
			sp->who == WHO_NAME && (sp->person || (spoke && may_be_person(all, k)));
	case WHO_IT:
		return sp->who == WHO_ORG || (sp->who == WHO_NAME && !sp->person);
	case WHO_THEY:
		return sp->who == WHO_ROLES || sp->who == WHO_ORG ||
			(sp->who == WHO_NAME && !sp->person && (all->text[sp->end - 1] | 32) == 's');
	case WHO_NAME:
		return sp->who == WHO_NAME && text_has(all, sp->head_start, sp->head_end, x);
	case WHO_ROLE: case WHO_ROLES:
		if ((x->head_classes & WORD_ANYONE) != 0 && k->spoke && (sp->who == WHO_ROLE || sp->who == WHO_ROLES))
			return true;
		return single_person(sp) == (x->who == WHO_ROLE) && sp->start != x->start &&
			(text_has(all, sp->office_start, k->office_end, x) ||
			 (sp->who != WHO_NAME && text_has(all, sp->head_start, sp->head_end, x)));
	case WHO_ORG:
		return sp->who == WHO_ORG && text_has(all, sp->start, sp->end, x);
	case WHO_I:
		break;
	}
	return false;
}

static const struct known *
look_back(const struct knowns *all, const struct speaker *x, bool spoke)
{
	size_t i, n;

	for (i = all->n, n = 0; i > 0 && n < BACK_MAX; i--, n++) {
		++all->steps->n;
		if (may_be(all, &all->at[i - 1], x, spoke))
			return &all->at[i - 1];
	}
	return NULL;
}

/* "Prime minister" is more to go by than "minister": the head with the word before it. */
static bool
with_word_before(const struct knowns *all, const struct speaker *x, struct speaker *out)
{
	uint32_t at = x->head_start;

	*out = *x;
	while (at > x->start && all->text[at - 1] == ' ')
		at--;
	while (at > x->start && all->text[at - 1] != ' ')
		at--;
	out->head_start = at;
	return (x->who == WHO_ROLE || x->who == WHO_ROLES) && at > x->start;
}

static const struct speaker *
who_before(const struct knowns *all, const struct speaker *x)
{
	const struct known *k = NULL;
	struct speaker longer;

	if (with_word_before(all, x, &longer)) {
		longer.head_classes &= ~WORD_ANYONE;
		k = look_back(all, &longer, true);
		if (k == NULL)
			k = look_back(all, &longer, false);
	}
	if (k == NULL)
		k = look_back(all, x, true);
	if (k == NULL)
		k = look_back(all, x, false);
	if (k == NULL && x->who == WHO_HE) {
		/* of no name is it known that it is a person's */
		longer = *x;
		longer.who = WHO_IT;
		k = look_back(all, &longer, true);
		if (k != NULL && (k->speaker.who == WHO_ORG || !may_be_person(all, k)))
			k = NULL;
	}
	return k != NULL ? &k->speaker : NULL;
}

bool
quote_known_resolve(const struct knowns *all, struct speaker *x, struct speaker *full)
{
	const struct speaker *k;
	const size_t first = x->first, last = x->last;

	*full = *x;
	if (x->who == WHO_I)
		return false;
	if (x->who == WHO_NAME && x->office_end > 0)
		return true;
	if ((x->who == WHO_ROLE || x->who == WHO_ROLES || x->who == WHO_ORG) && !x->definite)
		return true;
	k = who_before(all, x);
	if (k == NULL)
		return x->who == WHO_NAME || x->who == WHO_ROLE || x->who == WHO_ROLES || x->who == WHO_ORG;
	if (x->who == WHO_NAME) {
		x->office_start = k->office_start;
		x->office_end = k->office_end;
		x->person = k->person;
		*full = *k;
		full->vague = false;   /* named again, by his last name */
		return true;
	}
	*x = *full = *k;
	x->first = first;
	x->last = last;
	return true;
}

const struct speaker *
quote_known_last(const struct knowns *all)
{
	return all->last > 0 ? &all->at[all->last - 1].speaker : NULL;
}
