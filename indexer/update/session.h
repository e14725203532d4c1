/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A session changes the generation in use step by step, beside other commands that
 * change or replace it. It looks articles up without a lock; each step of writing
 * is one lock, one writer and one commit.
 *
 *	session_begin
 *	  session_find ...                        any number of times
 *	  session_lock, writer_put ... on s.writer, session_commit
 *	session_end
 *
 * Owns its store, the lock and the writer.
 */
#ifndef INDEXER_UPDATE_SESSION_H
#define INDEXER_UPDATE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/store/row.h"
#include "engine/store/store.h"
#include "indexer/build/lexicons.h"
#include "indexer/ids/origins.h"
#include "indexer/report/reportfile.h"
#include "indexer/write/writer.h"

/* The least time from one commit to the next. */
#define SESSION_GAP_NS 200000000u

struct session {
	const char *index;          /* borrowed */
	struct store *store;        /* the generation in use, as last looked at */
	struct manifest done;       /* the state after the last commit, or a later state that the store has read */
	struct origins origins;     /* the origins of the store's database */
	struct writer *writer;      /* between session_lock and session_commit */
	int lock;
	bool changed;               /* something was committed */
	bool cannot_create;         /* session_begin failed to make the folder of the index */
	uint64_t looked_ns, committed_ns;
	struct buf work;
};

/* Opens INDEX; ST_LOCKED where another process holds its lock for longer than WAIT_MS. Where there is no index
 * yet: ST_NOTFOUND without PATHS; with PATHS (N of them) as first_generation. */
enum status session_begin(struct session *s, const char *index, unsigned wait_ms, const struct lexicons *lexicons,
			  const char *const *paths, size_t n, struct error *err) MUST_CHECK;
void session_end(struct session *s);
/* Moves to the newest state of the index, if the last look was a while ago. */
enum status session_look(struct session *s, struct error *err) MUST_CHECK;
/* Moves to the newest state of the index in any case. */
enum status session_reload(struct session *s, struct error *err) MUST_CHECK;
/* The hash and origin of article ID; *FOUND = false where there is none. */
enum status session_find(struct session *s, const char *id, struct content *content, bool *found, struct error *err) MUST_CHECK;
/* Locks the index and opens the generation in use for writing. Waits first, so that there are no
 * more than five commits a second. */
enum status session_lock(struct session *s, struct error *err) MUST_CHECK;
/* Commits the changes, if there are any, and unlocks. */
enum status session_commit(struct session *s, struct error *err) MUST_CHECK;
/* Compacts the index if the commits of S make that pay. Call after session_end. A failure is told, also in REPORTFILE's
 * report, and does no harm. */
void session_compact(const struct session *s, bool quiet, struct reportfile *reportfile);
/* Unlocks without a commit: changes since session_lock are dropped. */
void session_drop(struct session *s);

#endif
