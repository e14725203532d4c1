/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What an article teaches the index besides its words: which acronyms it
 * explains, and which words are names in it. Each lesson is a term of the article
 * (see schema.h): the number of articles that teach it is the term's document
 * frequency, and updates and merges need nothing further.
 *
 * Nothing is owned; the analyser and the bag are borrowed for the call.
 */
#ifndef ENGINE_DOCUMENT_TAUGHT_H
#define ENGINE_DOCUMENT_TAUGHT_H

#include "base/buf.h"
#include "engine/document/termbag.h"
#include "engine/text/analyse.h"

/* The acronyms that TEXT (in LANG) explains, as terms XA and XR of BAG. */
enum status taught_acronyms(struct termbag *bag, struct analyser *an, const struct buf *text, const char *lang,
			    struct error *err) MUST_CHECK;

/* The letter case in which a token was written, bits. */
enum { TAUGHT_SMALL = 1,   /* in small letters */
       TAUGHT_NAME = 2 };  /* as a name: with a capital (and small letters) within a sentence; in a script without
			      capitals, anywhere */

/* Bits of the above for TOK of TEXT: a word, or its further reading in Latin letters. */
unsigned taught_case(const char *text, const struct token *tok);
/* The names among the first NWORDS terms of BAG, words seen as names and never small, as terms XK of BAG. */
enum status taught_names(struct termbag *bag, struct analyser *an, size_t nwords, struct error *err) MUST_CHECK;

#endif
