/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/grow.h"

/* One folder on the way down: its names, each folder's with a "/" at its end,
 * so that sorting the names sorts the paths. */
struct level {
	char **names;
	size_t n, cap, at;
	size_t path_len;      /* of walk.path, up to and with this folder's "/" */
};

struct walk {
	struct buf path;
	size_t below;
	struct level *levels;
	size_t depth, cap;
};

static void
level_fini(struct level *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->names[i]);
	free(l->names);
}

static bool
level_add(struct level *l, const char *name, bool folder)
{
	size_t len = strlen(name);
	char **names = grow(l->names, &l->cap, l->n, sizeof(*names)), *copy;

	if (names == NULL)
		return false;
	l->names = names;
	copy = malloc(len + 2);
	if (copy == NULL)
		return false;
	memcpy(copy, name, len);
	copy[len] = folder ? '/' : '\0';
	copy[len + 1] = '\0';
	l->names[l->n++] = copy;
	return true;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sets the path to that of NAME in the folder whose path has LEN bytes. */
static enum status
set_path(struct walk *w, size_t len, const char *name)
{
	w->path.len = len;
	buf_adds(&w->path, name);
	return buf_status(&w->path);
}

static bool
is_folder(struct walk *w, const struct dirent *d)
{
	struct stat sb;

	if (d->d_type != DT_UNKNOWN)
		return d->d_type == DT_DIR;
	return lstat(buf_str(&w->path), &sb) == 0 && S_ISDIR(sb.st_mode);
}

/* Reads the names of DIR into L; an errno, or 0. */
static int
read_names(struct walk *w, DIR *dir, struct level *l)
{
	struct dirent *d;

	for (;;) {
		errno = 0;
		d = readdir(dir);
		if (d == NULL)
			return errno;
		if (d->d_name[0] == '.')
			continue;
		if (set_path(w, l->path_len, d->d_name) != ST_OK ||
		    !level_add(l, d->d_name, is_folder(w, d)))
			return ENOMEM;
	}
}

/* Goes down into the folder at w->path, which ends in "/". An errno, or 0. */
static int
go_down(struct walk *w)
{
	struct level l = { NULL, 0, 0, 0, w->path.len };
	struct level *levels = grow(w->levels, &w->cap, w->depth, sizeof(*levels));
	DIR *dir;
	int rc;

	if (levels == NULL)
		return ENOMEM;
	w->levels = levels;
	dir = opendir(buf_str(&w->path));
	if (dir == NULL)
		return errno;
	rc = read_names(w, dir, &l);
	closedir(dir);
	w->path.len = l.path_len;
	if (w->path.data != NULL)
		w->path.data[l.path_len] = '\0';
	if (rc != 0) {
		level_fini(&l);
		return rc;
	}
	if (l.n > 1)
		qsort(l.names, l.n, sizeof(*l.names), by_bytes);
	w->levels[w->depth++] = l;
	return 0;
}

enum status
walk_new(struct walk **out, const char *folder, struct error *err)
{
	struct walk *w = calloc(1, sizeof(*w));
	size_t len = strlen(folder);
	int rc;

	*out = NULL;
	if (w == NULL)
		return error_nomem(err);
	while (len > 0 && folder[len - 1] == '/')
		len--;
	buf_add(&w->path, folder, len);
	buf_addc(&w->path, '/');
	w->below = w->path.len;
	rc = buf_status(&w->path) == ST_OK ? go_down(w) : ENOMEM;
	if (rc != 0) {
		walk_free(w);
		return error_errno(err, rc, "%s", folder);
	}
	*out = w;
	return ST_OK;
}

void
walk_free(struct walk *w)
{
	size_t i;

	if (w == NULL)
		return;
	for (i = 0; i < w->depth; i++)
		level_fini(&w->levels[i]);
	free(w->levels);
	buf_fini(&w->path);
	free(w);
}

/* Looks at the file at w->path; false: it is to be passed over. */
static bool
look_at(const struct walk *w, struct walk_entry *out)
{
	struct stat sb;

	out->size = 0;
	out->problem = 0;
	if (stat(buf_str(&w->path), &sb) != 0)
		out->problem = errno;
	else if (S_ISREG(sb.st_mode))
		out->size = (uint64_t)sb.st_size;
	else
		return false;
	return true;
}

enum status
walk_next(struct walk *w, struct walk_entry *out, bool *got, struct error *err)
{
	struct level *l;
	const char *name;

	for (*got = false; w->depth > 0 && !*got; ) {
		l = &w->levels[w->depth - 1];
		if (l->at == l->n) {
			level_fini(l);
			w->depth--;
			continue;
		}
		name = l->names[l->at++];
		if (set_path(w, l->path_len, name) != ST_OK)
			return error_nomem(err);
		if (name[strlen(name) - 1] != '/') {
			*got = look_at(w, out);
			continue;
		}
		out->problem = go_down(w);
		out->size = 0;
		if (out->problem == ENOMEM)
			return error_nomem(err);
		*got = out->problem != 0;
	}
	out->path = buf_str(&w->path);
	out->below = out->path + (*got ? w->below : w->path.len);
	return ST_OK;
}
