/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The speakers whom an article has named so far, to resolve "he" and "the
 * minister". The array grows and stays the caller's.
 */
#ifndef ENGINE_QUOTES_KNOWN_H
#define ENGINE_QUOTES_KNOWN_H

#include "engine/quotes/names.h"

struct known {
	struct speaker speaker;
	uint32_t at;              /* the byte of this mention; SPEAKER may tell of the first one */
	bool spoke;
};

struct knowns {
	const char *text;         /* the article's body */
	struct known *at;         /* in the order of their last mentions */
	size_t n, cap;
	uint32_t now;             /* the text was read up to this byte */
};

/* Notes that SPEAKER was named, and whether he spoke. ST_NOMEM. */
enum status quote_known_add(struct knowns *all, const struct speaker *speaker, bool spoke) MUST_CHECK;
/* Replaces X, "he" or "the minister", by the speaker that it means, and puts into FULL the speaker as first named.
 * False: nobody is known whom X can mean. */
bool quote_known_resolve(const struct knowns *all, struct speaker *x, struct speaker *full);
/* Whether the noun of a WHO_ROLE is a person's: the minister, a Dane; not its ships. */
bool quote_known_person(const struct knowns *all, const struct speaker *role);
/* The speaker who was named last, if he spoke; else NULL. */
const struct speaker *quote_known_last(const struct knowns *all);

#endif
