/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The lexicon of a new generation: the installed lexicon, or the lexicon of the
 * build tree in which the program stands, and after it the lexicons of --lexicon.
 * Borrows the names of folders.
 */
#ifndef INDEXER_BUILD_LEXICONS_H
#define INDEXER_BUILD_LEXICONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define LEXICONS_MAX 16      /* --lexicon may be given so often */

struct lexicons {
	const char *dir[LEXICONS_MAX];
	size_t n;
	bool none;           /* --no-lexicon */
};

/* Takes the value of a --lexicon; false, and a message, when there are too many. */
bool lexicons_option(struct lexicons *l, const char *dir);
/* Whether --lexicon or --no-lexicon was given. */
bool lexicons_given(const struct lexicons *l);
/* Appends the compiled form of all lexicons. ST_INVALID: a file has a fault, the error says where. */
enum status lexicons_compile(const struct lexicons *l, struct buf *out, struct error *err) MUST_CHECK;
/* Warns where L was given and differs from the lexicon in DICT, the dictionary of INDEX, which is used all the same. */
enum status lexicons_tell_unused(const struct lexicons *l, const struct buf *dict, const char *index, struct error *err) MUST_CHECK;
/* Puts COMPILED before the preset dictionary DICT, see engine/store/dictionary.h. */
enum status lexicons_join(const struct buf *compiled, struct buf *dict, struct error *err) MUST_CHECK;

#endif
