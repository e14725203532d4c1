/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Compacts the index beside a feed, in a process of its own, so that the
 * feed goes on reading. Owns the process: aside_end ends it.
 */
#ifndef INDEXER_UPDATE_ASIDE_H
#define INDEXER_UPDATE_ASIDE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct aside {
	pid_t pid;              /* 0: none is at work */
	uint64_t looked_ns;
};

/* Looks now and then whether compacting INDEX pays, and starts it. In the new process, LET_GO releases the feed's
 * resources. Call while no lock is held and no thread runs. */
void aside_compact(struct aside *a, const char *index, bool quiet, void (*let_go)(void *arg), void *arg);
void aside_end(struct aside *a);

#endif
