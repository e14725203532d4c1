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
#ifndef INDEXER_GENERATION_COMPACT_H
#define INDEXER_GENERATION_COMPACT_H

#include <stdbool.h>

#include "indexer/generation/takeover.h"

#define COMPACT_SUMMARY_MAX 200

struct compact {
	const char *index;
	unsigned wait_ms;            /* for INDEX/LOCK */
	struct maker maker;
	struct takeover takeover;
	struct origins origins;
	struct buf dict;
	struct manifest manifest;    /* of the new generation */
	uint64_t before;             /* bytes of the files */
};

/* Whether it pays, by the figures of INDEX. */
enum status compact_pays(const char *index, bool *pays, struct error *err) MUST_CHECK;
/* Compacts INDEX if it pays: for the end of a command that changed it, which has given back its lock and
 * its care for signals. What it did goes to stderr unless QUIET. A failure leaves all as it was. */
enum status compact_if_it_pays(const char *index, bool quiet, struct error *err) MUST_CHECK;

/* Compacts INDEX in any case. C is zero but for its wait_ms, and holds the report of the job, for maker_end or
 * maker_fail, and the figures afterwards, but nothing to be freed. */
enum status compact_run(struct compact *c, const char *index, bool quiet, struct error *err) MUST_CHECK;
/* One line that tells what a successful compact_run did. */
void compact_summary(const struct compact *c, char line[COMPACT_SUMMARY_MAX]);

#endif
