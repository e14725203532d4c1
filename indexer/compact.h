/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Merging the generation in use into a new one, and whether that pays: commits
 * leave gaps in the tables and postings in many small pieces.
 *
 * It pays when the generation's files take half as much again for each article
 * as they did when it was made, and at least 32 MiB more than that. One that
 * was made with hardly any articles (an index that a feed began: it has become
 * eight times as many) has no such measure; it is merged once it takes 32 MiB.
 * As the index has to grow by half before it pays again, all merging together
 * writes a small multiple of what is committed.
 */
#ifndef INDEXER_COMPACT_H
#define INDEXER_COMPACT_H

#include <stdbool.h>

#include "base/status.h"

/* Whether it pays, by the figures of INDEX. */
enum status compact_pays(const char *index, bool *pays, struct error *err) MUST_CHECK;
/* Compacts INDEX if it pays: for the end of a command that changed it, which has given back its lock and
 * its care for signals. What it did goes to stderr unless QUIET. A failure leaves all as it was. */
enum status compact_if_it_pays(const char *index, bool quiet, struct error *err) MUST_CHECK;

#endif
