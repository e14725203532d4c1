/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The merge tree: decides which segments (small databases, in the order of the
 * input) are merged next, so that there are never too many. It knows names and
 * states only; shards.c does the work. Owns its list.
 */
#ifndef INDEXER_BUILD_MERGE_H
#define INDEXER_BUILD_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum segment_state { SEGMENT_BUILDING, SEGMENT_READY, SEGMENT_MERGING };

struct segment {
	uint32_t name;       /* the number of its folder */
	uint32_t into;       /* MERGING: the name of the segment that it is merged into */
	unsigned level;      /* how many merges its contents have been through */
	enum segment_state state;
};

struct merge_tree {
	struct segment *seg; /* in the order of the input */
	size_t n, cap;
	uint32_t next_name;
	size_t fan_in;       /* while articles are read, so many neighbours of one level are merged */
	size_t last_fan_in;  /* the last merge may take so many segments */
};

void merge_tree_init(struct merge_tree *t, size_t fan_in, size_t last_fan_in);
void merge_tree_fini(struct merge_tree *t);
/* Adds a segment that is being built at the end. */
enum status merge_tree_add(struct merge_tree *t, uint32_t *name) MUST_CHECK;
void merge_tree_ready(struct merge_tree *t, uint32_t name);
/* Picks the next segments to merge, *N from *AT on, and marks them; *INTO is the name of
 * the segment that they become. CLOSED: no segment will be added any more. */
bool merge_tree_pick(struct merge_tree *t, bool closed, size_t *at, size_t *n, uint32_t *into);
/* Notes that INTO is made: it stands in place of the segments that were merged. */
void merge_tree_merged(struct merge_tree *t, uint32_t into);
/* Whether only the last merge is left to do, given that no segment will be added. */
bool merge_tree_done(const struct merge_tree *t);

#endif
