/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Entities: which words of an article name an entity of the lexicon. Of the names
 * that begin at a word the longest counts; its capitals must be there. Then the
 * words around it decide, and the other names of the article: behind a given name
 * or a title it is a person's name; a name that is also a common noun (turkey) is
 * unclear where every word has a capital; and of two entities with one name the one
 * counts for which more words near it and in the article speak.
 * dragoman-lexicon(5) describes it from the outside.
 *
 * Mentions follow from the article and the lexicon alone. An entities owns its
 * memory; the lexicon and texts are borrowed; one a thread.
 */
#ifndef ENGINE_ENTITIES_ENTITIES_H
#define ENGINE_ENTITIES_ENTITIES_H

#include "engine/entities/judge.h"
#include "engine/text/analyse.h"

struct entities;

struct mention {
	uint32_t pos, nwords;       /* its first position, and its number of positions */
	uint32_t start, end;        /* bytes of the text TEXT */
	uint32_t entity;
	enum lexicon_class class;
	unsigned text;              /* 0: the first text (the headline), 1: the second (the body) */
};

/* NULL: no memory. */
struct entities *entities_new(void);
void entities_free(struct entities *e);

/* Begins a new article, whose names LX knows. */
enum status entities_begin(struct entities *e, const struct lexicon *lx) MUST_CHECK;
/* Begins the article's next text: the headline, then the body. TEXT stays in place until entities_finish. */
void entities_text(struct entities *e, const char *text, size_t len);
/* Takes the next token of the text, in the order of analyse_next, and its position in the article. */
enum status entities_token(struct entities *e, const struct token *tok, uint32_t pos) MUST_CHECK;
/* Judges all names of the article. The mentions come in the order of their positions, and are valid until the next
 * article. */
enum status entities_finish(struct entities *e, const struct mention **out, size_t *n) MUST_CHECK;
/* The words of text K (0: the first), valid as long as the mentions. */
struct judge_text entities_words(const struct entities *e, unsigned k);

#endif
