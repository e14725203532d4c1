/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Who is named beside a verb of saying: the noun that ends before a word, or
 * begins at one, cut into the name and the office. Owns nothing.
 */
#ifndef ENGINE_QUOTES_NAMES_H
#define ENGINE_QUOTES_NAMES_H

#include "engine/quotes/tokens.h"

enum who {
	WHO_NAME,      /* Hakan Fidan */
	WHO_ORG,       /* the Foreign Ministry */
	WHO_ROLE,      /* the minister, a Turkish official */
	WHO_ROLES,     /* diplomats */
	WHO_HE, WHO_IT, WHO_THEY, WHO_I
};

struct speaker {
	enum who who;
	bool definite;               /* the minister: whoever was that before */
	bool person;                 /* WHO_NAME: by an office, a title or two names known for a person's */
	bool vague;                  /* WHO_NAME: words in capitals, as all the text */
	uint32_t start, end;         /* bytes, as named */
	uint32_t office_start, office_end;
	uint32_t head_start, head_end; /* the word that tells most: surname, or minister */
	uint64_t head_classes;
	size_t first, last;          /* tokens of all of it */
};

/* The noun whose last word is token END, beginning at FLOOR or later. */
bool quote_name_before(const struct qtokens *t, size_t end, size_t floor, struct speaker *out);
/* Token I, which is "his", as "he". */
void quote_name_he(const struct qtokens *t, size_t i, struct speaker *out);
/* The noun that begins at token FROM, ending before CEILING. What stands behind its comma and tells
 * its office is part of it. */
bool quote_name_after(const struct qtokens *t, size_t from, size_t ceiling, struct speaker *out);
/* The office in tokens FROM to TO (TO not included), if they tell one. */
void quote_name_office(const struct qtokens *t, size_t from, size_t to, struct speaker *s);

#endif
