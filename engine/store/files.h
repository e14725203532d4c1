/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The files of a generation: who copies, sums or reads a generation's folder knows
 * them by name, and leaves all else in it alone. Owns nothing.
 */
#ifndef ENGINE_STORE_FILES_H
#define ENGINE_STORE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* The name of file I of a generation, NULL after the last. A generation need not have every one. */
const char *files_name(size_t i);
/* Whether NAME is the name of a generation's file. */
bool files_known(const char *name);
/* Checks that DIR is a folder and that whatever files of a generation it has are regular files, since libxapian
 * opens whatever it finds there, to read and to write. ST_NOTFOUND where there is no DIR, ST_CORRUPT where a file is,
 * say, a symbolic link. */
enum status files_check(const char *dir, struct error *err) MUST_CHECK;

#endif
