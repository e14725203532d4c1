/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The input formats: one row of format.c's table for each. The reader opens a
 * file, unpacks it and has its articles one by one from the row's functions;
 * it knows no format by name.
 *
 * The functions of a format own what they hang on a struct format_file; all
 * else in it belongs to the reader.
 */
#ifndef CORPUS_FORMAT_H
#define CORPUS_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/article.h"
#include "base/zstream.h"

/* An open file. */
struct format_file {
	struct zstream_reader *from;    /* its bytes, unpacked */
	const char *id;          /* for a format with id_from_path: its article's */
	void *own;               /* what open made and close frees; NULL before and after */
	uint64_t line;           /* where the last article, or what was wrong, begins; 0: lines mean nothing here */
	bool converted;          /* the last article was Windows-1252 */
};

struct format {
	const char *name;        /* of its files, as a message lists them */
	/* Whether a file of this name (LEN bytes, without a folder and without .gz) is in this format. */
	bool (*looks_like)(const char *name, size_t len);
	/* ST_NOMEM; close follows in any case. */
	enum status (*open)(struct format_file *f, struct error *err);
	/* The next article, into A, which is empty; *GOT = false at the end. ST_INVALID: an article is bad, and the
	 * next one may be asked for; ST_CORRUPT, ST_IO: nothing more can be read of the file. ERR is the "why". */
	enum status (*next)(struct format_file *f, struct article *a, bool *got, struct error *err);
	void (*close)(struct format_file *f);
	bool id_from_path;       /* one article a file, whose path is its id */
	bool is_stdin;           /* standard input is in this format: one has it */
};

/* By the name of the file at PATH, in small letters or capitals, with or without .gz; NULL: in none. */
const struct format *format_of(const char *path);
/* That of standard input. */
const struct format *format_of_stdin(void);
/* Appends the names of all: ".txt nor .jsonl". */
void format_names(struct buf *out);

#endif
