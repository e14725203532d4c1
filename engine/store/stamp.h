/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Notices that an index has a new state without opening it: inode, time and size of
 * two files tell. A struct stamp_index owns its paths.
 */
#ifndef ENGINE_STORE_STAMP_H
#define ENGINE_STORE_STAMP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

#define STAMP_COMMIT_FILE "iamglass"   /* the file of a generation that Xapian replaces with each commit */

/* Tells one state of a file from the next. */
struct stamp { ino_t inode; int64_t mtime_ns, size; };

/* All zero where there is no such file. */
struct stamp stamp_take(const char *path);
/* Looks at PATH; true, and *SEEN is brought up to date, when it changed. */
bool stamp_changed(const char *path, struct stamp *seen);

struct stamp_index {
	char *index, *current_path, *commit_path;   /* commit_path NULL: not known */
	struct stamp current, commit;
};

enum status stamp_index_init(struct stamp_index *l, const char *index, struct error *err) MUST_CHECK;
void stamp_index_fini(struct stamp_index *l);
/* Whether there was a commit or a switch since the last call; true at the first call. A commit that comes during the
 * call is noticed by the next call at the latest. */
bool stamp_index_moved(struct stamp_index *l);

#endif
