/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A look at the heads of a glass database's blocks. libxapian 1.4 searches a
 * block by halves of the directory that its head tells of; where a damaged head
 * gives that an odd end, the search goes on for ever, which no deadline of ours
 * can end. Owns nothing.
 */
#ifndef ENGINE_XAPIAN_BLOCKS_H
#define ENGINE_XAPIAN_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* ST_CORRUPT when a block of the database folder PATH has a head that cannot be; the text names file and
 * byte. Reads about 11 bytes of every block: larger tables than MAX_BYTES are passed over. DATA_ONLY: only the tables
 * that who reads data, values and metadata needs are looked at. */
enum status xap_blocks_check(const char *path, bool data_only, uint64_t max_bytes, struct error *err) MUST_CHECK;

#endif
