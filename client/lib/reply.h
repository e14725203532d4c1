/* SPDX-License-Identifier: MIT
 *
 * A reply or a push, made line by line and then read row by row. It owns its
 * text.
 */
#ifndef CLIENT_LIB_REPLY_H
#define CLIENT_LIB_REPLY_H

#include <stdbool.h>

#include "base/buf.h"
#include "client/lib/dragoman.h"

struct dragoman_reply {
	struct buf text;      /* as received */
	size_t begin;         /* where the first row is: behind the first line of a push */
	size_t end;           /* where the end line begins */
	size_t at;            /* the next row */
	size_t longest;       /* bytes of the longest row */
	size_t most;          /* fields of the widest row */
	int code;
	int column;
	struct buf figures;   /* name NUL value NUL ... */
	struct buf error;     /* the end line's text */
	char *row;            /* the current row, split and unescaped */
	const char **field;
	size_t *length;
	struct dragoman_reply *next;   /* in an inbox */
};

struct dragoman_reply *reply_new(void);
/* Adds a line; *DONE when it was the end line. DRAGOMAN_PROTOCOL when it is
 * neither a row nor an end line. */
enum dragoman_status reply_add(struct dragoman_reply *r, const char *line, size_t len,
			       bool *done, struct dragoman_error *err) MUST_CHECK;
/* Adds a line that must be a row. */
enum dragoman_status reply_row(struct dragoman_reply *r, const char *line, size_t len,
			       struct dragoman_error *err) MUST_CHECK;
/* DRAGOMAN_OK for the codes under 400, else ERR filled from the end line. */
enum dragoman_status reply_verdict(const struct dragoman_reply *r,
				   struct dragoman_error *err) MUST_CHECK;

/* Whether LINE is the first line of a push. */
bool reply_is_push(const char *line, size_t len);
/* Makes R a push of this first line; *ROWS rows follow, then reply_push_end. */
enum dragoman_status reply_push(struct dragoman_reply *r, const char *line, size_t len,
				long long *rows, struct dragoman_error *err) MUST_CHECK;
enum dragoman_status reply_push_end(struct dragoman_reply *r,
				    struct dragoman_error *err) MUST_CHECK;

#endif
