/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Speech: where a text says that somebody says something, and who speaks. "He" and
 * "the minister" are resolved to a speaker whom the article has named before.
 *
 * The state of one article; owns its memory.
 */
#ifndef ENGINE_QUOTES_SPEECH_H
#define ENGINE_QUOTES_SPEECH_H

#include "engine/quotes/types.h"

/* Call at the begin of each article, whose body is TEXT: forgets all speeches and speakers. Looks are counted in STEPS. */
void quote_speech_begin(struct speeches *s, const char *text, struct quote_steps *steps);
/* Finds the speeches in tokens T, which follow the tokens of the last call; ends early when no steps are left. ST_NOMEM. */
enum status quote_speech_read(struct speeches *s, const struct qtokens *t) MUST_CHECK;
void quote_speech_fini(struct speeches *s);
/* The person who is the subject of the sentence from token FROM to the colon COLON, if it has one. */
bool quote_speech_subject(const struct speeches *s, const struct qtokens *t, size_t from, size_t colon, struct speaker *out);
/* The bounds of the sentence that token I stands in; TO is not part of it. Reads the sentence: not to be called for
 * each of its tokens. */
void quote_speech_sentence(const struct speeches *s, const struct qtokens *t, size_t i, size_t *from, size_t *to);

#endif
