/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The insides of the positional stage, for near.c (which stretches make a chain),
 * near_read.c (where an operand stands in an article), near_present.c (which of a slot's words an article has)
 * and near_scope.c (the regions of an article in which words count). A matcher borrows its work
 * memory, which a call fills and the next call overwrites.
 */
#ifndef ENGINE_PROXIMITY_NEAR_WORK_H
#define ENGINE_PROXIMITY_NEAR_WORK_H

#include "engine/proximity/near.h"

/* Which of a slot's many terms an article has. */
#define NEAR_PRESENT_MAX 8    /* slots of a chain; for further slots each article's own list of terms is read */
struct near_cursor { uint32_t docid, term; struct xap_postings *postings; };
struct near_present {
	const struct near_slot *slot;
	size_t asked;                  /* the number of articles asked about before there were cursors */
	struct near_cursor *cursor;    /* a heap; NULL: none yet */
	size_t ncursors;
	uint32_t docid;                /* all cursors stand on this article, or behind it */
	uint32_t *has;                 /* the numbers of the terms that this article has */
};

/* A stretch of one operand at which the chain so far can end. Of the stretches that the operand before it then may have,
 * LOW ends first and HIGH begins last: a stretch that overlaps both overlaps all of them. */
struct near_reached { struct near_stretch at, low, high; };
struct near_reaches { struct near_reached *v; size_t cap, n; uint32_t widest; };
#define NEAR_NOWHERE { UINT32_MAX, 0 }   /* a stretch that overlaps none: of no operand, before the first */

/* What is read of the article at hand. */
struct near_work {
	struct xap_positions one, parts[2], all;
	struct near_stretches item, next;
	struct near_stretches operand;
	struct near_reaches reached, further;     /* the ends of the chain at one operand, and at the next */
	struct xap_positions begin, end;          /* of regions of one kind */
	struct near_stretches name, region;        /* where a name stands; the regions with this name */
	struct near_stretches inside, outside;     /* where words count, and where they do not */
	bool everywhere;                           /* words count everywhere, and INSIDE means nothing */
	struct xap_positions limits[2];           /* where sentences and paragraphs begin */
};

struct near_matcher {
	struct xap_db *db;
	struct near_chain chain;
	struct near_work *work;
	const struct xap_deadline *deadline;
	struct error *err;
	struct near_present present[NEAR_PRESENT_MAX];
	size_t npresent;
	uint8_t *known;      /* two bits for each article: it was asked about, and it matches; NULL: none was asked about */
	unsigned steps;
};

/* near_read.c */
enum status near_read_term(struct near_matcher *m, uint32_t docid, const char *text, size_t len, struct xap_positions *to) MUST_CHECK;
/* Reads where OP stands in article DOCID, ascending by first, then last. */
enum status near_read_operand(struct near_matcher *m, uint32_t docid, const struct near_operand *op, struct near_stretches *to) MUST_CHECK;
enum status near_work_add_stretch(struct near_matcher *m, struct near_stretches *to, uint32_t first, uint32_t last) MUST_CHECK;
/* The index of the first stretch of S that begins at or behind POS. */
size_t near_work_at_or_behind(const struct near_stretches *s, uint32_t pos);

/* near_present.c */

/* The numbers of SLOT's terms that article DOCID has, in no order. *HAS = NULL: they are not known, and the article's
 * own list of terms has to be read. */
enum status near_present(struct near_matcher *m, uint32_t docid, const struct near_slot *slot, const uint32_t **has,
			 size_t *n) MUST_CHECK;
void near_present_fini(struct near_present *p);

/* near_scope.c */

/* Reads the scope: the stretches of article DOCID in which words count. *ANY = false: there are none. */
enum status near_scope_read(struct near_matcher *m, uint32_t docid, bool *any) MUST_CHECK;
/* Copies all stretches of the scope to TO. */
enum status near_scope_list(struct near_matcher *m, struct near_stretches *to) MUST_CHECK;
/* Drops the stretches of S that do not stand within the scope. */
void near_scope_keep_inside(const struct near_matcher *m, struct near_stretches *s);
/* The stretch of the scope around S. */
struct near_stretch near_scope_of(const struct near_matcher *m, struct near_stretch s);
/* Reads where sentences and paragraphs begin, as far as the chain asks. */
enum status near_scope_read_limits(struct near_matcher *m, uint32_t docid) MUST_CHECK;
/* The sentence or paragraph, as SAME says, that position POS stands in. */
struct near_stretch near_scope_limits_of(const struct near_matcher *m, enum near_same same, uint32_t pos);

#endif
