/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The first generation of a new index, without articles.
 */
#ifndef INDEXER_UPDATE_FIRST_H
#define INDEXER_UPDATE_FIRST_H

#include <stddef.h>

#include "indexer/build/lexicons.h"

/* Makes a generation where the folder INDEX has none in use. Its preset dictionary is chosen from the beginnings of
 * PATHS; its lexicon is LEXICONS'. */
enum status first_generation(const char *index, const struct lexicons *lexicons, const char *const *paths, size_t n, struct error *err) MUST_CHECK;

#endif
