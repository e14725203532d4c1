/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Names beside a verb of saying: reads the noun phrase that ends before a word, or
 * begins at one, and cuts it into name and office. Owns nothing.
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
	bool definite;               /* "the minister": the minister who was named before */
	bool person;                 /* WHO_NAME: an office, a title or two names say that it is a person */
	bool vague;                  /* WHO_NAME: in capitals in a text that is all in capitals */
	uint32_t start, end;         /* bytes of the name */
	uint32_t office_start, office_end;
	uint32_t head_start, head_end; /* the word that tells most: surname, or minister */
	uint64_t head_classes;
	size_t first, last;          /* the first and last token of the noun phrase */
};

/* The noun phrase whose last word is token END; it begins at FLOOR or later. */
bool quote_names_before(const struct qtokens *t, size_t end, size_t floor, struct speaker *out);
/* Token I, which is "his", read as "he". */
void quote_names_he(const struct qtokens *t, size_t i, struct speaker *out);
/* The noun phrase that begins at token FROM and ends before CEILING; an office behind its comma is part of it. */
bool quote_names_after(const struct qtokens *t, size_t from, size_t ceiling, struct speaker *out);
/* Reads an office from tokens FROM to TO (TO not included) into S, if they name one. */
void quote_names_office(const struct qtokens *t, size_t from, size_t to, struct speaker *s);

#endif
