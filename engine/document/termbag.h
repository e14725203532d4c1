/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The terms of one document while it is being made: a hash table of terms,
 * each with its frequency and its positions, so that every term goes to Xapian
 * once. A bag owns all its memory and keeps it from document to document.
 */
#ifndef ENGINE_DOCUMENT_TERMBAG_H
#define ENGINE_DOCUMENT_TERMBAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/map.h"
#include "engine/store/wanted.h"
#include "engine/xapian/xap.h"

#define TERMBAG_NONE UINT32_MAX
#define TERMBAG_STEMS 6

struct term {
	uint32_t text, len;            /* bytes in the bag's text */
	uint32_t wdf;
	uint32_t first, last, npos;    /* its chain of positions; first TERMBAG_NONE: there are none */
	/* The rest is document.c's, for words; unused in other terms. */
	uint32_t title_wdf;
	uint32_t stem[TERMBAG_STEMS];  /* the stems' terms */
	uint8_t nstems, kinds;         /* kinds: a bit for each kind of token whose stems are in stem[] */
	uint8_t letter_case;           /* the cases in which it was written, see taught.h */
	bool nonplain;                 /* some spelling of it was changed by folding */
};

/* A position of a term; NEXT is the index of the term's next one. */
struct occurrence { uint32_t pos, next; uint16_t weight; bool plain; };

struct termbag {
	struct term *term;
	size_t nterms, terms_cap;
	struct occurrence *occurrence;
	size_t noccurrences, occurrences_cap;
	char *text;
	size_t text_len, text_cap;
	struct map terms;              /* their indexes by what they are */
	uint32_t *run;                 /* positions of one term, in order */
	size_t run_cap;
};

void termbag_init(struct termbag *b);
void termbag_fini(struct termbag *b);
void termbag_clear(struct termbag *b);   /* empty; keeps the memory that an article of usual size needs */
/* The number of the term PREFIX + WORD, made if it is new; a long one is cut as
 * schema_term cuts. */
enum status termbag_term(struct termbag *b, const char *prefix, const char *word, size_t len, uint32_t *out) MUST_CHECK;
/* Adds a position to term T, and WEIGHT to its frequency. */
enum status termbag_position(struct termbag *b, uint32_t t, uint32_t pos, unsigned weight, bool plain) MUST_CHECK;
/* Hands the terms to DOC: all of them, or, with WANTED, the wanted ones. */
enum status termbag_flush(struct termbag *b, const struct wanted *wanted, struct xap_doc *doc, struct error *err) MUST_CHECK;

#endif
