/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The head of a block: its revision (4 bytes), its level in the tree (0 is a
 * leaf, 254 a block of the list of free ones), two figures of free room (2
 * bytes each), and the end of its directory (2 bytes), which begins behind the
 * head and has entries of 2 bytes. Most significant bytes first.
 */
#include "engine/xapian/blocks.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define HEAD 11
#define ENTRY 2
#define LEVEL 4
#define LEVEL_FREE_LIST 254
#define DIRECTORY_END 9
/* Of every database of ours; a larger block begins where one of these does. */
#define BLOCK 8192
#define DATA_TABLES 2     /* come first */

static bool
possible(const unsigned char head[HEAD])
{
	static const unsigned char unused[HEAD];
	unsigned end = (unsigned)head[DIRECTORY_END] << 8 | head[DIRECTORY_END + 1];

	if (head[LEVEL] == LEVEL_FREE_LIST || memcmp(head, unused, HEAD) == 0)
		return true;
	return end >= HEAD && end <= BLOCK && (end - HEAD) % ENTRY == 0;
}

static enum status
check_table(const char *name, uint64_t max_bytes, struct error *err)
{
	unsigned char head[HEAD];
	enum status st = ST_OK;
	struct stat sb;
	off_t at;
	int fd = open(name, O_RDONLY | O_CLOEXEC);

	/* What is missing is left for libxapian to tell. */
	if (fd < 0)
		return ST_OK;
	if (fstat(fd, &sb) != 0)
		st = error_errno(err, errno, "%s", name);
	else if ((uint64_t)sb.st_size > max_bytes)
		sb.st_size = 0;
	for (at = 0; st == ST_OK && at + BLOCK <= sb.st_size; at += BLOCK) {
		ssize_t n = pread(fd, head, sizeof(head), at);

		if (n < 0 && errno == EINTR)
			at -= BLOCK;
		else if (n < 0)
			st = error_errno(err, errno, "%s", name);
		else if (n == (ssize_t)sizeof(head) && !possible(head))
			st = error_set(err, ST_CORRUPT, "%s: damaged in the block at byte %" PRIu64, name, (uint64_t)at);
	}
	close(fd);
	return st;
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
