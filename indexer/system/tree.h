/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Folders and their contents: make, sync, copy, remove. Owns nothing.
 */
#ifndef INDEXER_SYSTEM_TREE_H
#define INDEXER_SYSTEM_TREE_H

#include "base/error.h"

/* Removes PATH and its contents, and follows no symbolic link; a missing PATH is no error. The entry LAST of PATH (NULL:
 * none) goes when all else in PATH is gone. */
enum status tree_remove(const char *path, const char *last, struct error *err) MUST_CHECK;
/* As tree_remove, for the entry NAME of the folder AT, a descriptor. */
enum status tree_remove_at(int at, const char *name, const char *last, struct error *err) MUST_CHECK;
/* Syncs every regular file of the folder PATH, then the folder. */
enum status tree_sync(const char *path, struct error *err) MUST_CHECK;
/* Copies the files of a generation (engine/store/files.h) from its folder FROM into the new folder TO, and nothing else
 * that is in FROM. ST_CORRUPT where one of them is no regular file. Syncs nothing. */
enum status tree_copy_generation(const char *from, const char *to, struct error *err) MUST_CHECK;
/* Makes the folder PATH and all missing folders above it, and syncs the folders that hold them. */
enum status tree_make(const char *path, struct error *err) MUST_CHECK;

#endif
