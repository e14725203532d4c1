/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What an interval of revisions changed, from the journal of changes: its
 * articles, for each change of one that the interval changes again where that
 * next change is, and what became of them after it. Owns its strings.
 */
#ifndef ENGINE_STANDING_CHANGES_H
#define ENGINE_STANDING_CHANGES_H

#include "base/arena.h"
#include "engine/store/journal.h"

struct changed {
	const char *id;
	size_t len;
	uint32_t hash;
	uint64_t first, last;    /* which of the interval's changes are its first and its last, from 0 */
	size_t again;            /* its second: index of a struct again + 1; 0: none */
	bool there;              /* at the interval's end */
	bool later;              /* changed again after the interval: at its end it was ... */
	const char *version;     /* ... this record, packed as in the journal, or (NULL) not there */
	size_t version_len;
};

/* A change of an article that the interval changed before. */
struct again {
	uint64_t count;          /* which of the interval's changes */
	struct journal_place at;
	size_t next;             /* of the same article: index of another + 1; 0: none */
};

/* Where a reading of the journal stands. */
struct changes_place { struct journal_place at; uint64_t count; };

struct changes {
	struct arena arena;
	struct changed *list;
	size_t n, cap;
	struct again *again;     /* in their order */
	size_t nagain, again_cap;
	uint32_t *slot;          /* a hash table: index of an entry + 1; 0: free */
	size_t nslots;
	uint64_t after, rev;     /* the interval: after AFTER up to REV */
	uint64_t looked;         /* the changes after REV up to this revision are known, too */
	struct changes_place begin, listed;   /* the interval's begin; up to where it is in the list */
};

enum status changes_init(struct changes *c, uint64_t after, struct error *err) MUST_CHECK;
void changes_fini(struct changes *c);
/* Lists the changes of the interval, which ends at the revision of the first call's M (the state of DB), until
 * END_NS (CLOCK_MONOTONIC) or a little later; *DONE when all are in the list. ST_GONE as journal_open. May be called again
 * after a failure, as all of these. */
enum status changes_list(struct changes *c, struct xap_db *db, const struct manifest *m, uint64_t end_ns, bool *done,
			 struct error *err) MUST_CHECK;
/* Once they are: learns what was changed again between REV and M's revision. */
enum status changes_follow(struct changes *c, struct xap_db *db, const struct manifest *m, struct error *err) MUST_CHECK;

/* Reads the interval again. */
struct changes_walk { struct changes *changes; struct journal *journal; uint64_t count; };

enum status changes_walk_init(struct changes_walk *w, struct changes *c, struct changes_place from, struct xap_db *db,
			      const struct manifest *m, struct error *err) MUST_CHECK;
void changes_walk_fini(struct changes_walk *w);
/* The next change that left its article there, of those that are there at the interval's end; *OUT = NULL behind the
 * last. *AGAIN: where the interval changes it next, or NULL; what it was in between is what that changed. */
enum status changes_walk_next(struct changes_walk *w, struct change *change, const struct changed **out,
			      const struct journal_place **again, struct error *err) MUST_CHECK;
struct changes_place changes_walk_tell(const struct changes_walk *w);

#endif
