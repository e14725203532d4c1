/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A new generation, from its temporary folder to the switch, and the removal
 * of those that nobody needs any more.
 *
 * While it is made it is INDEX/tmp.XXXXXX, with its pin file locked by who
 * makes it: a folder whose pin can be locked belongs to a build that died, and
 * the next one removes it. The number is chosen at the switch, so that the
 * build that ends last is the newest. INDEX/LOCK is held for beginning and
 * switch only.
 */
#ifndef INDEXER_GENERATION_H
#define INDEXER_GENERATION_H

#include <stdint.h>

#include "engine/manifest.h"

struct generation {
	char *index;     /* INDEX, a copy */
	char *temp;      /* INDEX/tmp.XXXXXX */
	char *db;        /* INDEX/tmp.XXXXXX/new: what becomes the generation's folder */
	int pin;         /* the lock on temp */
};

/* Makes INDEX where it is missing, clears away what dead builds left, and makes the folder. */
enum status generation_begin(struct generation *g, const char *index, struct error *err) MUST_CHECK;
/* Puts g->db, which holds a database and whatever else belongs to it, in place: gives it a number and M
 * (its index_bytes, generation and built are set), syncs all, and switches
 * CURRENT. Then removes the generations before it that no reader holds. */
enum status generation_switch(struct generation *g, struct manifest *m, struct error *err) MUST_CHECK;
/* Removes the temporary folder and frees what G holds. */
void generation_end(struct generation *g);

#endif
