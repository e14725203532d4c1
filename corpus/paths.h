/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of files: their parts, their folders, and the id of an article that
 * is called after its file. Borrows names; sets the caller's buffers.
 */
#ifndef CORPUS_PATHS_H
#define CORPUS_PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/* The path's last part. */
const char *paths_base(const char *path);

/* Whether NAME (LEN bytes) ends in ENDING, in small letters or capitals, and has something before it. */
bool paths_ends(const char *name, size_t len, const char *ending);

/* Makes ROOT absolute, without symbolic links, into OUT. ST_NOTFOUND, ST_INVALID. */
enum status paths_root(const char *root, struct buf *out, struct error *err) MUST_CHECK;

/* Sets OUT to what stands before the name in an id: the path of the folder
 * PATH, or of the folder that the file PATH is in, below ROOT (as paths_root
 * made it), with "/" at its end; empty for ROOT itself. ST_INVALID: it is not
 * below ROOT. */
enum status paths_prefix(const char *root, const char *path, bool folder,
			 struct buf *out, struct error *err) MUST_CHECK;

/* Sets OUT to the absolute path of the folder PATH, or of the folder that the file PATH is in, without
 * symbolic links, with "/" at its end. ST_NOTFOUND, ST_IO. */
enum status paths_folder(const char *path, bool folder, struct buf *out, struct error *err) MUST_CHECK;

/* Sets OUT to the id: PREFIX and BELOW. */
enum status paths_id(const char *prefix, const char *below, struct buf *out) MUST_CHECK;

#endif
