/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading a corpus: paths in, articles out, one at a time, in a stable order,
 * in memory that does not grow with a file's size. A file may be compressed
 * (gzip); what is in it is told by its name, see format.h; "-" is standard
 * input. dragoman-corpus(5) describes the formats.
 *
 * A reader owns what it opened; the article it fills belongs to the caller.
 */
#ifndef CORPUS_READER_H
#define CORPUS_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/article.h"
#include "base/error.h"
#include "base/zstream.h"

struct reader;

/* One bad article, or an odd one that is delivered all the same: the reader
 * tells and goes on. LINE is 0 where it does not apply. */
struct reader_bad {
	const char *file;
	uint64_t line;
	const char *why;
	/* Where not all that the file holds could be read: its absolute path, that of a folder with "/" at
	 * its end, "" for standard input or where it has none; else NULL. */
	const char *cut;
};

struct reader_options {
	const char *root;     /* --root, or NULL */
	void (*bad)(void *arg, const struct reader_bad *bad);
	void (*odd)(void *arg, const struct reader_bad *odd);
	void *arg;
	const struct zstream_wait *wait;   /* for standard input, or NULL; borrowed for the reader's life */
};

/* PATHS are borrowed for the reader's life. ST_NOTFOUND for one that does not
 * exist, ST_INVALID for a file given by name whose format is unknown. A folder is walked in
 * byte order of its names, files of unknown format in it passed over; so are
 * hidden ones (.name). */
enum status reader_new(struct reader **out, const char *const *paths, size_t n,
		       const struct reader_options *opt, struct error *err) MUST_CHECK;
void reader_free(struct reader *r);
/* The next good article; *GOT = false at the end. A file that breaks off
 * (damaged gzip, read error) is one bad report and the next file follows. */
enum status reader_next(struct reader *r, struct article *out, bool *got, struct error *err) MUST_CHECK;
/* Where the last article came from: the absolute path of its file, or "" for standard input. The folder
 * named, or that in which a named file stands, is free of symbolic links, what is below it as it was found.
 * Valid until the next call of reader_next. */
const char *reader_origin(const struct reader *r);

struct reader_counts {
	uint64_t articles, bad, converted;  /* converted: from Windows-1252 */
	uint64_t text_bytes;                /* titles and bodies, these as given */
	uint64_t file_bytes, file_bytes_done;  /* on disk, of all paths (0 when unknown) and of what was read */
	const char *file;                   /* being read; valid until the next call */
	uint64_t line;
};
void reader_counts(const struct reader *r, struct reader_counts *out);

#endif
