/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The folder of an index, from outside: which of its entries are ours, and whether an
 * index may be made there. Entries are known by names and by what they are: regular
 * files and folders, never symbolic links. Owns nothing.
 */
#ifndef INDEXER_SYSTEM_HOME_H
#define INDEXER_SYSTEM_HOME_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"

#define HOME_MODE 0750   /* of the folders of a new index */

/* A temporary folder, as mkdtemp(3) wants it, and the file in it by which it is known to be ours: the process that made
 * the folder holds a lock on the file. */
#define HOME_TEMP "tmp.dragoman_XXXXXX"
#define HOME_MARKER "dragoman-temporary"

enum home_kind {
	HOME_NEW,       /* not there, or empty, or with nothing in it but what commands leave that make no generation */
	HOME_INDEX,     /* with a generation and CURRENT, or with a generation and nothing that is not ours */
	HOME_OTHER      /* a folder for other things */
};

struct home {
	enum home_kind kind;
	mode_t mode;                   /* HOME_INDEX: that of the newest generation's folder */
	char stranger[NAME_MAX + 1];   /* an entry that is not ours; "" when there is none */
};

/* Looks at the folder INDEX, and changes nothing. */
enum status home_look(const char *index, struct home *out, struct error *err) MUST_CHECK;
/* Makes the folder INDEX where it is missing. ST_INVALID where it is HOME_OTHER. Sets umask(2) so that new files of an
 * index are open to whom its generations are; a new index is as umask(2) says already, but no more open than a folder
 * that was there. Call before anything is written to INDEX. */
enum status home_enter(const char *index, struct error *err) MUST_CHECK;
/* Whether NAME is what a temporary folder in an index is called. */
bool home_is_temp(const char *name);
/* *IS: the entry NAME of the folder INDEX is a folder with a manifest of ours, or with a database and a pin. */
enum status home_is_generation(const char *index, const char *name, bool *is, struct error *err) MUST_CHECK;

#endif
