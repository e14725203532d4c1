/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libxapian's own check of a generation's tables, for check. Owns nothing.
 */
#ifndef INDEXER_COMMANDS_CHECK_TABLES_H
#define INDEXER_COMMANDS_CHECK_TABLES_H

#include <limits.h>

#include "base/error.h"
#include "indexer/proof/faults.h"

/* Has libxapian check the tables in the folder DIR, which takes the right to write to them. */
void check_tables_in_place(const char *dir, struct faults *f);
/* The same on a copy, for who may only read; signals remove the copy. NAME, which may be memory that is shared with
 * another process, has the copy's folder meanwhile, and is empty again in the end: libxapian may die of what it reads. */
enum status check_tables_on_copy(const char *dir, char name[PATH_MAX], struct faults *f, struct error *err) MUST_CHECK;

#endif
