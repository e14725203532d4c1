/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What an article gives SUGGEST to complete besides its words: its headline, and
 * names of several words, those of its lists (persons, orgs, places) and of persons whom
 * its text names. As terms XT and XG, see schema.h; what is typed is folded in the same way.
 *
 * Nothing is owned; all that is given is borrowed for the call.
 */
#ifndef ENGINE_SUGGEST_TERMS_H
#define ENGINE_SUGGEST_TERMS_H

#include "engine/analyse.h"
#include "engine/persons.h"
#include "engine/termbag.h"

/* Appends the words of TEXT as terms have them, a space between two; *WORDS of them, the last of which begins at *LAST. */
enum status suggest_terms_fold(struct analyser *an, const char *text, size_t len, const char *lang, struct buf *out,
			       size_t *words, size_t *last, struct error *err) MUST_CHECK;
/* Adds those of A, in whose body PERSONS are named. */
enum status suggest_terms_add(struct termbag *bag, struct analyser *an, const struct article *a,
			      const struct persons *persons, struct error *err) MUST_CHECK;

#endif
