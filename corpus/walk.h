/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The files of a folder and of the folders in it, in the byte order of their
 * paths, which no file system and no locale changes. Hidden names (.x) are
 * passed over; a symbolic link to a file is that file, one to a folder is
 * passed over, so that there are no loops. A walk owns its paths: what
 * walk_next gives holds until the next call.
 */
#ifndef CORPUS_WALK_H
#define CORPUS_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct walk;

struct walk_entry {
	const char *path;     /* the folder as given, "/", the path below it */
	const char *below;    /* the path below the folder */
	uint64_t size;
	int problem;          /* errno of a folder or file that cannot be read; else 0 */
};

/* FOLDER is copied. ST_NOTFOUND, ST_IO where it cannot be opened. */
enum status walk_new(struct walk **out, const char *folder, struct error *err) MUST_CHECK;
void walk_free(struct walk *w);
/* The next regular file, or something that could not be looked into. *GOT =
 * false at the end. */
enum status walk_next(struct walk *w, struct walk_entry *out, bool *got, struct error *err) MUST_CHECK;

#endif
