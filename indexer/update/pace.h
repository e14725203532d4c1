/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * When an update is to commit: how much has come and since when it waits, and
 * what was asked for with --commit-every. A plain value; owns nothing.
 */
#ifndef INDEXER_UPDATE_PACE_H
#define INDEXER_UPDATE_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
	bool feed;                           /* the input may pause, and who wrote to it waits for word */
	uint64_t every_articles, every_ns;   /* 0: not asked */
	uint64_t came, safe;     /* articles and bad ones of the input so far; those told or committed */
	uint64_t waiting_ns;     /* since when something waits for a commit; 0: nothing */
	uint64_t committed_ns;   /* the last commit, or the beginning */
};

/* Takes the value of --commit-every: "100", articles; "2s" or "0.5s", time. False: it is neither, which is told. */
bool pace_option(struct pace *p, const char *text);
/* From here on time counts; the first commit may be at once. */
void pace_begin(struct pace *p);
/* One more article of the input, good or bad. */
void pace_came(struct pace *p);
/* All that came is committed now. */
void pace_committed(struct pace *p);
/* Whether something came since. */
bool pace_waits(const struct pace *p);
/* Whether as many came since the last commit as was asked. */
bool pace_many(const struct pace *p);
/* The moment at which a commit is due (UINT64_MAX: none is in sight). FULL: what waits in memory is as much as may. */
uint64_t pace_due_ns(const struct pace *p, bool full);

#endif
