/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The words around quotations, for finding who speaks: each quotation is one
 * token, marks of the sentence are tokens, words know their class. The array
 * grows and stays the caller's.
 */
#ifndef ENGINE_QUOTES_TOKENS_H
#define ENGINE_QUOTES_TOKENS_H

#include <stdbool.h>

#include "engine/quotes/quotes.h"
#include "engine/text/words.h"

/* Tokens before and behind a verb or a name in which what belongs to it is looked for. No sentence that anybody
 * reads is so long; without a bound one of a megabyte would be read anew for each of its verbs. */
#define QUOTE_NEAR 200

enum qtoken_kind { QT_WORD, QT_QUOTE, QT_COMMA, QT_COLON, QT_DASH, QT_OPEN, QT_CLOSE, QT_STOP };

struct qtoken {
	uint32_t start, end;     /* bytes of the body; for a quotation, of its words */
	uint32_t quote;          /* QT_QUOTE: the quotation's number */
	uint64_t classes;        /* QT_WORD: WORD_ bits; a name has only ROLE, ROLES, BODY, TITLE, WORDS, PLACE, LABEL,
				    TERM and SUBORDINATE */
	enum qtoken_kind kind;
	bool name;               /* begins with a capital, and is not a small word at a sentence's begin */
	bool possessive;         /* ends in 's, which END leaves out */
};

/* The looks at tokens and at speakers that an article has cost, and how many it may; at NEXT of them the clock is
 * looked at. */
struct quote_steps {
	uint64_t n, max, next;
	const struct quotes_clock *clock;   /* NULL: none */
	struct error *err;
	enum status st;                     /* of the clock */
};

/* As quote_tokens_steps_left, and looks at the clock. */
bool quote_tokens_look(struct quote_steps *steps);

static inline bool
quote_tokens_steps_left(struct quote_steps *steps)
{
	return steps->n < steps->next || quote_tokens_look(steps);
}

struct qtokens {
	const char *text;        /* the article's body */
	struct qtoken *at;
	size_t n, cap;
	bool capitals;           /* the text is all in capitals: a NAME may be any word */
	struct quote_steps *steps;         /* counts the looks at tokens; the caller's */
};

/* Replaces the contents of LIST by the tokens of A's body from START to END. QUOTES are the quotations in it,
 * ascending, numbered from FIRST on. ST_NOMEM. */
enum status quote_tokens_read(const struct article *a, uint32_t start, uint32_t end,
			      const struct quote *quotes, size_t nquotes, uint32_t first, struct qtokens *list) MUST_CHECK;

/* Whether token I is a word of one of CLASSES. */
static inline bool
quote_tokens_has(const struct qtokens *t, size_t i, uint64_t classes)
{
	++t->steps->n;
	return t->at[i].kind == QT_WORD && (t->at[i].classes & classes) != 0;
}

/* Whether token I is WORD, which is in small letters. */
bool quote_tokens_is(const struct qtokens *t, size_t i, const char *word);
/* Whether token I is one of WORDS, which end with NULL. */
bool quote_tokens_is_one(const struct qtokens *t, size_t i, const char *const *words);

#endif
