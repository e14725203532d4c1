/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The state of a generation: the manifest as it is after the last commit. It is
 * kept in the metadata of the database, so that a reader always sees the state of
 * the commit that it reads. Owns nothing.
 */
#ifndef ENGINE_STORE_STATE_H
#define ENGINE_STORE_STATE_H

#include "engine/store/manifest.h"
#include "engine/xapian/xap.h"

/* The state of the commit that DB reads. ST_NOTFOUND where there is none, ST_CORRUPT for one that
 * contradicts its checksum. */
enum status state_load(struct xap_db *db, struct manifest *m, struct error *err) MUST_CHECK;
/* Writes M; commit it with the changes that it tells of. */
enum status state_save(struct xap_wdb *w, const struct manifest *m, struct error *err) MUST_CHECK;

#endif
