/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Stems, remembered: Snowball runs once for each distinct word, until the
 * memory (of fixed size) is full and begins anew.
 *
 * Owns its stemmers and memory; one a thread. Used by analysis only.
 */
#ifndef ENGINE_TEXT_STEMS_H
#define ENGINE_TEXT_STEMS_H

#include "engine/text/fold.h"

struct stems;

/* F folds the stems; borrowed for their life. */
enum status stems_new(struct stems **out, struct fold *f, struct error *err) MUST_CHECK;
void stems_free(struct stems *s);

/* The two-letter code under which LANG is stemmed, NULL if it is none of corpus/lexicon/languages. Static. */
const char *stems_code(const char *lang);

/* The stem of WORD in the language CODE (one of stems_code's), folded and preceded by "CODE:"
 * unless the language is English. Valid until the next call for the same language. */
enum status stems_word(struct stems *s, const char *code, const char *word, size_t len,
		       const char **stem, size_t *stem_len, struct error *err) MUST_CHECK;

#endif
