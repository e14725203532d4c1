/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/zstream.h"
#include "corpus/intake.h"
#include "corpus/jsonl.h"
#include "corpus/lines.h"
#include "corpus/paths.h"
#include "corpus/text.h"
#include "corpus/walk.h"

struct reader {
	const char *const *paths;
	size_t n, at;
	struct reader_options opt;
	struct buf root;          /* absolute; empty: no --root */
	struct walk *walk;        /* of the folder paths[at - 1] */
	struct buf prefix;        /* of ids, of paths[at - 1] */
	struct buf base;          /* the absolute folder of paths[at - 1], "/" at its end */
	/* the open file */
	int fd;                   /* -1: none */
	bool sized;               /* a regular file: its bytes count */
	enum paths_format format;
	struct buf file, id;
	struct buf origin;        /* its absolute path */
	struct zreader *z;
	struct lines lines;
	struct buf text, spare;   /* a plain-text file; what was converted */
	struct reader_counts counts;
};

static bool
is_stdin(const char *path)
{
	return strcmp(path, "-") == 0;
}

static enum status
no_memory(struct error *err)
{
	return error_set(err, ST_NOMEM, "out of memory");
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

/* An article of the open file that is bad. */
static void
report(struct reader *r, const struct error *cause)
{
	r->counts.bad++;
	tell(r, r->opt.bad, buf_str(&r->file), r->counts.line, cause, NULL);
}

/* FILE, whose absolute path is CUT, cannot be read, or not to its end. */
static void
report_cut(struct reader *r, const char *file, uint64_t line, const struct error *cause, const char *cut)
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
		if (st == ST_OK && got && paths_format(e.path) != PATHS_UNKNOWN)
			r->counts.file_bytes += e.size;
	}
	walk_free(w);
	return st;
}

