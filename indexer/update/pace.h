/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decides when an update commits: by the number of articles that have come, the
 * time since which they wait, and the option --commit-every. A plain value; owns
 * nothing.
 */
#ifndef INDEXER_UPDATE_PACE_H
#define INDEXER_UPDATE_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
	bool feed;                           /* the input may pause, and its writer waits for word */
	uint64_t every_articles, every_ns;   /* --commit-every; 0: not given */
	uint64_t came, safe;     /* articles of the input so far, good or bad; articles that were committed or told */
	uint64_t waiting_ns;     /* the time when the oldest article that waits for a commit came; 0: none waits */
	uint64_t committed_ns;   /* the time of the last commit, or of the beginning */
};

/* Takes the value of --commit-every: "100", articles; "2s" or "0.5s", time. False: it is neither; a message was
 * written. */
bool pace_option(struct pace *p, const char *text);
/* Starts the clock; the first commit may come at once. */
void pace_begin(struct pace *p);
/* Counts one more article of the input, good or bad. */
void pace_came(struct pace *p);
/* Notes that all articles so far are committed. */
void pace_committed(struct pace *p);
/* Whether an article waits for a commit. */
bool pace_waits(const struct pace *p);
/* Whether as many articles came since the last commit as --commit-every says. */
bool pace_many(const struct pace *p);
/* The moment at which a commit is due (UINT64_MAX: none is in sight). FULL: no more articles may wait in memory. */
uint64_t pace_due_ns(const struct pace *p, bool full);

#endif
