/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The merge tree: which of the small databases, in the order of the input, are
 * to be merged into one next, so that there are never too many of them. It
 * knows names and states only; the work is shards.c's. Owns its list.
 */
#ifndef INDEXER_BUILD_MERGE_H
#define INDEXER_BUILD_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum segment_state { SEGMENT_BUILDING, SEGMENT_READY, SEGMENT_MERGING };

struct segment {
	uint32_t name;       /* of its folder */
	uint32_t into;       /* MERGING: the name of what it becomes part of */
	unsigned level;      /* how many merges its contents have been through */
	enum segment_state state;
};

struct merge_tree {
	struct segment *seg; /* in the order of the input */
	size_t n, cap;
	uint32_t next_name;
	size_t fan_in;       /* so many neighbours of one level are merged while reading */
	size_t last_fan_in;  /* so many may be left for the last merge */
};

void merge_tree_init(struct merge_tree *t, size_t fan_in, size_t last_fan_in);
void merge_tree_fini(struct merge_tree *t);
/* Adds a segment that is being built at the end. */
enum status merge_tree_add(struct merge_tree *t, uint32_t *name) MUST_CHECK;
void merge_tree_ready(struct merge_tree *t, uint32_t name);
/* The next run to merge: N segments from AT on, marked; *INTO is the name of
 * what they become. CLOSED: no segment will be added any more. */
bool merge_tree_pick(struct merge_tree *t, bool closed, size_t *at, size_t *n, uint32_t *into);
/* INTO is there, in place of its parts. */
void merge_tree_merged(struct merge_tree *t, uint32_t into);
/* Whether only the last merge is left to do, given that no segment will be added. */
bool merge_tree_done(const struct merge_tree *t);

#endif
