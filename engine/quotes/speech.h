/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Speech: where a text says that somebody says something, and who that is. "He"
 * and "the minister" are resolved to who was named so before, in this article.
 *
 * The state of one article; owns its memory.
 */
#ifndef ENGINE_QUOTES_SPEECH_H
#define ENGINE_QUOTES_SPEECH_H

#include "engine/quotes/types.h"

/* Forgets all: another article begins. */
void speeches_begin(struct speeches *s, const char *text);
/* Finds who speaks in tokens T, which follow those of the last call. ST_NOMEM. */
enum status speeches_read(struct speeches *s, const struct qtokens *t) MUST_CHECK;
void speeches_fini(struct speeches *s);
/* Whom the sentence from FROM on, before the colon COLON, is about, if that is a person. */
bool speech_subject(const struct speeches *s, const struct qtokens *t, size_t from, size_t colon, struct speaker *out);
/* The bounds of the sentence that token I stands in; TO is not part of it. */
void speech_sentence(const struct speeches *s, const struct qtokens *t, size_t i, size_t *from, size_t *to);

#endif
