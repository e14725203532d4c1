/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Speeches: where an article says that somebody says something. quotes/speech.h
 * finds them, quotes/subject.h tells whose each is.
 */
#ifndef ENGINE_QUOTES_TYPES_H
#define ENGINE_QUOTES_TYPES_H

#include "engine/quotes/known.h"

struct speech {
	size_t from, verb, to;    /* tokens: all of it, from the first to the last */
	struct speaker speaker;   /* resolved */
	struct speaker full;      /* the same as first named */
	bool known;               /* the speaker has a name in the text, or something like one */
	bool weak;                /* a verb that says something only where a quotation follows */
};

struct speeches {
	const char *text;         /* of the article */
	struct speech *at;        /* of the tokens that were read last */
	size_t n, cap;
	struct knowns known;
};

#endif
