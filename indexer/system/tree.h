/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Folders and what is in them: make, sync, copy, remove. Owns nothing.
 */
#ifndef INDEXER_SYSTEM_TREE_H
#define INDEXER_SYSTEM_TREE_H

#include "base/status.h"

/* Removes PATH and all that is in it; that it is not there is no error. */
enum status tree_remove(const char *path, struct error *err) MUST_CHECK;
/* Syncs every file of the folder PATH, then the folder. */
enum status tree_sync(const char *path, struct error *err) MUST_CHECK;
/* Copies the files of the folder FROM, which has none in it, into the new folder TO. Nothing is synced. */
enum status tree_copy(const char *from, char *to, struct error *err) MUST_CHECK;
/* Makes the folder PATH and those above it that are missing, and syncs where they stand. */
enum status tree_make(const char *path, struct error *err) MUST_CHECK;

#endif
