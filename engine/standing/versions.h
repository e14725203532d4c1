/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The next changes of an interval of revisions, by some hundreds, as a small
 * index in memory that holds for each the article's version before it and that
 * after it. Owns all of that.
 */
#ifndef ENGINE_STANDING_VERSIONS_H
#define ENGINE_STANDING_VERSIONS_H

#include "engine/search/searcher.h"
#include "engine/standing/changes.h"
#include "engine/standing/part.h"

#define VERSIONS_MAX 256         /* changes looked at together */

/* A change; its versions by their document numbers, 0: none. */
struct pair {
	const struct changed *changed;
	uint64_t rev;
	const struct journal_place *again;   /* the article's next change in the interval, or NULL */
	uint32_t before, after;
};

struct versions {
	struct part part;
	struct pair pair[VERSIONS_MAX];
	size_t npairs;
	uint32_t owner[2 * VERSIONS_MAX + 1];   /* by document number: index of a pair + 1 where it is the version after */
	struct changes_place place;             /* behind these changes */
	bool end;                               /* none come behind them */
	struct document_builder *builder;
	struct zstream_unpacker *texts;                /* of the journal */
	struct article article;                 /* work memory */
};

enum status versions_init(struct versions *v, struct error *err) MUST_CHECK;
void versions_fini(struct versions *v);
/* Those of C's interval that come at FROM, with C up to the state of S; the part is complete unless it has no
 * articles. To be followed by versions_drop, also after a failure. */
enum status versions_fill(struct versions *v, struct changes *c, struct changes_place from, struct searcher *s,
			  const struct wanted *wanted, struct error *err) MUST_CHECK;
void versions_drop(struct versions *v);

#endif
