/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The file: a magic of 14 bytes, the format's version (2), an identifier (16),
 * the revision, and for each of six tables: the block of its root, its depth
 * times 4 and two flags (1: it is empty, and has no root), its entries, the size of its
 * blocks in units of 2 KiB, a limit for compression, and a string with its free blocks. Numbers are
 * LEB128, the string has its length before it; figures of the whole follow.
 */
#include "engine/xapian/roots.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
#define BLOCK_UNIT 2048

#define EMPTY 1u

#define FAILED_MAX (1u << 20)   /* commits in a row: each takes a revision or two, and leaves no root of it */

struct root { uint64_t block, level, entries, units; };   /* LEVEL with the flags */

/* One table; false where the file ends in it. */
static bool
read_root(const char **at, const char *end, struct root *r)
{
	uint64_t limit, len;

	if (!leb128_get(at, end, &r->block) || !leb128_get(at, end, &r->level) ||
	    !leb128_get(at, end, &r->entries) || !leb128_get(at, end, &r->units) ||
	    !leb128_get(at, end, &limit) || !leb128_get(at, end, &len) || len > (uint64_t)(end - *at))
		return false;
	*at += len;
	return true;
}

static bool
possible(const struct root *r)
{
	uint64_t depth = r->level >> 2;

	return depth <= DEPTH_MAX && r->units > 0 && r->units <= BLOCK_UNITS_MAX && (r->units & (r->units - 1)) == 0 &&
	       ((r->level & EMPTY) == 0 || (depth == 0 && r->entries == 0));
}

static bool
read_roots(const char *at, const char *end, uint64_t *revision, struct root root[TABLES])
{
	int i;

	if (!leb128_get(&at, end, revision))
		return false;
	for (i = 0; i < TABLES; i++)
		if (!read_root(&at, end, &root[i]) || !possible(&root[i]))
			return false;
	return true;
}

/* Reads the file at NAME. *KNOWN = false where it is missing or has another format. */
static enum status
load(const char *name, bool *known, uint64_t *revision, struct root root[TABLES], struct error *err)
{
	const size_t magic = sizeof(MAGIC) - 1, version = sizeof(VERSION) - 1, head = magic + version + UUID_LEN;
	struct buf file = BUF_INIT;
	enum status st = file_read(name, FILE_MAX, &file, err);

	*known = st == ST_OK && file.len >= head && memcmp(file.data, MAGIC VERSION, magic + version) == 0;
	if (*known && !read_roots(file.data + head, file.data + file.len, revision, root))
		st = error_set(err, ST_CORRUPT, "%s: damaged", name);
	buf_fini(&file);
	return st == ST_CORRUPT || st == ST_NOMEM ? st : ST_OK;
}

enum status
xap_roots_check(const char *path, struct error *err)
{
	char *name = file_join(path, FILE_NAME);
	struct root root[TABLES];
	uint64_t revision;
	bool known;
	enum status st = name == NULL ? error_nomem(err) : load(name, &known, &revision, root, err);

	free(name);
	return st;
}

/* The revision of the root R of the table in the file NAME, which its block begins with; 0 where it cannot be read. */
static uint32_t
revision_of(const char *name, const struct root *r)
{
	unsigned char head[4] = { 0, 0, 0, 0 };
	int fd;

	if (file_open(name, O_RDONLY, &fd, NULL) != ST_OK)
		return 0;
	if (pread(fd, head, sizeof(head), (off_t)(r->block * r->units * BLOCK_UNIT)) != (ssize_t)sizeof(head))
		memset(head, 0, sizeof(head));
	close(fd);
	return (uint32_t)head[0] << 24 | (uint32_t)head[1] << 16 | (uint32_t)head[2] << 8 | (uint32_t)head[3];
}

enum status
xap_roots_check_revision(const char *path, struct error *err)
{
	static const char *const tables[TABLES] = {
		"postlist.glass", "docdata.glass", "termlist.glass", "position.glass", "spelling.glass", "synonym.glass"
	};
	char *name = file_join(path, FILE_NAME), *table;
	struct root root[TABLES];
	uint64_t revision = 0;
	uint32_t newest = 0, of;
	bool known = false;
	enum status st = name == NULL ? error_nomem(err) : load(name, &known, &revision, root, err);
	int i;

	for (i = 0; i < TABLES && known && st == ST_OK; i++) {
		if ((root[i].level & EMPTY) != 0)
			continue;
		table = file_join(path, tables[i]);
		if (table == NULL)
			st = error_nomem(err);
		of = table != NULL ? revision_of(table, &root[i]) : 0;
		newest = of > newest ? of : newest;
		free(table);
	}
	if (st == ST_OK && newest != 0 && (revision < newest || revision - newest > FAILED_MAX))
		st = error_set(err, ST_CORRUPT, "%s: damaged: revision %" PRIu64 ", where the newest table has %" PRIu32, name,
			       revision, newest);
	free(name);
	return st;
}
