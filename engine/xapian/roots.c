/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The file: a magic of 14 bytes, the format's version (2), an identifier (16),
 * the revision, and for each of six tables: the block of its root, its depth
 * times 4 and two flags, its entries, the size of its blocks in units of 2 KiB,
 * a limit for compression, and a string with its free blocks. Numbers are
 * LEB128, the string has its length before it; figures of the whole follow.
 */
#include "engine/xapian/roots.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/leb128.h"

#define FILE_NAME "iamglass"
#define FILE_MAX 65536
#define MAGIC "\x0f\x0dXapian Glass"
#define VERSION "\x04\x6e"    /* of Xapian 1.4 */
#define UUID_LEN 16
#define TABLES 6
#define DEPTH_MAX 9           /* the deepest tree that libxapian has room for */
#define BLOCK_UNITS_MAX 32

/* One table; false where the file ends in it. */
static bool
read_root(const char **at, const char *end, uint64_t *depth, uint64_t *units)
{
	uint64_t root, entries, limit, len;

	if (!leb128_get(at, end, &root) || !leb128_get(at, end, depth) ||
	    !leb128_get(at, end, &entries) || !leb128_get(at, end, units) ||
	    !leb128_get(at, end, &limit) || !leb128_get(at, end, &len) || len > (uint64_t)(end - *at))
		return false;
	*depth >>= 2;
	*at += len;
	return true;
}

static bool
possible(const char *at, const char *end)
{
	uint64_t revision, depth, units;
	int i;

	if (!leb128_get(&at, end, &revision))
		return false;
	for (i = 0; i < TABLES; i++)
		if (!read_root(&at, end, &depth, &units) || depth > DEPTH_MAX ||
		    units == 0 || units > BLOCK_UNITS_MAX || (units & (units - 1)) != 0)
			return false;
	return true;
}

enum status
xap_roots_check(const char *path, struct error *err)
{
	const size_t magic = sizeof(MAGIC) - 1, version = sizeof(VERSION) - 1, head = magic + version + UUID_LEN;
	char *name = file_join(path, FILE_NAME);
	struct buf file = BUF_INIT;
	enum status st;

	if (name == NULL)
		return error_nomem(err);
	st = file_read(name, FILE_MAX, &file, err);
	if (st == ST_OK && file.len >= head && memcmp(file.data, MAGIC VERSION, magic + version) == 0 &&
	    !possible(file.data + head, file.data + file.len))
		st = error_set(err, ST_CORRUPT, "%s: damaged", name);
	buf_fini(&file);
	free(name);
	return st == ST_CORRUPT || st == ST_NOMEM ? st : ST_OK;
}
