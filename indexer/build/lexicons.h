/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which lexicon a new generation is marked by: that of the installation, or of
 * the build that the program stands in, with those of --lexicon read after it.
 * Borrows the names of folders.
 */
#ifndef INDEXER_BUILD_LEXICONS_H
#define INDEXER_BUILD_LEXICONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define LEXICONS_MAX 16      /* --lexicon, so often at most */

struct lexicons {
	const char *dir[LEXICONS_MAX];
	size_t n;
	bool none;           /* --no-lexicon */
};

/* Takes the value of a --lexicon; false, and a message, when there are too many. */
bool lexicons_option(struct lexicons *l, const char *dir);
/* Whether anything was asked for. */
bool lexicons_given(const struct lexicons *l);
/* Appends the compiled form of all of it. ST_INVALID: a file is wrong, the error says where. */
enum status lexicons_compile(const struct lexicons *l, struct buf *out, struct error *err) MUST_CHECK;
/* Says so where L was given and is not the lexicon in DICT, the dictionary of INDEX, which stays as it is. */
enum status lexicons_tell_unused(const struct lexicons *l, const struct buf *dict, const char *index, struct error *err) MUST_CHECK;
/* Puts COMPILED before the preset dictionary DICT, see engine/store/dictionary.h. */
enum status lexicons_join(const struct buf *compiled, struct buf *dict, struct error *err) MUST_CHECK;

#endif
