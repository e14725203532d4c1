/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Standing queries: which articles newly match, by the changes of an interval
 * of revisions. Each change is judged by itself: it is a hit when the article's
 * version after it matches and the one before it did not (or was not there).
 * An article that is no longer there at the end of the interval has no hits.
 * So the hits of two intervals one after the other are those of both as one,
 * but for such articles: what comes after a revision does not depend on where
 * the interval began.
 *
 * The versions come from the journal of changes and the index, go into small
 * indexes in memory by some hundreds, and the ordinary plans run on those: what it
 * costs grows with what changed, not with the index. The work is done in steps,
 * each by whichever searcher is at hand, however far the index has moved on
 * meanwhile.
 *
 * A struct standing owns its copies of the queries and its results.
 */
#ifndef ENGINE_STANDING_STANDING_H
#define ENGINE_STANDING_STANDING_H

#include "engine/search/search.h"

struct standing_query {
	const char *text;
	size_t len;
	bool match_all;
	const char *from, *to;   /* ISO dates or NULL */
	struct plan_options plan;
};

struct standing_hit {
	uint64_t rev;            /* of the change, after which the article was as follows */
	const char *id, *date, *source, *title;   /* NUL-terminated, "" when missing */
};

struct standing;

/* For the changes after revision AFTER, up to that of the first step. */
enum status standing_new(struct standing **out, uint64_t after, struct error *err) MUST_CHECK;
void standing_free(struct standing *r);
/* Queries are numbered from 0 as they are added. */
enum status standing_add(struct standing *r, const struct standing_query *q, struct error *err) MUST_CHECK;
/* Works for about SLICE_NS on the newest state that S finds; *DONE when that was the last step. NOW is what
 * since: counts from. ST_GONE: the journal of changes no longer reaches back to AFTER. After any failure
 * the step can be done again. */
enum status standing_step(struct standing *r, struct searcher *s, time_t now, uint64_t slice_ns,
			  const struct xap_deadline *deadline, bool *done, struct error *err) MUST_CHECK;

/* Once done: the revision that it reaches to. */
uint64_t standing_rev(const struct standing *r);
/* How many of the queries, from the first, it tells of: fewer than there are (but one at least) when
 * the results of all would take too much memory. */
size_t standing_told(const struct standing *r);
/* The hits of QUERY one after the other: *AT starts at 0; NULL at the end. In order of their revisions,
 * newest first and by id within each. */
const struct standing_hit *standing_next(const struct standing *r, size_t query, size_t *at);

/* Whether Q can be evaluated at all: what SEARCH would answer to it. */
enum status standing_check(struct searcher *s, const struct standing_query *q, time_t now, struct error *err) MUST_CHECK;
/* ST_GONE when the journal of changes does not reach back to revision AFTER, or there is none such yet. */
enum status standing_reaches(struct searcher *s, uint64_t after, struct error *err) MUST_CHECK;

#endif
