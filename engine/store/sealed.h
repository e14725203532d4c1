/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Sealed metadata: a text with a checksum of its own, since Xapian's blocks have
 * none: eight hexadecimal digits of CRC-32, a LF, and the text. Owns nothing.
 */
#ifndef ENGINE_STORE_SEALED_H
#define ENGINE_STORE_SEALED_H

#include "engine/xapian/xap.h"

/* Replaces OUT's contents by the text of KEY, empty where there is none. ST_CORRUPT when the text contradicts its
 * checksum. */
enum status sealed_get(struct xap_db *db, const char *key, struct buf *out, struct error *err) MUST_CHECK;
enum status sealed_put(struct xap_wdb *w, const char *key, const char *text, size_t len, struct error *err) MUST_CHECK;

#endif
