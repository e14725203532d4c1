/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/quotes/known.h"

#include <string.h>
#include <strings.h>

#include "base/grow.h"

#define BACK_MAX 40         /* of those who were named, looked through for "the minister" */
#define HE_MAX 1500         /* bytes, within which "he" was named or spoke */

enum status
quote_known_add(struct knowns *all, const struct speaker *speaker, bool spoke)
{
	struct known *p = grow(all->at, &all->cap, all->n, sizeof(*p));

	if (p == NULL)
		return ST_NOMEM;
	all->at = p;
	p[all->n++] = (struct known){ *speaker, all->now, spoke };
	return ST_OK;
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

/* Whether a body was named with the word that tells most of S: Kodak, after the Kodak Company. */
static bool
names_body(const struct knowns *all, const struct speaker *s)
{
	size_t i;

	for (i = all->n; i > 0; i--)
		if (all->at[i - 1].speaker.who == WHO_ORG &&
		    text_has(all, all->at[i - 1].speaker.start, all->at[i - 1].speaker.head_start, s))
			return true;
	return false;
}

/* Whether the name S, of whom nothing is told, may be a person's if he spoke: Tek, but not Paris. */
static bool
may_be_person(const struct knowns *all, const struct speaker *s)
{
	return !s->vague && (s->head_classes & (WORD_PLACE | WORD_BODY)) == 0 &&
		!is_acronym(all, s) && !names_body(all, s);
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
			sp->who == WHO_NAME && (sp->person || (spoke && may_be_person(all, sp)));
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
			(text_has(all, sp->office_start, office_end(all, sp), x) ||
			 (sp->who != WHO_NAME && text_has(all, sp->head_start, sp->head_end, x)));
	case WHO_ORG:
		return sp->who == WHO_ORG && text_has(all, sp->start, sp->end, x);
	case WHO_I:
		break;
	}
	return false;
}

static const struct speaker *
look_back(const struct knowns *all, const struct speaker *x, bool spoke)
{
	size_t i, n;

	for (i = all->n, n = 0; i > 0 && n < BACK_MAX; i--, n++)
		if (may_be(all, &all->at[i - 1], x, spoke))
			return &all->at[i - 1].speaker;
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
	const struct speaker *k = NULL;
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
		if (k != NULL && (k->who == WHO_ORG || !may_be_person(all, k)))
			k = NULL;
	}
	return k;
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
	size_t n = all->n;

	/* names of places and the like, within his speech */
	while (n > 0 && !all->at[n - 1].spoke && all->at[n - 1].speaker.who == WHO_NAME && !all->at[n - 1].speaker.person)
		n--;
	return n > 0 && all->at[n - 1].spoke ? &all->at[n - 1].speaker : NULL;
}
