/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Origins: the files that articles came from, by absolute path. An article
 * keeps the number of its origin (SLOT_CONTENT, 0 for none), the database's
 * metadata the path of each number ("origin.N", from 1 on without a gap).
 * And, of paths named to a command, which origins lie under them.
 *
 * Both own their memory. Numbers of one generation mean nothing in another.
 */
#ifndef INDEXER_IDS_ORIGINS_H
#define INDEXER_IDS_ORIGINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "engine/xapian/xap.h"

struct origins {
	char **path;          /* of the numbers from 1 on */
	uint32_t n, cap;
	uint32_t saved;       /* so many of them are in the database */
	uint32_t *slot;       /* numbers by the hash of their path; 0: free */
	size_t nslots;
};

void origins_init(struct origins *o);
void origins_fini(struct origins *o);
/* The number of PATH, a new one if it has none; "" is 0. ST_NOMEM. */
enum status origins_number(struct origins *o, const char *path, uint32_t *number) MUST_CHECK;
/* The same without a new one: false if it has none. */
bool origins_find(const struct origins *o, const char *path, uint32_t *number);
/* The path of NUMBER: "" for 0, NULL for one that is unknown. Valid until origins_fini. */
const char *origins_path(const struct origins *o, uint32_t number);
/* Takes in those of DB that are not known yet. Nothing else may have been given a number since the last time. */
enum status origins_load(struct origins *o, struct xap_db *db, struct error *err) MUST_CHECK;
/* Writes those that are not in the database yet; the commit is the caller's. */
enum status origins_save(struct origins *o, struct xap_wdb *w, struct error *err) MUST_CHECK;

/* The PATHs that a command was given, made absolute as the reader makes them. */
struct origins_under {
	struct buf paths;     /* each with a NUL byte; a folder's ends in "/" */
};

/* ST_NOTFOUND, ST_IO where one cannot be looked at. Standard input ("-") owns nothing. */
enum status origins_under_init(struct origins_under *u, const char *const *paths, size_t n, struct error *err) MUST_CHECK;
void origins_under_fini(struct origins_under *u);
/* Adds an absolute path; that of a folder ends in "/". */
enum status origins_under_add(struct origins_under *u, const char *path) MUST_CHECK;
/* Whether "" is among them, which stands for a path that nobody knows. */
bool origins_under_unknown(const struct origins_under *u);
/* Whether ORIGIN is one of the files, or lies in one of the folders; "" and NULL do not. */
bool origins_under(const struct origins_under *u, const char *origin);

#endif
