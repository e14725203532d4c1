/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How every new generation takes the place of the one in use: what was
 * committed since the work on it began is taken over, the revision, the
 * journal of changes and the figures go on, and CURRENT is switched.
 *
 *	takeover_begin       before anything is read
 *	...                  the new generation is made, in g->db
 *	takeover_switch
 *
 * Owns its store; the rest is borrowed.
 */
#ifndef INDEXER_TAKEOVER_H
#define INDEXER_TAKEOVER_H

#include "engine/store.h"
#include "indexer/generation.h"

struct takeover {
	const char *index;
	struct store *store;      /* the generation in use; NULL: none, or none that can be read */
	uint64_t rev;             /* up to which its changes are in the new one */
};

/* Opens the generation in use. That there is none is well; *WHY says what is wrong with one that cannot
 * be read (its status is ST_OK otherwise), which is for the caller to judge. */
enum status takeover_begin(struct takeover *t, const char *index, struct error *why, struct error *err) MUST_CHECK;
/* Switches to G, whose figures M holds. M follows. */
enum status takeover_switch(struct takeover *t, struct generation *g, struct manifest *m, struct error *err) MUST_CHECK;
void takeover_fini(struct takeover *t);

#endif
