/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What sort of words a quotation has: whole sentences, or a word or two that
 * may be nobody's, or the title of something. Owns nothing. In all of these
 * token AT is the quotation.
 */
#ifndef ENGINE_QUOTES_KIND_H
#define ENGINE_QUOTES_KIND_H

#include "engine/quotes/tokens.h"

/* Whether its last byte is one of BYTES. A comma, which asks for "X said" behind it, is also a wide one. */
bool quote_kind_ends(const struct qtokens *t, size_t at, const char *bytes);
/* Whether the words before say that it is a name for something: so-called "X". */
bool quote_kind_label(const struct qtokens *t, size_t at);
/* Whether it is a few words without an end of their own. */
bool quote_kind_scare(const struct qtokens *t, size_t at);
/* Whether it is so many words that somebody must have said them. */
bool quote_kind_long(const struct qtokens *t, size_t at);
/* Whether it is a title or a product rather than what was said. */
bool quote_kind_thing(const struct qtokens *t, size_t at);

#endif
