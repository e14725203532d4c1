/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The speakers whom an article has named so far, to resolve "he" and "the
 * minister". The array grows and stays the caller's.
 */
#ifndef ENGINE_QUOTES_KNOWN_H
#define ENGINE_QUOTES_KNOWN_H

#include "engine/quotes/names.h"

#define QUOTE_NAME_MAX 500   /* bytes; nobody has a longer name or office, and each look for a speaker reads them */

struct known {
	struct speaker speaker;
	uint32_t at;              /* the byte of this mention; SPEAKER may tell of the first one */
	uint32_t office_end;      /* the end of the office before its complement: an assistant | to the president */
	size_t body_before;       /* WHO_ORG: one more than the number of the body that was named before it; 0: none was */
	bool spoke;
	bool of_body;             /* WHO_NAME: the word that tells most of it is in a body's name: Kodak, the Kodak Company */
};

struct knowns {
	const char *text;         /* the article's body */
	struct known *at;         /* in the order of their last mentions */
	size_t n, cap;
	size_t last;              /* one more than the number of who was named last, but for places and the like; 0: he is
				     not known to have spoken, or nobody was named */
	size_t last_body;         /* one more than the number of the last WHO_ORG; 0: there is none */
	uint32_t now;             /* the text was read up to this byte */
	struct quote_steps *steps;          /* counts the looks at those who were named, and the bytes of their names; the caller's */
};

/* Forgets all, of an article with TEXT. */
void quote_known_begin(struct knowns *all, const char *text, struct quote_steps *steps);
/* Notes that SPEAKER was named, and whether he spoke; does nothing where the name or the office is longer than
 * QUOTE_NAME_MAX. ST_NOMEM. */
enum status quote_known_add(struct knowns *all, const struct speaker *speaker, bool spoke) MUST_CHECK;
/* Replaces X, "he" or "the minister", by the speaker that it means, and puts into FULL the speaker as first named.
 * False: nobody is known whom X can mean. */
bool quote_known_resolve(const struct knowns *all, struct speaker *x, struct speaker *full);
/* Whether the noun of a WHO_ROLE is a person's: the minister, a Dane; not its ships. */
bool quote_known_person(const struct knowns *all, const struct speaker *role);
/* The speaker who was named last, if he spoke; else NULL. */
const struct speaker *quote_known_last(const struct knowns *all);

#endif
