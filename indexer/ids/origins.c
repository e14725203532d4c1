/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/ids/origins.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/grow.h"
#include "base/hash.h"
#include "corpus/paths.h"
#include "engine/store/sealed.h"

#define KEY_MAX 32

void
origins_init(struct origins *o)
{
	memset(o, 0, sizeof(*o));
}

void
origins_fini(struct origins *o)
{
	uint32_t i;

	for (i = 0; i < o->n; i++)
		free(o->path[i]);
	free(o->path);
	map_fini(&o->numbers);
	origins_init(o);
}

/* Numbers count from 1. */
static bool
is_path(const void *paths, uint32_t number, const void *key)
{
	char *const *path = paths;

	return strcmp(path[number - 1], key) == 0;
}

bool
origins_find(const struct origins *o, const char *path, uint32_t *number)
{
	uint32_t found = 0;

	if (*path != '\0')
		found = map_find(&o->numbers, hash_bytes(path, strlen(path)), is_path, o->path, path);
	*number = found != MAP_NONE ? found : 0;
	return found != MAP_NONE;
}

enum status
origins_number(struct origins *o, const char *path, uint32_t *number)
{
	char **more;

	if (origins_find(o, path, number))
		return ST_OK;
	more = grow(o->path, &o->cap, o->n, sizeof(*more));
	if (more == NULL)
		return ST_NOMEM;
	o->path = more;
	more[o->n] = strdup(path);
	if (more[o->n] == NULL)
		return ST_NOMEM;
	if (map_add(&o->numbers, hash_bytes(path, strlen(path)), o->n + 1) != ST_OK) {
		free(more[o->n]);
		return ST_NOMEM;
	}
	*number = ++o->n;
	return ST_OK;
}

const char *
origins_path(const struct origins *o, uint32_t number)
{
	if (number == 0)
		return "";
	return number <= o->n ? o->path[number - 1] : NULL;
}

static void
make_key(char key[KEY_MAX], uint32_t number)
{
	snprintf(key, KEY_MAX, "origin.%" PRIu32, number);
}

enum status
origins_load(struct origins *o, struct xap_db *db, struct error *err)
{
	struct buf path = BUF_INIT;
	char key[KEY_MAX];
	enum status st;
	uint32_t number;

	do {
		bool in_step = o->saved == o->n;
		uint32_t next = o->n + 1;

		make_key(key, next);
		st = sealed_get(db, key, &path, err);
		if (st == ST_OK && path.len > 0 && origins_number(o, path.data, &number) != ST_OK)
			st = error_nomem(err);
		/* A path that has two numbers would be met by the first for ever. */
		else if (st == ST_OK && path.len > 0 && number != next)
			st = error_set(err, ST_CORRUPT, "the database names %s twice", path.data);
		else if (st == ST_OK && path.len > 0 && in_step)
			o->saved = o->n;
	} while (st == ST_OK && path.len > 0);
	buf_fini(&path);
	return st;
}

enum status
origins_save(struct origins *o, struct xap_wdb *w, struct error *err)
{
	char key[KEY_MAX];
	enum status st = ST_OK;

	while (o->saved < o->n && st == ST_OK) {
		make_key(key, o->saved + 1);
		st = sealed_put(w, key, o->path[o->saved], strlen(o->path[o->saved]), err);
		o->saved += st == ST_OK;
	}
	return st;
}

enum status
origins_under_init(struct origins_under *u, const char *const *paths, size_t n, struct error *err)
{
	struct buf real = BUF_INIT;
	enum status st = ST_OK;
	struct stat sb;
	size_t i;

	buf_init(&u->paths);
	for (i = 0; i < n && st == ST_OK; i++) {
		bool folder;

		if (strcmp(paths[i], "-") == 0)
			continue;
		if (stat(paths[i], &sb) != 0) {
			st = error_errno(err, errno, "%s", paths[i]);
			break;
		}
		folder = S_ISDIR(sb.st_mode);
		st = paths_folder(paths[i], folder, &real, err);
		if (st == ST_OK && !folder)
			buf_adds(&real, paths_base(paths[i]));
		if (st == ST_OK && (buf_status(&real) != ST_OK || origins_under_add(u, real.data) != ST_OK))
			st = error_nomem(err);
	}
	buf_fini(&real);
	if (st != ST_OK)
		origins_under_fini(u);
	return st;
}

void
origins_under_fini(struct origins_under *u)
{
	buf_fini(&u->paths);
}

enum status
origins_under_add(struct origins_under *u, const char *path)
{
	buf_add(&u->paths, path, strlen(path) + 1);
	return buf_status(&u->paths);
}

bool
origins_under_unknown(const struct origins_under *u)
{
	size_t at;

	for (at = 0; at < u->paths.len; at += strlen(u->paths.data + at) + 1)
		if (u->paths.data[at] == '\0')
			return true;
	return false;
}

bool
origins_under(const struct origins_under *u, const char *origin)
{
	size_t at, n;

	for (at = 0; origin != NULL && at < u->paths.len; at += n + 1) {
		const char *path = u->paths.data + at;

		n = strlen(path);
		if (n > 0 && path[n - 1] == '/' ? strncmp(origin, path, n) == 0 : strcmp(origin, path) == 0)
			return *origin != '\0';
	}
	return false;
}
