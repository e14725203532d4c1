/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

const char *
paths_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

bool
paths_ends(const char *name, size_t len, const char *ending)
{
	size_t n = strlen(ending);

	return len > n && strncasecmp(name + len - n, ending, n) == 0;
}

static enum status
real_path(const char *path, struct buf *out, struct error *err)
{
	char *real = realpath(path, NULL);

	if (real == NULL)
		return error_errno(err, errno, "%s", path);
	buf_clear(out);
	buf_adds(out, real);
	free(real);
	return buf_status(out) == ST_OK ? ST_OK : error_nomem(err);
}

enum status
paths_root(const char *root, struct buf *out, struct error *err)
{
	enum status st = real_path(root, out, err);
	struct stat sb;

	if (st != ST_OK)
		return st;
	if (stat(buf_str(out), &sb) != 0)
		return error_errno(err, errno, "%s", root);
	if (!S_ISDIR(sb.st_mode))
		return error_set(err, ST_INVALID, "--root %s: not a folder", root);
	return ST_OK;
}

static enum status
real_folder(const char *path, bool folder, struct buf *out, struct error *err)
{
	struct buf dir = BUF_INIT;
	const char *base = paths_base(path);
	enum status st;

	if (folder)
		return real_path(path, out, err);
	if (base == path)
		buf_adds(&dir, ".");
	else
		buf_add(&dir, path, (size_t)(base - path));
	st = buf_status(&dir);
	st = st == ST_OK ? real_path(buf_str(&dir), out, err) : error_nomem(err);
	buf_fini(&dir);
	return st;
}

enum status
paths_prefix(const char *root, const char *path, bool folder, struct buf *out, struct error *err)
{
	struct buf real = BUF_INIT;
	enum status st = real_folder(path, folder, &real, err);
	size_t n = strlen(root);
	const char *below;

	if (st != ST_OK)
		goto out;
	if (n == 1)
		n = 0;   /* the root of all */
	if (strncmp(buf_str(&real), root, n) != 0 || (real.data[n] != '/' && real.data[n] != '\0')) {
		st = error_set(err, ST_INVALID, "%s: not below the --root folder", path);
		goto out;
	}
	buf_clear(out);
	below = real.data[n] == '/' ? real.data + n + 1 : "";
	buf_adds(out, below);
	if (*below != '\0')
		buf_addc(out, '/');
	st = buf_status(out) == ST_OK ? ST_OK : error_nomem(err);
out:
	buf_fini(&real);
	return st;
}

enum status
paths_folder(const char *path, bool folder, struct buf *out, struct error *err)
{
	enum status st = real_folder(path, folder, out, err);

	if (st == ST_OK && out->data[out->len - 1] != '/')
		buf_addc(out, '/');
	return st == ST_OK && buf_status(out) != ST_OK ? error_nomem(err) : st;
}

enum status
paths_id(const char *prefix, const char *below, struct buf *out)
{
	buf_clear(out);
	buf_adds(out, prefix);
	buf_adds(out, below);
	return buf_status(out);
}
