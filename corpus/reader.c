/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/zstream.h"
#include "corpus/format.h"
#include "corpus/intake.h"
#include "corpus/paths.h"
#include "corpus/walk.h"

struct reader {
	const char *const *paths;
	size_t n, at;
	struct reader_options opt;
	struct buf root;          /* absolute; empty: no --root */
	struct walk *walk;        /* of the folder paths[at - 1] */
	struct buf prefix;        /* of ids, of paths[at - 1] */
	struct buf base;          /* the absolute folder of paths[at - 1], "/" at its end */
	int fd;                   /* of the open file; -1: none */
	bool sized;               /* a regular file: its bytes count */
	const struct format *format;
	struct format_file in;    /* in.from is NULL while no file is open */
	struct buf file, id;
	struct buf origin;        /* its absolute path */
	struct reader_counts counts;
};

static bool
is_stdin(const char *path)
{
	return strcmp(path, "-") == 0;
}

/* Tells of a bad article or file, or of an odd one. The words may quote the
 * input: its control characters stay away from the terminal. */
static void
tell(const struct reader *r, void (*to)(void *arg, const struct reader_bad *bad),
     const char *file, uint64_t line, const struct error *cause, const char *cut)
{
	char why[sizeof(cause->text)];
	struct reader_bad bad = { file, line, why, cut };
	size_t i;

	for (i = 0; cause->text[i] != '\0'; i++) {
		why[i] = cause->text[i];
		if ((unsigned char)why[i] < 0x20 || why[i] == 0x7F)
			why[i] = '?';
	}
	why[i] = '\0';
	if (to != NULL)
		to(r->opt.arg, &bad);
}

/* An article of FILE is bad; or, where CUT, the file's absolute path, is given, FILE cannot be read from there on. */
static void
report(struct reader *r, const char *file, uint64_t line, const struct error *cause, const char *cut)
{
	r->counts.bad++;
	tell(r, r->opt.bad, file, line, cause, cut);
}

/* Whether a failure is the file's own, so that reading goes on after it. */
static bool
is_local(enum status st)
{
	return st == ST_IO || st == ST_CORRUPT || st == ST_NOTFOUND || st == ST_INVALID;
}

/* Looks over all the files of a folder for their sizes. */
static enum status
add_folder_size(struct reader *r, const char *path, struct error *err)
{
	struct walk_entry e;
	struct walk *w;
	enum status st = walk_new(&w, path, err);
	bool got = true;

	while (st == ST_OK && got) {
		st = walk_next(w, &e, &got, err);
		if (st == ST_OK && got && format_of(e.path) != NULL)
			r->counts.file_bytes += e.size;
	}
	walk_free(w);
	return st;
}

static enum status
unknown_format(const char *path, struct error *err)
{
	struct buf names = BUF_INIT;
	enum status st;

	format_names(&names);
	st = buf_status(&names) == ST_OK ? error_set(err, ST_INVALID, "%s: neither %s (nor with .gz)", path, names.data) :
		error_nomem(err);
	buf_fini(&names);
	return st;
}

/* Looks at a path before anything is read. */
static enum status
check_path(struct reader *r, const char *path, struct error *err)
{
	const struct format *format = format_of(path);
	enum status st = ST_OK;
	struct stat sb;
	bool folder;

	if (is_stdin(path)) {
		if (fstat(STDIN_FILENO, &sb) == 0 && S_ISREG(sb.st_mode))
			r->counts.file_bytes += (uint64_t)sb.st_size;
		return ST_OK;
	}
	if (stat(path, &sb) != 0)
		return error_errno(err, errno, "%s", path);
	folder = S_ISDIR(sb.st_mode);
	if (!folder && format == NULL)
		return unknown_format(path, err);
	if (r->root.len > 0 && (folder || format->id_from_path))
		st = paths_prefix(buf_str(&r->root), path, folder, &r->prefix, err);
	if (st == ST_OK && folder)
		return add_folder_size(r, path, err);
	if (S_ISREG(sb.st_mode))
		r->counts.file_bytes += (uint64_t)sb.st_size;
	return st;
}

