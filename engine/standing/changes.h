/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The changes of an interval of revisions, read from the journal of changes. For
 * each article that the interval changed, the list says whether the article is
 * there at the interval's end, where in the journal its further changes stand,
 * and its text at the interval's end where a later commit has changed it since.
 * Owns its strings.
 *
 * Call changes_list until it is done, then changes_follow whenever the index has
 * moved on, then read the interval again with a struct changes_walk. Every
 * function may be called again after it failed.
 */
#ifndef ENGINE_STANDING_CHANGES_H
#define ENGINE_STANDING_CHANGES_H

#include "base/arena.h"
#include "base/map.h"
#include "engine/store/journal.h"

/* An article that the interval changed. */
struct changed {
	const char *id;
	size_t len;
	uint64_t first, last;    /* numbers of its first and last change among the interval's changes, from 0 */
	size_t again;            /* its second change: index of a struct again + 1; 0: there is none */
	bool there;              /* the article is there at the interval's end */
	bool later;              /* a commit after the interval changed the article: VERSION tells how it was before */
	const char *version;     /* its record at the interval's end, packed as in the journal; NULL: it was not there */
	size_t version_len;
};

/* A change of an article that the interval has changed before. */
struct again {
	uint64_t count;          /* its number among the interval's changes */
	struct journal_cursor at;
	size_t next;             /* the article's next change: index of a struct again + 1; 0: there is none */
};

/* How far the interval was read: the next change, and its number. */
struct changes_cursor { struct journal_cursor at; uint64_t count; };

struct changes {
	struct arena arena;
	struct changed *list;
	size_t n, cap;
	struct again *again;     /* in the order of the journal */
	size_t nagain, again_cap;
	struct map articles;     /* indexes of the list, by id */
	uint64_t after, rev;     /* the interval: the revisions after AFTER up to REV */
	uint64_t looked;         /* changes_follow has read the changes up to this revision */
	struct changes_cursor begin, listed;   /* the interval's begin; the list holds all changes before LISTED */
};

/* The interval begins after revision AFTER; the first changes_list sets its end. */
void changes_init(struct changes *c, uint64_t after);
void changes_fini(struct changes *c);
/* Adds changes of the interval to the list until END_NS (CLOCK_MONOTONIC) or a little later; *DONE when the list
 * holds all of them. M is the state of DB; the interval ends at the revision of the first call's M. ST_GONE as
 * journal_open. */
enum status changes_list(struct changes *c, struct xap_db *db, const struct manifest *m, uint64_t end_ns, bool *done,
			 struct error *err) MUST_CHECK;
/* Learns which articles of the list were changed again between REV and M's revision. Call after changes_list
 * is done. */
enum status changes_follow(struct changes *c, struct xap_db *db, const struct manifest *m, struct error *err) MUST_CHECK;

/* A second reading of the interval, change by change. */
struct changes_walk { struct changes *changes; struct journal *journal; uint64_t count; };

enum status changes_walk_init(struct changes_walk *w, struct changes *c, struct changes_cursor from, struct xap_db *db,
			      const struct manifest *m, struct error *err) MUST_CHECK;
void changes_walk_fini(struct changes_walk *w);
/* The next change that left its article there; changes of articles that are not there at the interval's end are
 * passed over. *OUT = NULL behind the last. *AGAIN: the interval's next change of the same article, or NULL; the
 * former text that change *AGAIN tells is the article's text after CHANGE. */
enum status changes_walk_next(struct changes_walk *w, struct change *change, const struct changed **out,
			      const struct journal_cursor **again, struct error *err) MUST_CHECK;
struct changes_cursor changes_walk_tell(const struct changes_walk *w);

#endif
