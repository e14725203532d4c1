/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The subject of a verb of saying, or of another phrase that tells of speech
 * (according to X; X's statement), as the words around it name the subject. Whom
 * "he" means is resolved elsewhere (known.h). Owns nothing.
 */
#ifndef ENGINE_QUOTES_SUBJECT_H
#define ENGINE_QUOTES_SUBJECT_H

#include "engine/quotes/types.h"

/* Whether token I of the sentence from FROM to TO, of which only what is within QUOTE_NEAR is looked at, tells of
 * speech; fills OUT but for SPEAKER and FULL, which resolving gives, and what tells of its place among the speeches. */
bool quote_subject_at(const struct speeches *s, const struct qtokens *t, size_t i, size_t from, size_t to,
		      struct speech *out);
/* The noun phrase with which the sentence from FROM to TO begins. */
bool quote_subject_sentence(const struct qtokens *t, size_t from, size_t to, struct speaker *out);

#endif
