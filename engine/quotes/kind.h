/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The kind of a quotation by its words and the words beside it: whole sentences, a
 * word or two that may be nobody's, or the title of something. In every function
 * token AT is the quotation. Owns nothing.
 */
#ifndef ENGINE_QUOTES_KIND_H
#define ENGINE_QUOTES_KIND_H

#include "engine/quotes/tokens.h"

/* Whether the quotation's last byte is one of BYTES. A wide comma counts as a comma, which asks for "X said" behind
 * it. */
bool quote_kind_ends(const struct qtokens *t, size_t at, const char *bytes);
/* Whether the words before the quotation say that it is a name for something: so-called "X". */
bool quote_kind_label(const struct qtokens *t, size_t at);
/* Whether the quotation has only a few words and no mark at its end. */
bool quote_kind_scare(const struct qtokens *t, size_t at);
/* Whether the quotation has so many words that somebody must have said them. */
bool quote_kind_long(const struct qtokens *t, size_t at);
/* Whether the quotation is the name of a work or a product rather than speech. */
bool quote_kind_thing(const struct qtokens *t, size_t at);

#endif
