/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The parts of an article that queries can ask for: quotations, the text under
 * headings, the lead; and where its sentences and paragraphs begin. Found in
 * bytes of the body, then told in positions as its words go past.
 *
 * A finder owns its memory; what it lists is valid until the next regions_find.
 */
#ifndef ENGINE_DOCUMENT_REGIONS_H
#define ENGINE_DOCUMENT_REGIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/quotes/quotes.h"

enum region_kind {
	REGION_QUOTE,     /* named by who speaks and what he is */
	REGION_SECTION,   /* a heading, by which it is named, and what follows to before the next */
	REGION_LEAD,      /* the first paragraph that is no heading; no name */
	REGION_KINDS
};

struct region {
	uint32_t start, end;                              /* bytes of the body */
	struct { uint32_t start, end; } name[2];          /* likewise; both 0: none */
	uint32_t first, last;                             /* positions of its words */
};

/* Sentences and paragraphs, headings among them. */
enum limit_kind { LIMIT_SENTENCE, LIMIT_PARAGRAPH, LIMIT_KINDS };

struct regions;

enum status regions_new(struct regions **out, struct error *err) MUST_CHECK;
void regions_free(struct regions *r);
/* Those of A's body. Fails only with ST_NOMEM. */
enum status regions_find(struct regions *r, const struct article *a, struct error *err) MUST_CHECK;
/* The next word: where in the body it begins, and its position. */
enum status regions_word(struct regions *r, uint32_t start, uint32_t pos) MUST_CHECK;
/* After the last word: the regions of KIND that have words, in order; none of a kind overlap. */
const struct region *regions_list(struct regions *r, enum region_kind kind, size_t *n);
/* All quotations of the article, those without a word too. */
const struct quote *regions_quotes(const struct regions *r, size_t *n);
/* The positions of the first words. */
const uint32_t *regions_limits(const struct regions *r, enum limit_kind kind, size_t *n);

#endif
