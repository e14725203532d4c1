/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writes the sums of a generation's files (engine/store/sums.h) once it is in use.
 * Owns nothing.
 */
#ifndef INDEXER_GENERATION_SUMFILE_H
#define INDEXER_GENERATION_SUMFILE_H

#include <stdint.h>

#include "base/error.h"

/* Reads the files of generation GEN of INDEX, which is at revision REV, and writes their sums beside
 * them. Call without INDEX's lock: it is taken at the begin and at the end, and not held while files are read. When a
 * writer opens the generation meanwhile, no sums are written. */
enum status sumfile_write(const char *index, uint32_t gen, uint64_t rev, struct error *err) MUST_CHECK;

#endif
