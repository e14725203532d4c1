/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/build/lexicons.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "engine/lexicon/compile.h"
#include "engine/store/dictionary.h"

#define FILE_MAX_BYTES (16u << 20)
#define ENDING ".lex"
#define BUILT "lexicon-built"

bool
lexicons_option(struct lexicons *l, const char *dir)
{
	if (l->n == LEXICONS_MAX) {
		log_line(LOG_LEVEL_NOTICE, "--lexicon: more than %d of them", LEXICONS_MAX);
		return false;
	}
	l->dir[l->n++] = dir;
	return true;
}

bool
lexicons_given(const struct lexicons *l)
{
	return l->none || l->n > 0;
}

static int
is_lexicon(const struct dirent *d)
{
	size_t n = strlen(d->d_name), ending = strlen(ENDING);

	return n > ending && d->d_name[0] != '.' && strcmp(d->d_name + n - ending, ENDING) == 0;
}

/* In the order of bytes, whatever the locale. */
static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static enum status
read_file(struct lexicon_compile *c, const char *dir, const char *name, struct error *err)
{
	char *path = file_join(dir, name);
	struct buf text = BUF_INIT;
	int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);   /* it may be a link: it is the user's */
	enum status st = ST_OK;

	if (path == NULL)
		st = error_nomem(err);
	else
		st = fd < 0 ? error_errno(err, errno, "%s", path) : file_get(fd, path, FILE_MAX_BYTES, &text, err);
	if (fd >= 0)
		close(fd);
	if (st == ST_OK)
		st = lexicon_compile_read(c, path, buf_str(&text), text.len, err);
	buf_fini(&text);
	free(path);
	return st;
}

static enum status
read_folder(struct lexicon_compile *c, const char *dir, struct error *err)
{
	struct dirent **list = NULL;
	int n = scandir(dir, &list, is_lexicon, by_name), i;
	enum status st = ST_OK;

	if (n < 0)
		return error_errno(err, errno, "lexicon %s", dir);
	if (n == 0)
		st = error_set(err, ST_NOTFOUND, "lexicon %s: no file that ends in " ENDING, dir);
	for (i = 0; i < n; i++) {
		if (st == ST_OK)
			st = read_file(c, dir, list[i]->d_name, err);
		free(list[i]);
	}
	free(list);
	return st;
}

/* The folder of the lexicon that belongs to this program. */
static enum status
find_default(char out[PATH_MAX], struct error *err)
{
	ssize_t n = readlink("/proc/self/exe", out, PATH_MAX - sizeof(BUILT) - 1);
	char *slash;

	if (n > 0) {
		out[n] = '\0';
		slash = strrchr(out, '/');
		if (slash != NULL) {
			strcpy(slash + 1, BUILT);
			if (access(out, R_OK | X_OK) == 0)
				return ST_OK;
		}
	}
	strcpy(out, LEXICON_DIR);
	if (access(out, R_OK | X_OK) == 0)
		return ST_OK;
	return error_errno(err, errno, "lexicon %s", out);
}

enum status
lexicons_compile(const struct lexicons *l, struct buf *out, struct error *err)
{
	struct lexicon_compile *c = NULL;
	char dir[PATH_MAX];
	enum status st;
	size_t i;

	if (l->none && l->n == 0)
		return ST_OK;
	st = lexicon_compile_new(&c, err);
	if (st == ST_OK && !l->none)
		st = find_default(dir, err);
	if (st == ST_OK && !l->none)
		st = read_folder(c, dir, err);
	for (i = 0; i < l->n && st == ST_OK; i++)
		st = read_folder(c, l->dir[i], err);
	if (st == ST_OK)
		st = lexicon_compile_finish(c, out, err);
	lexicon_compile_free(c);
	return st;
}

enum status
lexicons_tell_unused(const struct lexicons *l, const struct buf *dict, const char *index, struct error *err)
{
	struct buf given = BUF_INIT;
	struct dictionary d;
	enum status st;

	if (!lexicons_given(l))
		return ST_OK;
	st = lexicons_compile(l, &given, err);
	dictionary_split(dict->data, dict->len, &d);
	if (st == ST_OK && (given.len != d.lexicon_len || (given.len > 0 && memcmp(given.data, d.lexicon, given.len) != 0)))
		log_line(LOG_LEVEL_NOTICE, "%s: keeps the lexicon that it was made with; \"dragoman-index rebuild\""
			 " with the same option changes it", index);
	buf_fini(&given);
	return st;
}

enum status
lexicons_join(const struct buf *compiled, struct buf *dict, struct error *err)
{
	struct buf both = BUF_INIT;

	dictionary_join(&both, buf_str(compiled), compiled->len, buf_str(dict), dict->len);
	if (buf_status(&both) != ST_OK) {
		buf_fini(&both);
		return error_nomem(err);
	}
	buf_fini(dict);
	*dict = both;
	return ST_OK;
}
