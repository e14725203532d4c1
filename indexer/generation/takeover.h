/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How every new generation takes the place of the one in use. What was
 * committed since the work on it began is taken over from the stored texts,
 * the revision and the journal of changes go on, what differs between the old
 * contents and the new becomes the journal's entry of the switch, and CURRENT
 * is switched: all that is long before INDEX/LOCK is held, the rest with it.
 *
 *	takeover_begin       before anything is read
 *	...                  the new generation is made
 *	takeover_switch
 *
 * takeover.c follows the commits, takeover_switch.c ends it. Owns its store and its
 * memory; the target's members are borrowed.
 */
#ifndef INDEXER_GENERATION_TAKEOVER_H
#define INDEXER_GENERATION_TAKEOVER_H

#include "engine/store/journal.h"
#include "engine/store/store.h"
#include "indexer/generation/maker.h"
#include "indexer/ids/ids.h"
#include "indexer/ids/origins.h"
#include "indexer/write/writer.h"

/* The generation that is to be used. */
struct target {
	char *dir;                   /* its database: maker->generation.db, or the folder of a number */
	uint32_t number;             /* 0: a new one is to be chosen */
	const struct buf *dict;      /* of its texts */
	struct origins *origins;     /* of its articles */
	struct manifest *m;          /* its figures; becomes its state */
	const struct ids *also;      /* articles to be copied in any case; NULL: none */
	bool same;                   /* it is to hold what the one in use holds, not contents of its own */
};

struct takeover {
	struct maker *maker;
	struct store *store;         /* the generation in use; NULL: none, or none that can be read */
	struct origins origins;      /* of its articles */
	uint64_t rev;                /* up to which its changes are in the new one */
	bool also_taken;
	uint64_t taken;              /* articles copied or removed after commits */
	/* the rest is its own */
	struct ids touched;          /* they are the same in both by now */
	uint64_t copied, floor, entries;   /* of the journal: up to which revision it was copied, from which, how many */
	struct journal_entry *entry; /* of what differs; NULL: there is nothing that it could be told by */
	bool too_many;               /* more than a journal keeps */
	struct buf doubt;            /* what seemed damaged when it was read last */
	struct buf work;
	struct article article;
};

/* Opens the generation in use. That there is none is well; WHY says what is wrong with one that cannot
 * be read (its status is ST_OK otherwise), which is for the caller to judge. */
enum status takeover_begin(struct takeover *t, struct maker *maker, struct error *why, struct error *err) MUST_CHECK;
/* An article of t->store becomes one of a new generation: its origin's number is that of NEW from now on. */
enum status takeover_origin(struct takeover *t, struct origins *new, struct article *a, struct error *err) MUST_CHECK;
/* Notes that the copy with state M of the generation in use is what the new one is made of. */
void takeover_from_copy(struct takeover *t, const struct manifest *m);
/* Ends the work: when it returns ST_OK the target is in use. */
enum status takeover_switch(struct takeover *t, const struct target *n, struct error *err) MUST_CHECK;
void takeover_fini(struct takeover *t);

/* ---- between the two files ---- */

/* Takes over, through W, what was committed since the last round; *N is how many articles that were. */
enum status takeover_round(struct takeover *t, const struct target *n, struct writer *w, uint64_t *count, struct error *err) MUST_CHECK;
/* An article of the store by its document, into t->article. ST_STALE where it may be that a commit came
 * in between; ST_CORRUPT once that is sure not to be so. */
enum status takeover_article(struct takeover *t, uint32_t docid, const char *id, size_t len, struct error *err) MUST_CHECK;

#endif
