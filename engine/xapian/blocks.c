/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The head of a block: its revision (4 bytes), its level in the tree (0 is a
 * leaf, 254 a block of the list of free ones), the free room before the first item (or less)
 * and in all (2 bytes each), and the end of its directory (2 bytes), which begins behind
 * the head and has entries of 2 bytes: where the items are. Items fill the block up to its
 * end, with gaps. An item of a leaf begins with 2 bytes, of which 13 bits are its length but for
 * 3 bytes; one of another block has 4 bytes, the length of its key but for 3 bytes in one more, and the key. Most
 * significant bytes first.
 */
#include "engine/xapian/blocks.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

#define HEAD 11
#define ENTRY 2
#define LEVEL 4
#define LEVEL_FREE_LIST 254
#define ROOM_FIRST 5         /* may be less than there is */
#define ROOM 7
#define DIRECTORY_END 9
/* Of every database of ours; a larger block begins where one of these does. */
#define BLOCK 8192
#define LEAF_ITEM 3u         /* bytes of an empty one */
#define LENGTH_BITS 0x1FFFu
#define BRANCH_ITEM 7u
#define KEY_LENGTH 4
#define READ_BLOCKS 16
#define DAMAGED_TRIES 3
#define DATA_TABLES 2     /* come first */

static unsigned
two(const unsigned char *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

/* Whether all items of BLOCK, whose directory ends at END, are in it, and leave the room that its head tells of. */
static bool
items_fit(const unsigned char block[BLOCK], unsigned end)
{
	const bool leaf = block[LEVEL] == 0;
	unsigned at, first = BLOCK, room = BLOCK - end;

	for (at = HEAD; at < end; at += ENTRY) {
		unsigned item = two(block + at), size;

		if (item < end || item + (leaf ? LEAF_ITEM : BRANCH_ITEM) > BLOCK)
			return false;
		size = leaf ? (two(block + item) & LENGTH_BITS) + LEAF_ITEM : block[item + KEY_LENGTH] + BRANCH_ITEM;
		if (item + size > BLOCK || size > room)
			return false;
		room -= size;
		first = item < first ? item : first;
	}
	return two(block + ROOM_FIRST) <= first - end && two(block + ROOM) == room;
}

static bool
possible(const unsigned char block[BLOCK])
{
	static const unsigned char unused[HEAD];
	unsigned end = two(block + DIRECTORY_END);

	if (block[LEVEL] == LEVEL_FREE_LIST || memcmp(block, unused, HEAD) == 0)
		return true;
	return end >= HEAD && end <= BLOCK && (end - HEAD) % ENTRY == 0 && items_fit(block, end);
}

/* Whether the block at AT of FD is damaged: one that is written just now looks so, too, but not for long. */
static bool
is_damaged(int fd, off_t at)
{
	const struct timespec pause = { 0, 10000000 };
	unsigned char block[BLOCK];
	int i;

	for (i = 0; i < DAMAGED_TRIES; i++) {
		if (pread(fd, block, sizeof(block), at) != (ssize_t)sizeof(block) || possible(block))
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

static enum status
check_blocks(int fd, const char *name, off_t size, unsigned char *room, struct error *err)
{
	off_t at, in;

	for (at = 0; at + BLOCK <= size; at += in) {
		ssize_t n = pread(fd, room, READ_BLOCKS * BLOCK, at);

		if (n < 0 && errno != EINTR)
			return error_errno(err, errno, "%s", name);
		for (in = 0; in + BLOCK <= n; in += BLOCK)
			if (!possible(room + in) && is_damaged(fd, at + in))
				return error_set(err, ST_CORRUPT, "%s: damaged in the block at byte %" PRIu64, name,
						 (uint64_t)(at + in));
		if (n >= 0 && in == 0)
			break;
	}
	return ST_OK;
}

static enum status
check_table(const char *name, uint64_t max_bytes, struct error *err)
{
	unsigned char *room = malloc(READ_BLOCKS * BLOCK);
	struct stat sb;
	int fd = -1;
	enum status st = room == NULL ? error_nomem(err) : file_open(name, O_RDONLY, &fd, err);

	if (st == ST_OK) {
		if (fstat(fd, &sb) != 0)
			st = error_errno(err, errno, "%s", name);
		else if ((uint64_t)sb.st_size <= max_bytes)
			st = check_blocks(fd, name, sb.st_size, room, err);
	}
	if (fd >= 0)
		close(fd);
	free(room);
	/* What is missing, or closed to us, is left for libxapian to tell. */
	return st == ST_NOTFOUND || (st == ST_IO && fd < 0) ? ST_OK : st;
}

enum status
xap_blocks_check(const char *path, bool data_only, uint64_t max_bytes, struct error *err)
{
	static const char *const tables[] = { "postlist.glass", "docdata.glass", "termlist.glass", "position.glass" };
	const size_t n = data_only ? DATA_TABLES : sizeof(tables) / sizeof(tables[0]);
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < n && st == ST_OK; i++) {
		char *name = file_join(path, tables[i]);

		st = name == NULL ? error_nomem(err) :
			check_table(name, max_bytes, err);
		free(name);
	}
	return st;
}