enum status
reader_new(struct reader **out, const char *const *paths, size_t n,
	   const struct reader_options *opt, struct error *err)
{
	struct reader *r = calloc(1, sizeof(*r));
	enum status st = ST_OK;
	size_t i;

	*out = NULL;
	if (r == NULL)
		return error_nomem(err);
	r->paths = paths;
	r->n = n;
	r->opt = *opt;
	r->fd = -1;
	if (opt->root != NULL)
		st = paths_root(opt->root, &r->root, err);
	for (i = 0; i < n && st == ST_OK; i++)
		st = check_path(r, paths[i], err);
	if (st != ST_OK) {
		reader_free(r);
		return st;
	}
	*out = r;
	return ST_OK;
}

static void
close_file(struct reader *r)
{
	if (r->in.from != NULL && r->sized)
		r->counts.file_bytes_done += zstream_reader_taken(r->in.from);
	if (r->format != NULL)
		r->format->close(&r->in);
	zstream_reader_free(r->in.from);
	memset(&r->in, 0, sizeof(r->in));
	if (r->fd > STDERR_FILENO)
		close(r->fd);
	r->fd = -1;
}

void
reader_free(struct reader *r)
{
	if (r == NULL)
		return;
	close_file(r);
	walk_free(r->walk);
	buf_fini(&r->root);
	buf_fini(&r->prefix);
	buf_fini(&r->base);
	buf_fini(&r->origin);
	buf_fini(&r->file);
	buf_fini(&r->id);
	free(r);
}

/* The origin is BELOW r->base; standard input has neither. */
static enum status
set_origin(struct reader *r, const char *below)
{
	buf_clear(&r->origin);
	buf_adds(&r->origin, buf_str(&r->base));
	buf_adds(&r->origin, below);
	return buf_status(&r->origin);
}

