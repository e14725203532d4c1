/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The positional stage: whether words, prefixes and phrases stand in an
 * article as a phrase, NEAR or ADJ asks, by its position lists. It
 * does what Xapian's own positional operators cannot: distances between
 * phrases, prefixes, hyphenated words with two readings, exact spellings,
 * words of one sentence or paragraph, words within a region of the article.
 *
 * All that a chain points to is borrowed while its matcher lives, and so is the
 * work memory: the position lists of one article, for all matchers of a thread.
 */
#ifndef ENGINE_PROXIMITY_NEAR_H
#define ENGINE_PROXIMITY_NEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/xapian/xap.h"

#define NEAR_OPERANDS_MAX 16   /* in one chain */

struct near_term { const char *text; size_t len; };   /* text NULL: none */

/* A slot for one word: the positions of any of TERMS. */
struct near_slot {
	const struct near_term *terms;
	size_t nterms;
	size_t prefix_len;         /* over 0: all terms begin with the same so many bytes, and ascend bytewise */
	struct near_term instead;  /* in an article that has this term, its positions count instead */
	struct near_term unless;   /* in an article that has this term, only positions of INSTEAD count */
	struct near_term within[2];/* only positions that these terms have, too, count */
};

/* One or more words side by side; a hyphenated word also as one. */
struct near_item {
	const struct near_slot *parts;
	size_t nparts;
	const struct near_slot *joined;   /* or NULL */
};

/* Items side by side: a phrase. */
struct near_operand {
	const struct near_item *items;
	size_t nitems;
};

enum near_same { NEAR_SAME_NOT, NEAR_SAME_SENTENCE, NEAR_SAME_PARAGRAPH };

/* Where an operand may stand beside the operand before it in the chain: in the same sentence or paragraph, or
 * (NEAR_SAME_NOT) at most DISTANCE positions from its nearest end, behind it if ORDERED, else on either side. An operand
 * overlaps none of the two operands before it. (That no two of all operands overlap would take exponential time.) */
struct near_step { unsigned distance; bool ordered; enum near_same same; };

/* A kind of region: the nth position of BEGIN and the nth of END are the bounds of one region (see schema.h). */
struct near_region {
	struct near_term begin, end;
	bool outside;                     /* words outside of all these regions count, not words within one */
	const struct near_operand *name;  /* only regions with this name count, see SCHEMA_STRIDE; NULL: all do */
	uint32_t first;                   /* the number of the first region's name; a lower one is the whole article's */
};

/* Operand 0, then each next operand as its step says; with REGIONS all of them within one region of each kind. A single
 * operand must stand at least TIMES times (0 is 1). */
struct near_chain {
	struct near_operand operand[NEAR_OPERANDS_MAX];
	struct near_step step[NEAR_OPERANDS_MAX - 1];
	size_t noperands;
	unsigned times;
	const struct near_region *regions;
	size_t nregions;
};

struct near_stretch { uint32_t first, last; };   /* positions, inclusive */
/* V grows; the owner frees it. WIDEST: the number of positions of the longest stretch. */
struct near_stretches { struct near_stretch *v; size_t cap, n; uint32_t widest; };

/* Replaces the contents of OUT by the stretches of article DOCID, ascending, in which words count with REGIONS. DEADLINE
 * may be NULL. */
enum status near_ranges(struct xap_db *db, uint32_t docid, const struct near_region *regions, size_t nregions,
			const struct xap_deadline *deadline, struct near_stretches *out, struct error *err) MUST_CHECK;

/* Grows to the longest lists that were read. */
struct near_work;
enum status near_work_new(struct near_work **out, struct error *err) MUST_CHECK;
void near_work_free(struct near_work *w);

/* One chain on one database. A match asks it about one article at a time. It remembers its answers, so that the same
 * match may run again (for a count, for another page) without reading positions. */
struct near_matcher;

/* DEADLINE (may be NULL) is borrowed while the matcher lives. */
enum status near_matcher_new(struct near_matcher **out, struct xap_db *db, const struct near_chain *chain,
			     struct near_work *work, const struct xap_deadline *deadline, struct error *err) MUST_CHECK;
void near_matcher_free(struct near_matcher *m);
/* Whether the chain is found in article DOCID. Fastest when numbers ascend. ST_DEADLINE, ST_CANCELLED. */
enum status near_match(struct near_matcher *m, uint32_t docid, bool *match, struct error *err) MUST_CHECK;

#endif
