/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The folder of a new generation, from its temporary name to the switch, and the
 * removal of old generations. indexer/generation/takeover.h brings the contents of
 * the old generation into the new.
 *
 * While a generation is made, its folder is INDEX/tmp.dragoman_XXXXXX, and the
 * process that makes it holds a lock on the marker in it: a folder whose marker can be
 * locked was left by a process that died, and the next process removes it. The number
 * is chosen at the switch, so that the generation that is ready last has the highest
 * number. A struct generation owns its strings and its lock.
 */
#ifndef INDEXER_GENERATION_GENERATION_H
#define INDEXER_GENERATION_GENERATION_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/store/manifest.h"
#include "indexer/system/interrupt.h"

struct generation {
	char *index;     /* INDEX, a copy */
	char *temp;      /* INDEX/tmp.dragoman_XXXXXX */
	char *db;        /* the folder "new" in temp, which becomes the generation's folder */
	int marker;      /* the lock on temp */
};

/* Makes INDEX where it is missing (ST_INVALID where INDEX is a folder for other things), removes the folders of dead
 * processes, and makes the temporary folder; INDEX/LOCK, for which it waits WAIT_MS, is held meanwhile. When a signal
 * comes, IN removes the folder; without IN (NULL) the next process does. */
enum status generation_begin(struct generation *g, const char *index, unsigned wait_ms, struct interrupt *in,
		struct error *err) MUST_CHECK;
/* Removes the temporary folder, unless it was put in place, and frees what G holds. */
void generation_end(struct generation *g);

/* Call all functions below with INDEX/LOCK held. */

/* The next free number. Removes generations that no reader holds. */
enum status generation_number(const struct generation *g, uint32_t *gen, struct error *err) MUST_CHECK;
/* Completes g->db, which holds a database and its files, all synced, to a generation's folder: adds pin
 * and manifest. */
enum status generation_finish(const struct generation *g, const struct manifest *m, struct error *err) MUST_CHECK;
/* Puts g->db in place as generation GEN and switches CURRENT. */
enum status generation_place(const struct generation *g, uint32_t gen, struct error *err) MUST_CHECK;
/* Switches CURRENT to GEN, which is there. */
enum status generation_use(const char *index, uint32_t gen, struct error *err) MUST_CHECK;
/* Removes all generations but KEEP that no reader holds, and the folders of dead processes. */
enum status generation_sweep(const char *index, uint32_t keep, struct error *err) MUST_CHECK;

#endif
