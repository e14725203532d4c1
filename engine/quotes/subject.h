/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The subject of a verb of saying, or of what else tells that somebody speaks
 * (according to X; X's statement), as the words around it have it: whom "he"
 * means is not asked here. Owns nothing.
 */
#ifndef ENGINE_QUOTES_SUBJECT_H
#define ENGINE_QUOTES_SUBJECT_H

#include "engine/quotes/types.h"

/* Who speaks, if token I of the sentence from FROM to TO says so: fills OUT but for what resolving gives. */
bool quote_subject_at(const struct speeches *s, const struct qtokens *t, size_t i, size_t from, size_t to,
		      struct speech *out);
/* The noun with which the sentence from FROM to TO begins. */
bool quote_subject_sentence(const struct qtokens *t, size_t from, size_t to, struct speaker *out);

#endif
