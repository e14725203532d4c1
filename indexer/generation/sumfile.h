/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writes the sums of a generation's files (engine/store/sums.h) once it is in use.
 * Owns nothing.
 */
#ifndef INDEXER_GENERATION_SUMFILE_H
#define INDEXER_GENERATION_SUMFILE_H

#include <stdint.h>

#include "base/status.h"

/* Reads the files of generation GEN of INDEX, which is at revision REV, and writes their sums beside
 * them. INDEX's lock must not be held: it is taken for the first and the last moment, the reading is done without. Where
 * somebody writes to the generation meanwhile, nothing is written. */
enum status sumfile_write(const char *index, uint32_t gen, uint64_t rev, struct error *err) MUST_CHECK;

#endif
