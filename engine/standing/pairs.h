/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The next few hundred changes of an interval of revisions, and a small index in
 * memory that holds for each change the article's version before and the version
 * after it. Owns both.
 *
 * Call pairs_drop after each pairs_fill, also after one that failed.
 */
#ifndef ENGINE_STANDING_PAIRS_H
#define ENGINE_STANDING_PAIRS_H

#include "engine/search/searcher.h"
#include "engine/standing/changes.h"
#include "engine/standing/delta.h"

#define PAIRS_MAX 256   /* changes on which the queries run together */

/* A change, and the document numbers of the article's versions; 0: the article was not there. */
struct pair {
	const struct changed *changed;
	uint64_t rev;
	const struct journal_cursor *again;   /* the article's next change in the interval, or NULL */
	uint32_t before, after;
};

struct pairs {
	struct delta delta;
	struct pair pair[PAIRS_MAX];
	size_t npairs;
	uint32_t owner[2 * PAIRS_MAX + 1];      /* by document number: index of the pair whose AFTER it is, + 1; or 0 */
	struct changes_cursor cursor;           /* behind the last change read */
	bool end;                               /* it was the interval's last */
	struct document_builder *builder;
	struct zstream_unpacker *texts;         /* unpacks the journal's records */
	struct article article;                 /* work memory */
};

enum status pairs_init(struct pairs *v, struct error *err) MUST_CHECK;
void pairs_fini(struct pairs *v);
/* Reads the changes of C's interval from FROM on, and fills the small index. changes_follow has brought C up to
 * the state of S. The delta is complete unless it has no articles. */
enum status pairs_fill(struct pairs *v, struct changes *c, struct changes_cursor from, struct searcher *s,
		       const struct wanted *wanted, struct error *err) MUST_CHECK;
void pairs_drop(struct pairs *v);

#endif
