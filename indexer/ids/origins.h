/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Origins: the files that articles came from, by absolute path. An article
 * keeps the number of its origin (SLOT_CONTENT, 0 for none), the database's
 * metadata the path of each number ("origin.N", from 1 on without a gap). A
 * struct origins_under tells which origins lie under the paths of a command line.
 *
 * Both own their memory. Numbers of one generation mean nothing in another.
 */
#ifndef INDEXER_IDS_ORIGINS_H
#define INDEXER_IDS_ORIGINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "engine/xapian/xap.h"

struct origins {
	char **path;          /* path[i] has the number i + 1 */
	uint32_t n;
	size_t cap;
	uint32_t saved;       /* the first so many are in the database */
	struct map numbers;   /* by path */
};

void origins_init(struct origins *o);
void origins_fini(struct origins *o);
/* The number of PATH; a path that has none gets the next number; "" has 0. ST_NOMEM. */
enum status origins_number(struct origins *o, const char *path, uint32_t *number) MUST_CHECK;
/* The number of PATH; false: it has none. */
bool origins_find(const struct origins *o, const char *path, uint32_t *number);
/* The path of NUMBER: "" for 0, NULL for one that is unknown. Valid until origins_fini. */
const char *origins_path(const struct origins *o, uint32_t number);
/* Reads the origins of DB that O does not have yet. Only origins of DB may have got numbers since the last call. */
enum status origins_load(struct origins *o, struct xap_db *db, struct error *err) MUST_CHECK;
/* Writes the origins that are not in the database yet; the caller commits. */
enum status origins_save(struct origins *o, struct xap_wdb *w, struct error *err) MUST_CHECK;

/* The PATHs that a command was given, made absolute as the reader makes them. */
struct origins_under {
	struct buf paths;     /* each with a NUL byte; a folder's ends in "/" */
};

/* Takes the N paths at PATHS; standard input ("-") has no origins. ST_NOTFOUND, or ST_IO where a path cannot be
 * looked at. */
enum status origins_under_init(struct origins_under *u, const char *const *paths, size_t n, struct error *err) MUST_CHECK;
void origins_under_fini(struct origins_under *u);
/* Adds an absolute path; a folder's path ends in "/". */
enum status origins_under_add(struct origins_under *u, const char *path) MUST_CHECK;
/* Whether U has the path "", which stands for an unknown path. */
bool origins_under_unknown(const struct origins_under *u);
/* Whether ORIGIN is one of U's files, or lies in one of U's folders; "" and NULL are under no path. */
bool origins_under(const struct origins_under *u, const char *origin);

#endif
