/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How a command changes the generation in use step by step, beside others that
 * do so, too, or put another in its place: it looks things up without a lock,
 * and each step of writing is one lock, one writer and one commit.
 *
 *	session_begin
 *	  session_find ...                        any number of times
 *	  session_lock, writer_put ... on s.writer, session_commit
 *	session_end
 *
 * Owns the store that it looks into, the lock and the writer.
 */
#ifndef INDEXER_UPDATE_SESSION_H
#define INDEXER_UPDATE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/store/row.h"
#include "engine/store/store.h"
#include "indexer/build/lexicons.h"
#include "indexer/ids/origins.h"
#include "indexer/report/jobfile.h"
#include "indexer/write/writer.h"

/* From one commit to the next at the least. */
#define SESSION_GAP_NS 200000000u

struct session {
	const char *index;          /* borrowed */
	struct store *store;        /* the generation in use, as last looked at */
	struct manifest done;       /* the state that the last commit made, or that was looked at since */
	struct origins origins;     /* of the store's database */
	struct writer *writer;      /* between session_lock and session_commit */
	int lock;
	bool changed;               /* something was committed */
	bool cannot_create;         /* session_begin failed to make the folder of the index */
	uint64_t looked_ns, committed_ns;
	struct buf work;
};

/* Makes sure that nobody has locked INDEX for longer than WAIT_MS (else ST_LOCKED), and opens it. Where
 * there is no index yet: ST_NOTFOUND, or with PATHS (N of them) an empty one is made, whose dictionary is
 * chosen from their beginnings and that is marked by LEXICONS. */
enum status session_begin(struct session *s, const char *index, unsigned wait_ms, const struct lexicons *lexicons,
			  const char *const *paths, size_t n, struct error *err) MUST_CHECK;
void session_end(struct session *s);
/* Moves to the newest state of the index, if the last look was a while ago. */
enum status session_look(struct session *s, struct error *err) MUST_CHECK;
/* The same in any case. */
enum status session_reload(struct session *s, struct error *err) MUST_CHECK;
/* What the article ID was made from; *FOUND = false where there is none. */
enum status session_find(struct session *s, const char *id, struct content *content, bool *found, struct error *err) MUST_CHECK;
/* Locks the index and opens the generation then in use for writing; waits before that, so that there are no
 * more than five commits a second. */
enum status session_lock(struct session *s, struct error *err) MUST_CHECK;
/* Commits what was changed, if anything was, and lets go. */
enum status session_commit(struct session *s, struct error *err) MUST_CHECK;
/* Compacts the index if what was committed makes that pay: after session_end. That it failed is told, also in JOB's
 * report, and does no harm. */
void session_compact(const struct session *s, bool quiet, struct jobfile *job);
/* Lets go without a commit: what was changed since session_lock is dropped. */
void session_drop(struct session *s);

#endif