/* Looks at a path before anything is read. */
static enum status
check_path(struct reader *r, const char *path, struct error *err)
{
	enum paths_format format = paths_format(path);
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
	if (!folder && format == PATHS_UNKNOWN)
		return error_set(err, ST_INVALID, "%s: neither .txt nor .jsonl (nor with .gz)", path);
	if (r->root.len > 0 && (folder || format == PATHS_TEXT))
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
		return no_memory(err);
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
	if (r->z != NULL && r->sized)
		r->counts.file_bytes_done += zreader_taken(r->z);
	lines_fini(&r->lines);
	zreader_free(r->z);
	r->z = NULL;
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
	buf_fini(&r->text);
	buf_fini(&r->spare);
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
open_file(struct reader *r, const char *path, const char *below, struct error *err)
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
		return no_memory(err);
	r->format = is_stdin(path) ? PATHS_JSONL : paths_format(path);
	r->fd = is_stdin(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (r->fd < 0) {
		if (errno == EMFILE || errno == ENFILE)
			return error_errno(err, errno, "%s", path);
		st = error_errno(&why, errno, "open");
	} else {
		st = zreader_new_waiting(&r->z, r->fd, NULL, is_stdin(path) ? r->opt.wait : NULL, &why);
	}
	if (st == ST_OK) {
		r->sized = fstat(r->fd, &sb) == 0 && S_ISREG(sb.st_mode);
		lines_init(&r->lines, r->z);
		return ST_OK;
	}
	close_file(r);
	if (!is_local(st))
		return error_set(err, st, "%s", why.text);
	report_cut(r, buf_str(&r->file), 0, &why, buf_str(&r->origin));
	return ST_OK;
}

/* The walk's next file, if it is one of ours. */
static enum status
open_from_walk(struct reader *r, struct error *err)
{
	struct walk_entry e;
	struct error why;
	bool got, ours;
	enum status st = walk_next(r->walk, &e, &got, err);

	if (st != ST_OK)
		return st;
	if (!got) {
		walk_free(r->walk);
		r->walk = NULL;
		return ST_OK;
	}
	ours = paths_format(e.path) != PATHS_UNKNOWN;
	if (e.problem != 0 && (ours || *paths_base(e.path) == '\0')) {
		(void)!error_errno(&why, e.problem, "open");
		if (set_origin(r, e.below) != ST_OK)
			return no_memory(err);
		report_cut(r, e.path, 0, &why, buf_str(&r->origin));
		return ST_OK;
	}
	return ours ? open_file(r, e.path, e.below, err) : ST_OK;
}

static enum status
open_path(struct reader *r, const char *path, struct error *err)
{
	struct stat sb;
	bool folder = !is_stdin(path) && stat(path, &sb) == 0 && S_ISDIR(sb.st_mode);
	enum status st = ST_OK;
	struct error why;

	buf_clear(&r->prefix);
	buf_clear(&r->base);
	if (!is_stdin(path))
		st = paths_folder(path, folder, &r->base, &why);
	if (st == ST_OK && r->root.len > 0 && (folder || (!is_stdin(path) && paths_format(path) == PATHS_TEXT)))
		st = paths_prefix(buf_str(&r->root), path, folder, &r->prefix, &why);
	if (st == ST_OK && !folder)
		return open_file(r, path, paths_base(path), err);
	if (st == ST_OK)
		st = walk_new(&r->walk, path, &why);
	if (st == ST_OK)
		return ST_OK;
	if (!is_local(st))
		return error_set(err, st, "%s", why.text);
	report_cut(r, path, 0, &why, buf_str(&r->base));
	return ST_OK;
}

/* Opens the next file of all; *MORE = false at the end. */
static enum status
next_file(struct reader *r, bool *more, struct error *err)
{
	enum status st = ST_OK;

	while (st == ST_OK && r->z == NULL) {
		if (r->walk != NULL)
			st = open_from_walk(r, err);
		else if (r->at < r->n)
			st = open_path(r, r->paths[r->at++], err);
		else
			break;
	}
	*more = r->z != NULL;
	return st;
}

/* The next line that is not blank, as UTF-8; *GOT = false at the file's end.
 * A failure that is the line's own is ST_INVALID, the file's own another. */
static enum status
next_line(struct reader *r, const char **text, size_t *len, bool *got, bool *converted,
	  struct error *err)
{
	struct line line;
	enum status st;

	for (;;) {
		st = lines_next(&r->lines, &line, got, err);
		if (st != ST_OK || !*got)
			return st;
		if (line.too_long)
			return error_set(err, ST_INVALID, "a line of over %u MiB", LINES_MAX >> 20);
		*text = line.text;
		*len = line.len;
		if (r->lines.number == 1) {
			st = intake_mark(text, len, err);
			if (st != ST_OK)
				return ST_UNSUPPORTED;
		}
		intake_trim(text, len);
		if (*len > 0)
			return intake_utf8(text, len, &r->spare, converted, err);
	}
}

/* One line of JSON Lines: *GOOD = false when there was none or a bad one. */
static enum status
read_line(struct reader *r, struct article *out, bool *good, bool *converted, struct error *err)
{
	const char *text;
	struct error why;
	enum status st;
	size_t len;
	bool got;

	st = next_line(r, &text, &len, &got, converted, &why);
	r->counts.line = r->lines.number;
	if (st == ST_OK && !got) {
		close_file(r);
		return ST_OK;
	}
	if (st == ST_OK)
		st = jsonl_parse(out, text, len, &why);
	*good = st == ST_OK;
	if (st == ST_OK)
		return ST_OK;
	if (st == ST_NOMEM || st == ST_CANCELLED)
		return error_set(err, st, "%s", why.text);
	if (st == ST_INVALID) {
		report(r, &why);
		return ST_OK;
	}
	/* After the file's own failure there is no further line. */
	report_cut(r, buf_str(&r->file), st == ST_UNSUPPORTED ? 1 : r->lines.number + 1, &why, buf_str(&r->origin));
	close_file(r);
	return ST_OK;
}

/* Reads the whole of a plain-text file into r->text. */
static enum status
slurp(struct reader *r, struct error *err)
{
	enum status st = ST_OK;
	size_t got = 1;
	char *to;

	buf_clear(&r->text);
	while (st == ST_OK && got > 0) {
		if (r->text.len > TEXT_FILE_MAX)
			return error_set(err, ST_INVALID, "a text file of over %u MiB", TEXT_FILE_MAX >> 20);
		to = buf_reserve(&r->text, 65536);
		if (to == NULL)
			return no_memory(err);
		st = zreader_read(r->z, to, 65536, &got, err);
		if (st == ST_OK)
			r->text.len += got;
	}
	return st;
}

static enum status
read_text(struct reader *r, struct article *out, bool *good, bool *converted, struct error *err)
{
	enum status st;
	struct error why;
	const char *text;
	size_t len;

	r->counts.line = 0;
	st = slurp(r, &why);
	text = buf_str(&r->text);
	len = r->text.len;
	if (st == ST_OK)
		st = intake_mark(&text, &len, &why);
	if (st == ST_OK)
		st = intake_utf8(&text, &len, &r->spare, converted, &why);
	if (st == ST_OK && utf8_valid(buf_str(&r->id), r->id.len) != r->id.len)
		st = error_set(&why, ST_INVALID, "the file's name, which is the id, is not UTF-8");
	if (st == ST_OK)
		st = text_parse(out, text, len, buf_str(&r->id), &why);
	close_file(r);
	*good = st == ST_OK;
	if (is_local(st))
		report_cut(r, buf_str(&r->file), 0, &why, buf_str(&r->origin));
	else if (st != ST_OK)
		return error_set(err, st, "%s", why.text);
	return ST_OK;
}

enum status
reader_next(struct reader *r, struct article *out, bool *got, struct error *err)
{
	bool good = false, more = true, converted = false;
	enum status st = ST_OK;
	struct error odd;

	while (st == ST_OK && !good) {
		st = next_file(r, &more, err);
		if (st != ST_OK || !more)
			break;
		article_clear(out);
		if (r->format == PATHS_JSONL)
			st = read_line(r, out, &good, &converted, err);
		else
			st = read_text(r, out, &good, &converted, err);
	}
	*got = good;
	if (good) {
		r->counts.articles++;
		r->counts.converted += converted;
		if (intake_odd_date(out, &odd))
			tell(r, r->opt.odd, buf_str(&r->file), r->counts.line, &odd, NULL);
		r->counts.text_bytes += out->field[ART_TITLE].len + out->body_given;
	}
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
	if (r->z != NULL && r->sized)
		out->file_bytes_done += zreader_taken(r->z);
}
