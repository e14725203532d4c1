/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A set of article ids, in the order in which they were added. indexer/ids/seen.h
 * is smaller, and keeps hashes alone. Owns its memory; zero it before use.
 */
#ifndef INDEXER_IDS_IDS_H
#define INDEXER_IDS_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"

struct ids {
	struct buf text;      /* the ids, each with a NUL byte */
	struct map begins;    /* where each id begins in text, by the id */
};

void ids_fini(struct ids *s);
/* Adds ID unless it is there. */
enum status ids_add(struct ids *s, const char *id, size_t len) MUST_CHECK;
bool ids_has(const struct ids *s, const char *id, size_t len);
/* The next id: *AT starts at 0; NULL at the end. */
const char *ids_next(const struct ids *s, size_t *at);

#endif
