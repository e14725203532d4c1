/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What an article teaches the index besides its words: which acronyms it
 * explains. It goes into terms of that article alone (see schema.h), so that how
 * many articles teach something is the frequency of a term, and updates and
 * merges need nothing further.
 *
 * Nothing is owned; the analyser and the bag are borrowed for the call.
 */
#ifndef ENGINE_TAUGHT_H
#define ENGINE_TAUGHT_H

#include "base/buf.h"
#include "engine/analyse.h"
#include "engine/termbag.h"

/* The acronyms that TEXT (in LANG) explains, as terms XA and XR of BAG. */
enum status taught_acronyms(struct termbag *bag, struct analyser *an, const struct buf *text, const char *lang,
			    struct error *err) MUST_CHECK;

#endif
