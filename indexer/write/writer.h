/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A generation that is open for writing: articles are put by their id and removed;
 * the figures of the state and, where wanted, the journal follow; a commit makes
 * all of it durable. A caller that opens the generation in use holds INDEX/LOCK
 * before it opens the writer and until it has freed it.
 *
 * Owns its handles; the options are borrowed for its life.
 */
#ifndef INDEXER_WRITE_WRITER_H
#define INDEXER_WRITE_WRITER_H

#include <stdbool.h>

#include "base/article.h"
#include "engine/document/document.h"
#include "engine/store/journal.h"
#include "engine/store/manifest.h"
#include "engine/xapian/xap.h"
#include "indexer/ids/origins.h"
#include "indexer/write/grouping.h"

enum writer_result { WRITER_ADDED, WRITER_REPLACED, WRITER_UNCHANGED, WRITER_RESULTS };

struct writer_options {
	const char *dir;                 /* the generation's folder */
	const void *dict;                /* the generation's dictionary */
	size_t dict_len;
	const struct manifest *state;    /* the state of its last commit; copied */
	struct origins *origins;         /* the origins of its database; new ones are added */
	bool journal;                    /* keep a journal entry of all changes */
	bool safe;                       /* a commit waits for the disk, and counts as a revision */
};

struct writer {
	struct writer_options opt;
	struct manifest state;           /* the state with all changes so far */
	bool changed;                    /* there are changes since the last commit */
	/* private */
	struct xap_wdb *db;
	struct xap_db *view;             /* a reading view of db, uncommitted changes included */
	struct document_builder *builder;   /* NULL until the first writer_put */
	struct zstream_unpacker *texts;
	struct grouping *grouping;
	struct journal_entry *entry;     /* NULL: none is kept */
	struct xap_doc *doc;
	struct article former;
	struct buf term, value, data;
	bool newest_gone;                /* the newest article was removed: state.newest must be found anew */
};

/* An article that was analysed before the lock was taken. Without DOC: an article that is in the index already, and
 * has only another origin now. Owns its members. */
struct draft {
	struct xap_doc *doc;
	char *id, *date, *origin;
	uint64_t hash;                   /* record_hash */
	uint64_t text_bytes, packed_bytes;
};

/* document_build, which warns of an article that may be indexed without all of its speakers (document_cut). */
enum status writer_document(struct document_builder *b, const struct article *a, struct xap_doc *doc, struct error *err) MUST_CHECK;
/* Makes D of A, which came from ORIGIN, with a builder that has the generation's dictionary. */
enum status writer_draft_init(struct draft *d, struct document_builder *b, const struct article *a, const char *origin,
		       struct error *err) MUST_CHECK;
/* Makes D of A without a document: A is in the index already, and comes from ORIGIN now. */
enum status writer_draft_move(struct draft *d, const struct article *a, const char *origin, struct error *err) MUST_CHECK;
void writer_draft_fini(struct draft *d);

enum status writer_open(struct writer **out, const struct writer_options *opt, struct error *err) MUST_CHECK;
/* Drops all changes that were not committed. */
void writer_free(struct writer *w);
/* Adds A, which came from the file ORIGIN ("" for none), or replaces the article of its id; where the content is the
 * same, only the origin changes. */
enum status writer_put(struct writer *w, const struct article *a, const char *origin, enum writer_result *result,
		       struct error *err) MUST_CHECK;
/* As writer_put, for a draft. A draft without a document changes nothing where the content is no longer the same. */
enum status writer_put_draft(struct writer *w, const struct draft *d, enum writer_result *result, struct error *err) MUST_CHECK;
/* Removes the article ID, but only if it came from ORIGIN (NULL: from any file). */
enum status writer_remove(struct writer *w, const char *id, const char *origin, bool *was_there, struct error *err) MUST_CHECK;
/* Notes LANGUAGES ("fr ru tr", see document_languages) in the state. */
void writer_languages(struct writer *w, const char *languages);
/* Brings the figures of w->state, but for revision and journal, up to date, for a caller that writes and commits the
 * state itself. */
enum status writer_figures(struct writer *w, struct error *err) MUST_CHECK;
/* Ends a step: raises the state's revision, writes state, journal and origins, commits, and syncs the folder. After
 * ST_OK all changes survive a power cut. After a failure the writer can only be freed. */
enum status writer_commit(struct writer *w, struct error *err) MUST_CHECK;

#endif
