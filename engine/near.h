/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The positional stage: finds the articles in which words, prefixes and
 * phrases stand as a phrase, NEAR or ADJ asks, by reading position lists. It
 * does what Xapian's own positional operators cannot: distances between
 * phrases, prefixes, hyphenated words with two readings, exact spellings.
 *
 * Everything in a chain is borrowed while near_find runs.
 */
#ifndef ENGINE_NEAR_H
#define ENGINE_NEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/query.h"
#include "engine/xap.h"

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

/* Operand 0, then each next one at most so many positions from the nearest end
 * of what was found before it: behind it if ordered, else on either side, or
 * between its words, but never over a word of it. */
struct near_chain {
	struct near_operand operand[QUERY_CHAIN_MAX];
	struct { unsigned distance; bool ordered; } step[QUERY_CHAIN_MAX - 1];
	size_t noperands;
};

/* A query for the articles that have the words at all. */
enum status near_candidates(struct xap_query **out, const struct near_chain *chain, struct error *err) MUST_CHECK;
/* *DOCIDS (N of them, ascending) is the caller's to free. ST_DEADLINE, ST_CANCELLED. */
enum status near_find(struct xap_db *db, const struct near_chain *chain, const struct xap_deadline *deadline,
		      uint32_t **docids, size_t *n, struct error *err) MUST_CHECK;

#endif
