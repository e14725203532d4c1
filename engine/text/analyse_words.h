/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The words of a text alone, for callers that want no positions, no further readings
 * and no joined compounds: tokens that are neither ALSO nor JOINED (analyse.h).
 *
 * Nothing is kept; texts are borrowed for the call.
 */
#ifndef ENGINE_TEXT_ANALYSE_WORDS_H
#define ENGINE_TEXT_ANALYSE_WORDS_H

#include "engine/text/analyse.h"

/* Takes one word; WORD's strings are valid during the call. Any status but ST_OK ends the walk. */
typedef enum status analyse_word_fn(void *arg, const struct token *word, struct error *err);

/* Calls EACH with every word of TEXT (read as LANG's, see analyse_begin) in turn. The analyser is at
 * EACH's disposal for analyse_stems. Fails with ST_NOMEM, or as EACH does. */
enum status analyse_words(struct analyser *an, const char *text, size_t len, const char *lang,
			  analyse_word_fn *each, void *arg, struct error *err) MUST_CHECK;

/* Appends the words of TEXT to OUT as terms have them, a space between two; *N is how many they are.
 * Fails only with ST_NOMEM. */
enum status analyse_words_folded(struct analyser *an, const char *text, size_t len, const char *lang,
				 struct buf *out, size_t *n, struct error *err) MUST_CHECK;

#endif
