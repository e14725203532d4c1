/* SPDX-License-Identifier: MIT
 *
 * Status codes and error records: how every fallible function of Dragoman
 * reports. A function returns an enum status, which must be looked at; the
 * particulars go into a struct error that the caller owns (NULL: not wanted).
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stddef.h>

enum status {
	ST_OK = 0,
	ST_NOMEM,       /* an allocation failed */
	ST_IO,          /* the operating system refused a read, write, open ... */
	ST_NOSPACE,     /* no space left on the device, or quota reached */
	ST_NOTFOUND,    /* no such file, article, index ... */
	ST_INVALID,     /* bad input or argument; the text says what and where */
	ST_SYNTAX,      /* a query that cannot be read; error.col says where */
	ST_TOO_LARGE,   /* over a documented limit */
	ST_TOO_BROAD,   /* a wildcard over its cap */
	ST_DEADLINE,    /* the time for it is over */
	ST_CANCELLED,   /* given up because somebody asked for it */
	ST_LOCKED,      /* held by another process; try later */
	ST_STALE,       /* the state that was read is gone: reopen, run again */
	ST_GONE,        /* the state that was asked about is not there any more */
	ST_CORRUPT,     /* the data on disk contradicts itself */
	ST_VERSION,     /* made by another format or another analysis */
	ST_UNSUPPORTED, /* not possible for these operands */
	ST_INTERNAL     /* a bug of ours, or of a library */
};

struct error {
	enum status status;
	int col;         /* ST_SYNTAX: the character, counted from 1; else 0 */
	char text[1000]; /* UTF-8, one line, ends in NUL, whole characters only */
};

#if defined(__GNUC__)
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#else
#define MUST_CHECK
#define PRINTF_LIKE(f, a)
#endif

/* Fills ERR (unless NULL) and returns STATUS, so that a function can end in
 * "return error_set(err, ST_INVALID, ...)". A longer text is cut at a
 * character. */
enum status error_set(struct error *err, enum status status,
		      const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The same where memory is out: ST_NOMEM, "out of memory". */
enum status error_nomem(struct error *err);

/* The same, with ": " and the words of errno ERRNUM appended; the status is
 * ST_NOSPACE, ST_NOMEM (EAGAIN as well: no thread is to be had), ST_NOTFOUND or
 * ST_IO, as ERRNUM says. */
enum status error_errno(struct error *err, int errnum, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

/* The same for a query: COL is the character from 1; the status ST_SYNTAX. */
enum status error_syntax(struct error *err, int col, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

/* A short English name of STATUS, static. */
const char *error_status_name(enum status status);

#endif
