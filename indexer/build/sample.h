/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Samples of the texts to come, from which the dictionary of the packed texts
 * is chosen. Owns nothing.
 */
#ifndef INDEXER_BUILD_SAMPLE_H
#define INDEXER_BUILD_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/article.h"
#include "engine/store/store.h"

/* Whether PATHS name standard input alone. */
bool sample_only_stdin(const char *const *paths, size_t n);
/* Chooses DICT from the beginnings of PATHS, standard input passed over. What cannot be
 * read is no error here: the build that follows tells of it. */
enum status sample_paths(const char *const *paths, size_t n, struct buf *dict, struct error *err) MUST_CHECK;
/* The same from the articles that STORE holds, from all over it. */
enum status sample_store(struct store *store, struct buf *dict, struct error *err) MUST_CHECK;
/* The same from articles. */
enum status sample_articles(const struct article *a, size_t n, struct buf *dict, struct error *err) MUST_CHECK;

#endif
