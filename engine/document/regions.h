/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Regions: the stretches of an article in which a query can ask for words:
 * quotations, the text under headings, the lead; and the begins of sentences and
 * paragraphs. regions_find finds them in bytes of the body; regions_word, called for
 * each word, turns the bytes into positions.
 *
 * A finder owns its memory; its lists are valid until the next regions_find.
 */
#ifndef ENGINE_DOCUMENT_REGIONS_H
#define ENGINE_DOCUMENT_REGIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/quotes/quotes.h"

enum region_kind {
	REGION_QUOTE,     /* a quotation; its names are the speaker and the speaker's office */
	REGION_SECTION,   /* a heading, which is its name, and the text up to the next heading */
	REGION_LEAD,      /* the first paragraph that is no heading; no name */
	REGION_KINDS
};

struct region {
	uint32_t start, end;                              /* bytes of the body */
	struct { uint32_t start, end; } name[2];          /* bytes of the body; both 0: no name */
	uint32_t first, last;                             /* positions of its first and last word */
};

/* Units of text; a heading is a paragraph. */
enum limit_kind { LIMIT_SENTENCE, LIMIT_PARAGRAPH, LIMIT_KINDS };

struct regions;

enum status regions_new(struct regions **out, struct error *err) MUST_CHECK;
void regions_free(struct regions *r);
/* Finds the regions of A's body. Fails only with ST_NOMEM. */
enum status regions_find(struct regions *r, const struct article *a, struct error *err) MUST_CHECK;
/* The next word: where in the body it begins, and its position. */
enum status regions_word(struct regions *r, uint32_t start, uint32_t pos) MUST_CHECK;
/* The regions of KIND that have words, in order; regions of one kind do not overlap. Call after the last word. */
const struct region *regions_list(struct regions *r, enum region_kind kind, size_t *n);
/* All quotations of the article, also quotations that have no word. */
const struct quote *regions_quotes(const struct regions *r, size_t *n);
/* Whether their speakers cost more than they may, so that later ones may have none (quotes_cut). */
bool regions_cut(const struct regions *r);
/* The position of the first word of each sentence or paragraph, ascending. Call after the last word. */
const uint32_t *regions_limits(const struct regions *r, enum limit_kind kind, size_t *n);

#endif
