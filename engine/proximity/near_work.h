/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The insides of the positional stage, for near.c (which stretches belong together),
 * near_read.c (where an operand stands in an article), near_present.c (which of many words it has)
 * and near_scope.c (in which parts of it that counts). The work of one near_find; it owns its arrays.
 */
#ifndef ENGINE_PROXIMITY_NEAR_WORK_H
#define ENGINE_PROXIMITY_NEAR_WORK_H

#include "engine/proximity/near.h"

struct near_positions { uint32_t *v; size_t cap, n; };
struct near_stretches { struct near_stretch *v; size_t cap, n; uint32_t widest; };

/* Which candidates have which of a place's terms. */
#define NEAR_PRESENT_MAX 8
struct near_has { uint32_t candidate, term; };
struct near_present { const struct near_place *place; struct near_has *has; size_t n, at; };

struct near_work {
	struct xap_db *db;
	const struct near_chain *chain;
	const struct xap_deadline *deadline;
	struct error *err;
	struct near_positions one, parts[2], all;
	struct near_stretches item, next;
	struct near_stretches operand[NEAR_OPERANDS_MAX];
	struct near_stretch chosen[NEAR_OPERANDS_MAX];
	struct near_positions begin, end;          /* of regions of one kind */
	struct near_stretches name, region;        /* where the name of one stands; which are named so */
	struct near_stretches inside, outside;     /* where words count, and where they do not */
	bool everywhere;                           /* INSIDE says nothing: no region has to be kept to */
	struct near_stretch scope;                 /* the part around the stretch that was chosen first */
	struct near_positions limits[2];           /* where sentences and paragraphs begin */
	const uint32_t *candidate;                 /* the articles to look at, ascending; AT: the one at hand */
	size_t ncandidates, at;
	struct near_present present[NEAR_PRESENT_MAX];
	size_t npresent;
	struct near_has has_none;
	unsigned steps;
	enum status st;       /* of the search within an article */
};

/* near.c */
enum status near_no_memory(struct near_work *w);

/* near_read.c */
int near_by_number(const void *a, const void *b);
enum status near_read_term(struct near_work *w, uint32_t docid, const char *text, size_t len, struct near_positions *to) MUST_CHECK;
/* Ascending by first, then last. */
enum status near_read_operand(struct near_work *w, uint32_t docid, const struct near_operand *op, struct near_stretches *to) MUST_CHECK;
enum status near_add_stretch(struct near_work *w, struct near_stretches *to, uint32_t first, uint32_t last) MUST_CHECK;
/* The first of S that begins at or behind POS. */
size_t near_at_or_behind(const struct near_stretches *s, uint32_t pos);

/* near_present.c */

/* Which terms of P the article at hand has. *HAS = NULL: not known, its own list of terms has to be read. */
enum status near_present(struct near_work *w, const struct near_place *p, const struct near_has **has, size_t *n) MUST_CHECK;

/* near_scope.c */

/* Reads the parts of article DOCID that count. *ANY = false: there are none. */
enum status near_read_scope(struct near_work *w, uint32_t docid, bool *any) MUST_CHECK;
/* All of these, into TO. */
enum status near_list_scope(struct near_work *w, struct near_stretches *to) MUST_CHECK;
/* Drops what does not stand in these parts. */
void near_keep_inside(const struct near_work *w, struct near_stretches *s);
/* The part around S. */
struct near_stretch near_scope_of(const struct near_work *w, struct near_stretch s);
/* Reads where sentences and paragraphs begin, as far as the chain asks. */
enum status near_read_limits(struct near_work *w, uint32_t docid) MUST_CHECK;
/* The sentence or paragraph, as SAME says, that position POS stands in. */
struct near_stretch near_limits_of(const struct near_work *w, enum near_same same, uint32_t pos);

#endif
