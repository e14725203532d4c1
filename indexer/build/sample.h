/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Chooses the preset dictionary of a generation from samples of its texts. Owns
 * nothing.
 */
#ifndef INDEXER_BUILD_SAMPLE_H
#define INDEXER_BUILD_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/article.h"
#include "engine/store/store.h"

/* Whether PATHS name standard input alone. */
bool sample_only_stdin(const char *const *paths, size_t n);
/* Chooses DICT from the beginnings of PATHS; passes standard input over. A file that cannot be
 * read is no error here: the build that follows tells of it. */
enum status sample_paths(const char *const *paths, size_t n, struct buf *dict, struct error *err) MUST_CHECK;
/* Chooses DICT from articles all over STORE. */
enum status sample_store(struct store *store, struct buf *dict, struct error *err) MUST_CHECK;
/* Chooses DICT from the N articles at A. */
enum status sample_articles(const struct article *a, size_t n, struct buf *dict, struct error *err) MUST_CHECK;

#endif
