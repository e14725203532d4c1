/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A look at the blocks of a glass database: whether each has its items where its
 * head and its directory tell. libxapian 1.4 believes them. It searches a block by halves of
 * the directory; where a damaged head gives that an odd end, the search goes on for ever,
 * which no deadline of ours can end. Where items lie outside the block it reads and writes
 * there. Owns nothing.
 */
#ifndef ENGINE_XAPIAN_BLOCKS_H
#define ENGINE_XAPIAN_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* ST_CORRUPT when a block of the database folder PATH cannot be; the text names file and byte. Reads all of each
 * table, but passes over those that are larger than MAX_BYTES. Others may commit meanwhile. DATA_ONLY: only the tables
 * that who reads data, values and metadata needs are looked at. */
enum status xap_blocks_check(const char *path, bool data_only, uint64_t max_bytes, struct error *err) MUST_CHECK;

#endif
