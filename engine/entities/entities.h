/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which words of an article name something that the lexicon knows. The
 * longest name that begins at a word counts; its capitals must be there. Then
 * the words around it decide, and the other names of the article: a given name
 * or title before it makes it a person's, a common noun besides (turkey) is
 * unclear where every word has a capital, and of two things of one name that
 * one is meant which more of the words near it and in the article speak for.
 * dragoman-lexicon(5) tells it from the outside.
 *
 * All of it follows from the article and the lexicon alone. An entities owns
 * its memory; the lexicon and texts are borrowed; one a thread.
 */
#ifndef ENGINE_ENTITIES_ENTITIES_H
#define ENGINE_ENTITIES_ENTITIES_H

#include "engine/entities/judge.h"
#include "engine/text/analyse.h"

struct entities;

struct mention {
	uint32_t pos, nwords;       /* the positions that it covers */
	uint32_t start, end;        /* bytes of its text */
	uint32_t entity;
	enum lexicon_class class;
	unsigned text;              /* 0: of the first text given (the headline), 1: of the second ... */
};

/* NULL: no memory. */
struct entities *entities_new(void);
void entities_free(struct entities *e);

/* A new article, by LX. */
enum status entities_begin(struct entities *e, const struct lexicon *lx) MUST_CHECK;
/* Its next text: headline, then body. It stays in place until entities_finish. */
void entities_text(struct entities *e, const char *text, size_t len);
/* The next token of that, in the order of analyse_next, with its position in the article. */
enum status entities_token(struct entities *e, const struct token *tok, uint32_t pos) MUST_CHECK;
/* Judges. The mentions, in order of position, are valid until the next article. */
enum status entities_finish(struct entities *e, const struct mention **out, size_t *n) MUST_CHECK;
/* What is kept of the words of text K (0: the first), valid like the mentions. */
struct seen_text entities_words(const struct entities *e, unsigned k);

#endif
