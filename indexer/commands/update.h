/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One run of dragoman-index update: its options, what it reads, what it has read and not yet written, its counts.
 * update.c reads articles into it, update_commit.c writes them.
 */
#ifndef INDEXER_COMMANDS_UPDATE_H
#define INDEXER_COMMANDS_UPDATE_H

#include "corpus/reader.h"
#include "engine/document/limits.h"
#include "indexer/ids/seen.h"
#include "indexer/report/progress.h"
#include "indexer/report/reportfile.h"
#include "indexer/system/stop.h"
#include "indexer/update/aside.h"
#include "indexer/update/hand.h"
#include "indexer/update/pace.h"
#include "indexer/update/pending.h"
#include "indexer/update/session.h"

struct update {
	struct lexicons lexicons;   /* of an index that is not there yet */
	/* the command line */
	const char *index, *root;
	const char *const *paths;
	size_t npaths;
	bool quiet, verbose, strict, prune;
	unsigned wait_ms;
	struct pace pace;
	/* the work */
	struct reader *reader;
	struct limits *limits;
	struct session session;
	struct pending pending;          /* new and changed articles */
	struct pending moved;            /* unchanged ones that came from elsewhere */
	struct stop stop;
	struct aside aside;
	struct hand hand;
	struct progress progress;
	struct reportfile reportfile;
	struct seen seen;                /* with prune: the ids that came */
	struct origins_under under, cut;   /* with prune: the paths; what could not be read of them */
	uint64_t begin, bad;
	uint64_t stopped_ns;
	uint64_t superseded, unchanged;  /* since the last commit */
	uint64_t count[WRITER_RESULTS], removed;
	bool ended;                      /* the input is read */
	enum status failed;              /* within a wait for input */
	struct error failure;
};

/* Writes what is pending. What moved can wait for the end of files: an article that two of them hold would
 * be moved to and fro. */
enum status update_commit(struct update *u, struct error *err) MUST_CHECK;
/* Whether so much is pending that nothing more should be read before a commit. */
bool update_full(const struct update *u);
/* After an article: commits if that is due. Before the next commit may be, a feed goes on reading; files can
 * wait. */
enum status update_commit_if_due(struct update *u, struct error *err) MUST_CHECK;

#endif
