/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "engine/store/sums.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xxhash.h>

#include "base/file.h"
#include "engine/store/files.h"

#define READ_BYTES (256 * 1024)
#define TEXT_MAX 65536

struct sum { uint64_t hash, size; };

static enum status
hash_open(int fd, const char *path, char *room, XXH3_state_t *state, struct sum *out, struct error *err)
{
	ssize_t n;

	XXH3_64bits_reset(state);
	out->size = 0;
	while ((n = read(fd, room, READ_BYTES)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, errno, "%s", path);
		XXH3_64bits_update(state, room, (size_t)n);
		out->size += (uint64_t)n;
	}
	out->hash = XXH3_64bits_digest(state);
	return ST_OK;
}

static enum status
hash_file(const char *dir, const char *name, struct sum *out, struct error *err)
{
	char *path = file_join(dir, name), *room = malloc(READ_BYTES);
	XXH3_state_t *state = XXH3_createState();
	enum status st;
	int fd = -1;

	if (path == NULL || room == NULL || state == NULL) {
		st = error_nomem(err);
	} else {
		st = file_open(path, O_RDONLY, &fd, err);
		if (st == ST_OK)
			st = hash_open(fd, path, room, state, out, err);
	}
	if (fd >= 0)
		close(fd);
	XXH3_freeState(state);
	free(room);
	free(path);
	return st;
}

static enum status
add_files(const char *dir, struct buf *out, struct error *err)
{
	enum status st = ST_OK;
	const char *name;
	struct sum sum;
	size_t i;

	for (i = 0; st == ST_OK && (name = files_name(i)) != NULL; i++) {
		if (strcmp(name, SUMS_NAME) == 0)
			continue;
		st = hash_file(dir, name, &sum, err);
		if (st == ST_OK)
			buf_addf(out, "%016" PRIx64 " %" PRIu64 " %s\n", sum.hash, sum.size, name);
		if (st == ST_NOTFOUND)
			st = ST_OK;
	}
	return st;
}

enum status
sums_take(const char *dir, uint64_t rev, struct buf *out, struct error *err)
{
	size_t begin = out->len;
	enum status st;

	buf_addf(out, "rev %" PRIu64 "\n", rev);
	st = add_files(dir, out, err);
	if (st == ST_OK && buf_status(out) == ST_OK)
		buf_addf(out, "sum %016" PRIx64 "\n", (uint64_t)XXH3_64bits(out->data + begin, out->len - begin));
	if (st == ST_OK && buf_status(out) != ST_OK)
		st = error_nomem(err);
	return st;
}

/* Reads DIR/sums and checks its own sum; *LEN is the length of all lines before the last. */
static enum status
read_text(const char *dir, struct buf *text, size_t *len, struct error *err)
{
	char *path = file_join(dir, SUMS_NAME), last[32];
	enum status st;

	st = path == NULL ? error_nomem(err) : file_read(path, TEXT_MAX, text, err);
	*len = text->len;
	if (st == ST_OK && text->len > 1) {
		for (--*len; *len > 0 && text->data[*len - 1] != '\n'; --*len)
			;
		snprintf(last, sizeof(last), "sum %016" PRIx64 "\n", (uint64_t)XXH3_64bits(text->data, *len));
	}
	if (st == ST_TOO_LARGE || (st == ST_OK && (text->len <= 1 || strcmp(text->data + *len, last) != 0 ||
						   memchr(text->data, '\0', text->len) != NULL)))
		st = error_set(err, ST_CORRUPT, "%s: damaged", path);
	free(path);
	return st;
}

/* A file that cannot be read differs; that there is no memory says nothing of it. */
static enum status
compare_file(const char *dir, const char *name, const struct sum *want,
	     void (*fn)(void *arg, const char *name, const char *why), void *arg, struct error *err)
{
	struct error why;
	struct sum got;
	enum status st = hash_file(dir, name, &got, &why);

	if (st == ST_NOMEM)
		return error_set(err, st, "%s", why.text);
	if (st != ST_OK)
		fn(arg, name, why.text);
	else if (got.size != want->size)
		fn(arg, name, "its length is not the one that was written");
	else if (got.hash != want->hash)
		fn(arg, name, "its bytes are not those that were written");
	return ST_OK;
}

enum status
sums_compare(const char *dir, uint64_t rev, bool *known,
	     void (*fn)(void *arg, const char *name, const char *why), void *arg, struct error *err)
{
	struct buf text = BUF_INIT;
	uint64_t of = 0;
	char *line, *rest;
	size_t len;
	enum status st = read_text(dir, &text, &len, err);

	*known = st == ST_OK && sscanf(text.data, "rev %" SCNu64 "\n", &of) == 1 && of == rev;
	if (*known) {
		text.data[len] = '\0';
		strtok_r(text.data, "\n", &rest);
		while (st == ST_OK && (line = strtok_r(NULL, "\n", &rest)) != NULL) {
			struct sum want;
			int name = 0;

			if (sscanf(line, "%16" SCNx64 " %" SCNu64 " %n", &want.hash, &want.size, &name) == 2 && name > 0 &&
			    files_known(line + name))
				st = compare_file(dir, line + name, &want, fn, arg, err);
		}
	}
	buf_fini(&text);
	return st == ST_NOTFOUND ? ST_OK : st;
}

enum status
sums_drop(const char *dir, struct error *err)
{
	static const char *const names[] = { SUMS_NAME, SUMS_NEW };
	enum status st = ST_OK;
	bool gone = false;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]) && st == ST_OK; i++) {
		char *path = file_join(dir, names[i]);

		if (path == NULL)
			st = error_nomem(err);
		else if (unlink(path) == 0)
			gone = true;
		else if (errno != ENOENT)
			st = error_errno(err, errno, "%s", path);
		free(path);
	}
	return st == ST_OK && gone ? file_sync(dir, err) : st;
}
