/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How a new generation replaces the generation in use. While the new one is made,
 * commits go on in the old one. The takeover copies the articles that these
 * commits changed, and the journal of changes; compares the old contents with the
 * new, which gives the journal's entry for the switch; and switches CURRENT.
 * Whatever takes long is done before INDEX/LOCK is held.
 *
 *	takeover_begin       before anything is read
 *	...                  the new generation is made
 *	takeover_switch
 *
 * takeover.c copies, takeover_switch.c compares and switches. Owns its store and
 * its memory; the target's members are borrowed.
 */
#ifndef INDEXER_GENERATION_TAKEOVER_H
#define INDEXER_GENERATION_TAKEOVER_H

#include "engine/store/journal.h"
#include "engine/store/store.h"
#include "indexer/generation/maker.h"
#include "indexer/ids/ids.h"
#include "indexer/ids/origins.h"
#include "indexer/write/writer.h"

/* The generation that comes into use. */
struct target {
	char *dir;                   /* the folder of its database: maker->generation.db, or generation NUMBER's */
	uint32_t number;             /* 0: takeover_switch chooses the next number */
	const struct buf *dict;      /* its dictionary */
	struct origins *origins;     /* the origins of its articles */
	struct manifest *m;          /* its figures; becomes its state */
	const struct ids *also;      /* articles to copy in any case; NULL: none */
	bool same;                   /* it holds the contents of the generation in use, not contents of its own */
};

struct takeover {
	struct maker *maker;
	struct store *store;         /* the generation in use; NULL: there is none that can be read */
	struct origins origins;      /* the origins of its articles */
	uint64_t rev;                /* the target has its changes up to this revision */
	bool also_taken;             /* target->also was copied */
	uint64_t taken;              /* articles copied or removed after commits */
	/* private */
	struct ids touched;          /* articles copied or removed: the same in both generations */
	uint64_t copied, floor, entries;   /* the copied journal: its last revision, its first, its number of changes */
	struct journal_entry *entry; /* the changes from the old contents to the new; NULL: they cannot be told */
	bool too_many;               /* there are more changes than a journal keeps */
	struct buf doubt;            /* the id that seemed damaged when it was last read, or "journal" */
	struct buf work;
	struct article article;
};

/* Opens the generation in use. Succeeds also where there is none, or none that can be read: t->store is NULL
 * then, and WHY says why a generation cannot be read (its status is ST_OK otherwise), for the caller to judge. */
enum status takeover_begin(struct takeover *t, struct maker *maker, struct error *why, struct error *err) MUST_CHECK;
/* Changes A, an article of t->store, into an article of a new generation: replaces its origin's number by NEW's number
 * for the same file. */
enum status takeover_origin(struct takeover *t, struct origins *new, struct article *a, struct error *err) MUST_CHECK;
/* Notes that the target is made from a copy of the generation in use, taken when its state was M. */
void takeover_from_copy(struct takeover *t, const struct manifest *m);
/* Follows the last commits and switches CURRENT: after ST_OK the target is in use. */
enum status takeover_switch(struct takeover *t, const struct target *n, struct error *err) MUST_CHECK;
void takeover_fini(struct takeover *t);

/* ---- between the two files ---- */

/* Copies through W the articles that were committed since the last round; *COUNT is their number. */
enum status takeover_round(struct takeover *t, const struct target *n, struct writer *w, uint64_t *count, struct error *err) MUST_CHECK;
/* Reads document DOCID of the store, the article ID, into t->article. Text that seems damaged may have been replaced
 * by a commit meanwhile: ST_STALE the first time, to read the article again; ST_CORRUPT the second. */
enum status takeover_article(struct takeover *t, uint32_t docid, const char *id, size_t len, struct error *err) MUST_CHECK;

#endif
