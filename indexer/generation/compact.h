/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Merging the generation in use into a new one, and whether that pays: commits
 * leave gaps in the tables and postings in many small pieces.
 *
 * It pays when the generation's files take half as much again for each article
 * as they did when the generation was made, and at least 32 MiB more. A generation
 * that was made with hardly any articles (a feed began the index, which has eight
 * times as many by now) has no such measure; it is merged once it takes 32 MiB.
 * As the index has to grow by half before merging pays again, all merges together
 * write a small multiple of all that is committed.
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
	struct manifest manifest;    /* the new generation's */
	uint64_t before;             /* bytes of the old generation's files */
};

/* Whether compacting INDEX pays, by its figures. */
enum status compact_pays(const char *index, bool *pays, struct error *err) MUST_CHECK;
/* Compacts INDEX if that pays. Call at the end of a command that changed INDEX, after it has released its lock and
 * its signals. Tells the result on stderr unless QUIET. A failure leaves INDEX as it was. */
enum status compact_if_it_pays(const char *index, bool quiet, struct error *err) MUST_CHECK;

/* Compacts INDEX in any case. Zero C but for its wait_ms. Afterwards C holds the report, for maker_end or maker_fail,
 * and the figures, but nothing to free. */
enum status compact_run(struct compact *c, const char *index, bool quiet, struct error *err) MUST_CHECK;
/* The result of a successful compact_run, in one line. */
void compact_summary(const struct compact *c, char line[COMPACT_SUMMARY_MAX]);

#endif
