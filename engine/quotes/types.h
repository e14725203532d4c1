/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Speeches: where an article says that somebody says something. quotes/speech.h
 * finds them, quotes/subject.h tells whose each is.
 */
#ifndef ENGINE_QUOTES_TYPES_H
#define ENGINE_QUOTES_TYPES_H

#include "engine/quotes/known.h"

struct speech {
	size_t from, verb, to;    /* its first token, its verb, its last token */
	struct speaker speaker;   /* the speaker, resolved */
	struct speaker full;      /* the speaker as first named */
	bool known;               /* the speaker has a name in the text, or something like one */
	bool weak;                /* a verb that says something only where a quotation follows */
	size_t sentence_end;      /* the end of its sentence, which is not part of it */
	size_t strong;            /* one more than the number of the last speech up to this one that is not weak; 0: none is */
};

struct speeches {
	const char *text;         /* the article's body */
	struct speech *at;        /* the speeches in the tokens of the last quote_speech_read, in the order of their verbs */
	size_t n, cap;
	struct knowns known;
};

#endif
