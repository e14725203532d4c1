/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What changes with every commit: the manifest as it is now, kept in the
 * metadata of the database that it tells of, and so always that of the commit
 * that a reader sees. Owns nothing.
 */
#ifndef ENGINE_STORE_STATE_H
#define ENGINE_STORE_STATE_H

#include "engine/store/manifest.h"
#include "engine/xapian/xap.h"

/* The state of the commit that DB reads. ST_NOTFOUND where there is none, ST_CORRUPT for one that
 * contradicts its checksum. */
enum status state_load(struct xap_db *db, struct manifest *m, struct error *err) MUST_CHECK;
/* To be committed with the changes that it tells of. */
enum status state_save(struct xap_wdb *w, const struct manifest *m, struct error *err) MUST_CHECK;

#endif
