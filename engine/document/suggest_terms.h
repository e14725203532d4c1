/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What an article gives SUGGEST to complete besides its words: its headline, and
 * names of several words, from its lists (persons, orgs, places) and of persons whom
 * its text names. They become the terms XT and XG, see schema.h, folded by
 * analyse_words_folded; SUGGEST folds what is typed by the same function.
 *
 * Nothing is owned; all that is given is borrowed for the call.
 */
#ifndef ENGINE_DOCUMENT_SUGGEST_TERMS_H
#define ENGINE_DOCUMENT_SUGGEST_TERMS_H

#include "engine/document/termbag.h"
#include "engine/entities/persons.h"
#include "engine/text/analyse.h"

/* Adds the headline and the names of A, in whose body PERSONS are named. */
enum status suggest_terms_add(struct termbag *bag, struct analyser *an, const struct article *a,
			      const struct persons *persons, struct error *err) MUST_CHECK;

#endif
