/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The positional stage: whether words, prefixes and phrases stand in an
 * article as a phrase, NEAR or ADJ asks, by its position lists. It
 * does what Xapian's own positional operators cannot: distances between
 * phrases, prefixes, hyphenated words with two readings, exact spellings,
 * words of one sentence or paragraph, words in some part of the article alone.
 *
 * A matcher owns its work memory; all that a chain points to is borrowed while
 * the matcher lives.
 */
#ifndef ENGINE_PROXIMITY_NEAR_H
#define ENGINE_PROXIMITY_NEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/xapian/xap.h"

#define NEAR_OPERANDS_MAX 16   /* in one chain */

struct near_term { const char *text; size_t len; };   /* text NULL: none */

/* One word: the positions of any of TERMS. */
struct near_place {
	const struct near_term *terms;
	size_t nterms;
	size_t prefix_len;         /* over 0: all terms begin with the same so many bytes, and ascend bytewise */
	struct near_term instead;  /* in an article that has it, its positions count ... */
	struct near_term unless;   /* ... and in one with this term, no others do */
	struct near_term within[2];/* only positions that these terms have too */
};

/* One or more words side by side; a hyphenated word also as one. */
struct near_item {
	const struct near_place *parts;
	size_t nparts;
	const struct near_place *joined;   /* or NULL */
};

/* Items side by side: a phrase. */
struct near_operand {
	const struct near_item *items;
	size_t nitems;
};

enum near_same { NEAR_SAME_NOT, NEAR_SAME_SENTENCE, NEAR_SAME_PARAGRAPH };

/* How the next operand stands to what was found before it: in the same sentence or paragraph, or (NEAR_SAME_NOT) at
 * most so many positions from its nearest end, behind it if ordered, else on either side, or between its words.
 * Never over a word of it. */
struct near_step { unsigned distance; bool ordered; enum near_same same; };

/* A part of the article: the nth position of BEGIN and the nth of END enclose one (see schema.h). */
struct near_region {
	struct near_term begin, end;
	bool outside;                     /* what stands in none of them */
	const struct near_operand *name;  /* NULL: any of them; else those that have it, by SCHEMA_STRIDE, ... */
	uint32_t first;                   /* ... from this number on: below it the article as a whole has it */
};

/* Operand 0, then each next one as its step says; all within one part of the article if there are REGIONS, which
 * must hold together. A single operand at least TIMES times (0 is 1). */
struct near_chain {
	struct near_operand operand[NEAR_OPERANDS_MAX];
	struct near_step step[NEAR_OPERANDS_MAX - 1];
	size_t noperands;
	unsigned times;
	const struct near_region *regions;
	size_t nregions;
};

struct near_stretch { uint32_t first, last; };   /* positions, inclusive */
/* V grows and is to be freed with free; WIDEST: the positions from the first to the last of the longest. */
struct near_stretches { struct near_stretch *v; size_t cap, n; uint32_t widest; };

/* The positions of article DOCID that REGIONS leave, as ascending stretches, replace what is in OUT. */
enum status near_ranges(struct xap_db *db, uint32_t docid, const struct near_region *regions, size_t nregions,
			struct near_stretches *out, struct error *err) MUST_CHECK;

/* One chain on one database: asked about one article at a time, while a match reaches them. What was answered is
 * kept, so that the same match may run again (for a count, for another page) and cost no positions. */
struct near_matcher;

/* DEADLINE (may be NULL) must stay in place, too. */
enum status near_matcher_new(struct near_matcher **out, struct xap_db *db, const struct near_chain *chain,
			     const struct xap_deadline *deadline, struct error *err) MUST_CHECK;
void near_matcher_free(struct near_matcher *m);
/* Whether the chain is found in article DOCID: fastest of ascending numbers. ST_DEADLINE, ST_CANCELLED. */
enum status near_match(struct near_matcher *m, uint32_t docid, bool *match, struct error *err) MUST_CHECK;

#endif
