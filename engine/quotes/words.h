/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The closed word lists that tell who is said to speak: verbs of saying, nouns
 * for those who speak, titles, and the small words between. Static; nothing is
 * owned by anybody.
 */
#ifndef ENGINE_QUOTES_WORDS_H
#define ENGINE_QUOTES_WORDS_H

#include <stddef.h>

enum {
	QW_SAY = 1 << 0,         /* said, told, added, sagte, déclaré: its subject stands on either side */
	QW_CALL = 1 << 1,        /* called, urged, felt: a verb of saying only where a quotation follows */
	QW_ING = 1 << 2,         /* adding, calling: has the subject of its sentence */
	QW_WORDS = 1 << 3,       /* statement, letter: X's statement that "..." */
	QW_ROLE = 1 << 4,        /* minister, spokesman, analyst: one who speaks; before a name an office */
	QW_ROLES = 1 << 5,       /* the same of several: officials */
	QW_ORG = 1 << 6,         /* ministry, company, Corp */
	QW_ANYONE = 1 << 7,      /* person, source, man: may be whoever spoke last without a name */
	QW_TITLE = 1 << 8,       /* Mr, General: part of the name */
	QW_DET = 1 << 9,         /* a, the, one, several */
	QW_DEFINITE = 1 << 10,   /* the: of these */
	QW_PREP = 1 << 11,       /* of, at, for: ties a noun to the one before */
	QW_JOIN = 1 << 12,       /* of, de, van: within a name */
	QW_HE = 1 << 13, QW_IT = 1 << 14, QW_THEY = 1 << 15, QW_WHO = 1 << 16,
	QW_BREAK = 1 << 17,      /* and, but, that, because: a noun begins behind it */
	QW_SKIP = 1 << 18,       /* also, later, has: between a noun and its verb */
	QW_DAY = 1 << 19,        /* Monday, March */
	QW_LAST_VERB = 1 << 20,  /* açıkladı: stands at its sentence's end */
	QW_I = 1 << 21,          /* I, we, you */
	QW_ONE = 1 << 22,        /* one, another: alone, too */
	QW_SOME = 1 << 23,       /* some, others */
	QW_TELL = 1 << 24,       /* told: whom it tells stands behind it */
	QW_BE = 1 << 25,         /* was: what was added, nobody said */
	QW_PLACE = 1 << 26,      /* Paris, France: as a name no person */
	QW_DEED = 1 << 27        /* issued, considered: of a QW_CALL, with words or without any */
};

/* The classes of WORD, small letters where they are ASCII; 0: in no list. */
unsigned quote_words(const char *word, size_t len);

#endif