/* Opens PATH; what only this file suffers from is reported and passed over. */
static enum status
open_file(struct reader *r, const struct format *format, const char *path, const char *below, struct error *err)
{
	struct error why;
	struct stat sb;
	enum status st;

	buf_clear(&r->file);
	buf_adds(&r->file, is_stdin(path) ? "standard input" : path);
	st = paths_id(buf_str(&r->prefix), below, &r->id);
	if (st == ST_OK)
		st = set_origin(r, is_stdin(path) ? "" : below);
	if (st != ST_OK || buf_status(&r->file) != ST_OK)
		return error_nomem(err);
	r->format = format;
	r->in.id = buf_str(&r->id);
	r->fd = is_stdin(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (r->fd < 0) {
		if (errno == EMFILE || errno == ENFILE)
			return error_errno(err, errno, "%s", path);
		st = error_errno(&why, errno, "open");
	} else {
		st = zstream_reader_new_waiting(&r->in.from, r->fd, NULL, is_stdin(path) ? r->opt.wait : NULL, &why);
	}
	if (st == ST_OK) {
		r->sized = fstat(r->fd, &sb) == 0 && S_ISREG(sb.st_mode);
		st = r->format->open(&r->in, &why);
	}
	if (st == ST_OK)
		return ST_OK;
	close_file(r);
	if (!is_local(st))
		return error_set(err, st, "%s", why.text);
	report(r, buf_str(&r->file), 0, &why, buf_str(&r->origin));
	return ST_OK;
}

/* The walk's next file, if it is one of ours. */
static enum status
open_from_walk(struct reader *r, struct error *err)
{
	struct walk_entry e;
	struct error why;
	const struct format *format;
	bool got;
	enum status st = walk_next(r->walk, &e, &got, err);

	if (st != ST_OK)
		return st;
	if (!got) {
		walk_free(r->walk);
		r->walk = NULL;
		return ST_OK;
	}
	format = format_of(e.path);
	if (e.problem != 0 && (format != NULL || *paths_base(e.path) == '\0')) {
		(void)!error_errno(&why, e.problem, "open");
		if (set_origin(r, e.below) != ST_OK)
			return error_nomem(err);
		report(r, e.path, 0, &why, buf_str(&r->origin));
		return ST_OK;
	}
	return format != NULL ? open_file(r, format, e.path, e.below, err) : ST_OK;
}

static enum status
open_path(struct reader *r, const char *path, struct error *err)
{
	struct stat sb;
	bool folder = !is_stdin(path) && stat(path, &sb) == 0 && S_ISDIR(sb.st_mode);
	const struct format *format = is_stdin(path) ? format_of_stdin() : format_of(path);
	enum status st = ST_OK;
	struct error why;

	buf_clear(&r->prefix);
	buf_clear(&r->base);
	if (!folder && format == NULL)
		st = unknown_format(path, &why);   /* it was a folder when it was looked at */
	else if (!is_stdin(path))
		st = paths_folder(path, folder, &r->base, &why);
	if (st == ST_OK && r->root.len > 0 && (folder || format->id_from_path))
		st = paths_prefix(buf_str(&r->root), path, folder, &r->prefix, &why);
	if (st == ST_OK && !folder)
		return open_file(r, format, path, paths_base(path), err);
	if (st == ST_OK)
		st = walk_new(&r->walk, path, &why);
	if (st == ST_OK)
		return ST_OK;
	if (!is_local(st))
		return error_set(err, st, "%s", why.text);
	report(r, path, 0, &why, buf_str(&r->base));
	return ST_OK;
}

/* Opens the next file of all; *MORE = false at the end. */
static enum status
next_file(struct reader *r, bool *more, struct error *err)
{
	enum status st = ST_OK;

	while (st == ST_OK && r->in.from == NULL) {
		if (r->walk != NULL)
			st = open_from_walk(r, err);
		else if (r->at < r->n)
			st = open_path(r, r->paths[r->at++], err);
		else
			break;
	}
	*more = r->in.from != NULL;
	return st;
}

/* The next article of the open file: *GOOD = false when there was none, or a bad one. */
static enum status
read_article(struct reader *r, struct article *out, bool *good, struct error *err)
{
	struct error why;
	bool got = false;
	enum status st;

	article_clear(out);
	r->in.converted = false;
	st = r->format->next(&r->in, out, &got, &why);
	r->counts.line = r->in.line;
	*good = st == ST_OK && got;
	if (st == ST_INVALID)
		report(r, buf_str(&r->file), r->in.line, &why, NULL);
	else if (is_local(st))
		report(r, buf_str(&r->file), r->in.line, &why, buf_str(&r->origin));
	else if (st != ST_OK)
		return error_set(err, st, "%s", why.text);
	if (!*good && st != ST_INVALID)
		close_file(r);
	return ST_OK;
}

/* A good article, A, as the counts have it. */
static void
count(struct reader *r, const struct article *a)
{
	struct error odd;

	r->counts.articles++;
	r->counts.converted += r->in.converted;
	if (intake_odd_date(a, &odd))
		tell(r, r->opt.odd, buf_str(&r->file), r->in.line, &odd, NULL);
	r->counts.text_bytes += a->field[ART_TITLE].len + a->body_given;
}

enum status
reader_next(struct reader *r, struct article *out, bool *got, struct error *err)
{
	bool more = true;
	enum status st = ST_OK;

	*got = false;
	while (st == ST_OK && !*got) {
		st = next_file(r, &more, err);
		if (st != ST_OK || !more)
			break;
		st = read_article(r, out, got, err);
	}
	if (*got)
		count(r, out);
	return st;
}

const char *
reader_origin(const struct reader *r)
{
	return buf_str(&r->origin);
}

void
reader_counts(const struct reader *r, struct reader_counts *out)
{
	*out = r->counts;
	out->file = buf_str(&r->file);
	if (r->in.from != NULL && r->sized)
		out->file_bytes_done += zstream_reader_taken(r->in.from);
}
