/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The classes of the language's words: one row a class, with its name in the
 * files of words. dragoman-words(5) says what each class means.
 */
#ifndef ENGINE_TEXT_WORD_CLASSES_H
#define ENGINE_TEXT_WORD_CLASSES_H

#include <stdint.h>

#define WORD_CLASSES(X) \
	/* of analysis and sentences */ \
	X(FUNCTION, "function")             /* the, it, who */ \
	X(ELISION, "elision")               /* l', d', qu' */ \
	X(ENDING, "ending")                 /* 'nin, 'de */ \
	X(ABBREVIATION, "abbreviation")     /* Mr., Adm. */ \
	X(BEFORE_NUMBER, "before-number")   /* No. 5, Sept. 11 */ \
	/* verbs: who says something */ \
	X(SAY, "say")                       /* said, told, added: the subject stands on either side */ \
	X(CALL, "call")                     /* called, urged, felt: only where a quotation follows */ \
	X(SAYING, "saying")                 /* adding, calling: has the subject of its sentence */ \
	X(LAST_VERB, "last-verb")           /* açıkladı: stands at its sentence's end */ \
	X(TELL, "tell")                     /* told: the hearer stands behind it */ \
	X(DEED, "deed")                     /* issued, considered: of a CALL, with words or without any */ \
	X(BE, "be")                         /* was: nobody said "was added" */ \
	/* nouns: the one who speaks */ \
	X(WORDS, "words")                   /* statement, letter: X's statement that "..." */ \
	X(ROLE, "role")                     /* minister, analyst: one who speaks; before a name an office */ \
	X(ROLES, "roles")                   /* officials: the same of several */ \
	X(BODY, "body")                     /* ministry, company, Corp */ \
	X(ANYONE, "anyone")                 /* person, source, man: may be the last who spoke without a name */ \
	X(TITLE, "title")                   /* Mr, General, Senator: stands before a name as a part of it */ \
	X(OFFICE, "office")                 /* minister, senator: whatever name follows is a person's */ \
	X(PLACE, "place")                   /* Paris, France: as a name no person's */ \
	X(NO_PERSON, "no-person")           /* city, county: part of no person's name */ \
	/* small words between them */ \
	X(DETERMINER, "determiner")         /* a, the, one, several */ \
	X(DEFINITE, "definite")             /* the: of determiners */ \
	X(ONE, "one")                       /* one, another: of determiners that stand alone */ \
	X(SOME, "some")                     /* some, others: likewise of several */ \
	X(PREPOSITION, "preposition")       /* of, at, for: ties a noun to the one before */ \
	X(JOINER, "joiner")                 /* of, de, van: within a name */ \
	X(HE, "he")                         /* he, she, his */ \
	X(IT, "it") \
	X(THEY, "they") \
	X(I, "i")                           /* I, we, you */ \
	X(WHO, "who")                       /* who, which */ \
	X(BREAK, "break")                   /* and, but, that, because: a noun begins behind it */ \
	X(SKIP, "skip")                     /* also, later, has: between a noun and its verb */ \
	X(DAY, "day")                       /* Monday, March */ \
	/* before and behind quotations */ \
	X(LABEL, "label")                   /* so-called, titled: what is quoted behind it nobody said */ \
	X(TERM, "term")                     /* word, phrase: "..." (X's word) */ \
	X(SUBORDINATE, "subordinate")       /* though, because: begins a clause of its own */

enum {
#define WORD_CLASS_NUMBER(id, name) WORD_NUMBER_##id,
	WORD_CLASSES(WORD_CLASS_NUMBER)
#undef WORD_CLASS_NUMBER
	WORD_CLASSES_COUNT
};

/* WORD_FUNCTION and its kin: the bits of a set of classes. */
enum {
#define WORD_CLASS_BIT(id, name) WORD_##id = UINT64_C(1) << WORD_NUMBER_##id,
	WORD_CLASSES(WORD_CLASS_BIT)
#undef WORD_CLASS_BIT
};

#endif
