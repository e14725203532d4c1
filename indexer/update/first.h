/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An index that is not there yet: its first generation, without articles.
 */
#ifndef INDEXER_UPDATE_FIRST_H
#define INDEXER_UPDATE_FIRST_H

#include <stddef.h>

#include "indexer/build/lexicons.h"

/* Where INDEX, a folder, has no generation in use, makes one whose dictionary is chosen from the beginnings
 * of PATHS, and that is marked by LEXICONS. */
enum status first_generation(const char *index, const struct lexicons *lexicons, const char *const *paths, size_t n, struct error *err) MUST_CHECK;

#endif
