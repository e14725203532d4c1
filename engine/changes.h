/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The articles that an interval of revisions changed, each once, from the
 * journal of changes; and what became of them after it. Owns its strings.
 */
#ifndef ENGINE_CHANGES_H
#define ENGINE_CHANGES_H

#include "engine/arena.h"
#include "engine/journal.h"

struct changed {
	const char *id;
	size_t len;
	uint32_t hash;
	uint64_t first;          /* which of the interval's changes was the first of it, from 0 */
	uint64_t rev;            /* of the last in the interval */
	bool later;              /* changed again after the interval: at its end it was ... */
	const char *version;     /* ... this record, packed as in the journal, or (NULL) not there */
	size_t version_len;
};

/* Where a reading of the journal stands. */
struct changes_place { struct journal_place at; uint64_t count; };

struct changes {
	struct arena arena;
	struct changed *list;
	size_t n, cap;
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
/* The next change that is the first of its article; *OUT = NULL at the end. */
enum status changes_walk_next(struct changes_walk *w, struct change *change, const struct changed **out,
			      struct error *err) MUST_CHECK;
struct changes_place changes_walk_tell(const struct changes_walk *w);

#endif
