/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reads articles for build and update, and passes over those that are over a limit of
 * engine/document/limits.h, which are told as bad. Borrows all.
 */
#ifndef INDEXER_COMMANDS_ADMIT_H
#define INDEXER_COMMANDS_ADMIT_H

#include "corpus/reader.h"
#include "engine/document/limits.h"

/* As reader_next of R; BAD, called with ARG, is told of the articles that are passed over. */
enum status admit_next(struct reader *r, struct limits *l, void (*bad)(void *arg, const struct reader_bad *bad), void *arg,
		       struct article *out, bool *got, struct error *err) MUST_CHECK;

#endif
