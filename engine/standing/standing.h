/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Standing queries (saved searches): which articles newly match, by the changes
 * of an interval of revisions. Each change is judged by itself: it is a hit when
 * the article's version after the change matches and the version before it did
 * not match, or was not there. An article that is no longer there at the end of
 * the interval has no hits. So two intervals, one after the other, give the same
 * hits as both read as one, but for such articles: the hits after a revision do
 * not depend on where the interval began.
 *
 * The versions come from the journal of changes and from the index; a few hundred
 * at a time go into a small index in memory, on which ordinary plans run. So the
 * cost grows with the number of changes, not with the index. The work is done in
 * steps, each with any searcher that is free, however far the index has moved on
 * since the step before.
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
	uint64_t budget_ns;      /* the time for a few hundred changes; 0: no limit */
};

struct standing_hit {
	uint64_t rev;            /* the revision that made this version of the article */
	const char *id, *date, *source, *title;   /* NUL-terminated, "" when missing */
};

struct standing;

/* The interval begins after revision AFTER and ends at the revision that the first step finds. */
enum status standing_new(struct standing **out, uint64_t after, struct error *err) MUST_CHECK;
void standing_free(struct standing *r);
/* Queries are numbered from 0 as they are added. */
enum status standing_add(struct standing *r, const struct standing_query *q, struct error *err) MUST_CHECK;
/* Works for about SLICE_NS, or for one query's budget, on the newest state that S finds; *DONE when this was the last
 * step. The since: filter counts from NOW. ST_GONE: the journal of changes no longer reaches back to AFTER. A step that
 * failed can be done again. */
enum status standing_step(struct standing *r, struct searcher *s, time_t now, uint64_t slice_ns,
			  const struct xap_deadline *deadline, bool *done, struct error *err) MUST_CHECK;

/* The revision at which the interval ends; call after the last step. */
uint64_t standing_rev(const struct standing *r);
/* How many queries, from the first on, have their hits told: fewer than were added, but at least one, where the hits
 * of all would take too much memory. */
size_t standing_told(const struct standing *r);
/* Whether QUERY took longer than its budget: its hits are not known, and it has to be asked anew from the same revision. */
bool standing_late(const struct standing *r, size_t query);
/* The next hit of QUERY: *AT starts at 0; NULL at the end. Hits come in the order of their revisions, within a
 * revision newest article first, then by id. */
const struct standing_hit *standing_next(const struct standing *r, size_t query, size_t *at);

/* Whether Q can be evaluated: fails with the error that SEARCH would answer. */
enum status standing_check(struct searcher *s, const struct standing_query *q, time_t now, struct error *err) MUST_CHECK;
/* ST_GONE when the journal of changes does not reach back to revision AFTER, or when AFTER is yet to come. */
enum status standing_reaches(struct searcher *s, uint64_t after, struct error *err) MUST_CHECK;

#endif
