/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Who was named in an article so far: whom "he" and "the minister" mean. The
 * array grows and stays the caller's.
 */
#ifndef ENGINE_QUOTES_KNOWN_H
#define ENGINE_QUOTES_KNOWN_H

#include "engine/quotes/names.h"

struct known {
	struct speaker speaker;
	uint32_t at;              /* where he was named: SPEAKER may tell where he was first */
	bool spoke;
};

struct knowns {
	const char *text;         /* of the article */
	struct known *at;         /* the last at the end */
	size_t n, cap;
	uint32_t now;             /* how far the text was read */
};

/* ST_NOMEM. */
enum status quote_known_add(struct knowns *all, const struct speaker *speaker, bool spoke) MUST_CHECK;
/* Puts the one who was named before in X's place, and into FULL as first named. False: nobody is known. */
bool quote_known_resolve(const struct knowns *all, struct speaker *x, struct speaker *full);
/* Whether the noun of a WHO_ROLE is a person's: the minister, a Dane; not its ships. */
bool quote_known_person(const struct knowns *all, const struct speaker *role);
/* Who was named last, if he spoke; or NULL. */
const struct speaker *quote_known_last(const struct knowns *all);

#endif
