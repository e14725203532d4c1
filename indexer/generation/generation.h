/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The folder of a new generation, from its temporary name to the switch, and
 * the removal of those that nobody needs any more. What is in it, and what it
 * takes over from the one before it, is indexer/generation/takeover.h.
 *
 * While it is made it is INDEX/tmp.XXXXXX, with its pin file locked by who
 * makes it: a folder whose pin can be locked belongs to a process that died,
 * and the next one removes it. The number is chosen at the switch, so that the
 * one that ends last is the newest. A struct generation owns its strings and
 * its lock.
 */
#ifndef INDEXER_GENERATION_GENERATION_H
#define INDEXER_GENERATION_GENERATION_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/store/manifest.h"
#include "indexer/system/interrupt.h"

struct generation {
	char *index;     /* INDEX, a copy */
	char *temp;      /* INDEX/tmp.XXXXXX */
	char *db;        /* INDEX/tmp.XXXXXX/new: what becomes the generation's folder */
	int pin;         /* the lock on temp */
};

/* Makes INDEX where it is missing, clears away what dead processes left, and makes the
 * folder, with INDEX/LOCK held for that, for which it waits WAIT_MS. The folder is IN's to
 * remove when a signal comes; with NULL it is left to the next one. */
enum status generation_begin(struct generation *g, const char *index, unsigned wait_ms, struct interrupt *in,
		struct error *err) MUST_CHECK;
/* Removes the temporary folder, where it still is one, and frees what G holds. */
void generation_end(struct generation *g);

/* Whether NAME is what a temporary folder in an index is called. */
bool generation_is_temp(const char *name);

/* What follows is done with INDEX/LOCK held. */

/* The next free number. Generations that nobody holds are gone after it. */
enum status generation_number(const struct generation *g, uint32_t *gen, struct error *err) MUST_CHECK;
/* Makes g->db, which holds a database and whatever else belongs to it, all synced, a
 * generation's folder: pin and manifest. */
enum status generation_finish(const struct generation *g, const struct manifest *m, struct error *err) MUST_CHECK;
/* Puts it in place as GEN and switches CURRENT. */
enum status generation_place(const struct generation *g, uint32_t gen, struct error *err) MUST_CHECK;
/* Switches CURRENT to GEN, which is there. */
enum status generation_use(const char *index, uint32_t gen, struct error *err) MUST_CHECK;
/* Removes all generations but KEEP that no reader holds, and what dead processes left. */
enum status generation_sweep(const char *index, uint32_t keep, struct error *err) MUST_CHECK;

#endif
