/* SPDX-License-Identifier: MIT
 *
 * What the library's files share: the connection as a stream of lines under a
 * deadline, and the reply under construction. Nothing of it is exported.
 */
#ifndef CLIENT_LIBDRAGOMAN_H
#define CLIENT_LIBDRAGOMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "client/dragoman.h"

/* Fills ERR (unless NULL), cut to whole characters, and returns STATUS. */
enum dragoman_status fail_set(struct dragoman_error *err, enum dragoman_status status,
			      const char *fmt, ...) PRINTF_LIKE(3, 4);

/* A moment on the monotonic clock in ms; 0: never. */
int64_t deadline_in(int ms);

/* A connection; it owns its socket. fd is -1 while there is none. */
struct chan {
	int fd;
	struct buf in;    /* received; [start, in.len) not yet given out */
	size_t start;
	size_t seen;      /* up to here no LF was found */
};

void chan_init(struct chan *c);
void chan_close(struct chan *c);
void chan_fini(struct chan *c);
enum dragoman_status chan_open(struct chan *c, const char *where, int64_t deadline,
			       struct dragoman_error *err) MUST_CHECK;
/* DRAGOMAN_IO when the other side has closed, or said something unasked. */
enum dragoman_status chan_check(struct chan *c, struct dragoman_error *err) MUST_CHECK;
enum dragoman_status chan_send(struct chan *c, const char *data, size_t len,
			       int64_t deadline, struct dragoman_error *err) MUST_CHECK;
/* The next line without its LF or CRLF, good until the next call. MAX: bytes
 * that it may have. */
enum dragoman_status chan_line(struct chan *c, size_t max, const char **line, size_t *len,
			       int64_t deadline, struct dragoman_error *err) MUST_CHECK;

struct dragoman_reply {
	struct buf text;      /* as received */
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
};

struct dragoman_reply *reply_new(void);
/* Adds a line; *DONE when it was the end line. DRAGOMAN_PROTOCOL when it is
 * neither a row nor an end line. */
enum dragoman_status reply_add(struct dragoman_reply *r, const char *line, size_t len,
			       bool *done, struct dragoman_error *err) MUST_CHECK;
/* DRAGOMAN_OK for the codes under 400, else ERR filled from the end line. */
enum dragoman_status reply_verdict(const struct dragoman_reply *r,
				   struct dragoman_error *err) MUST_CHECK;

/* Whether LINE is a JSON object whose first member is "t":".". */
bool json_is_end(const char *line, size_t len);
/* Calls MEMBER with each member of the object whose value is a string (without
 * its escapes), a number or a word; other values are passed over.
 * DRAGOMAN_PROTOCOL when LINE is no well-formed object. */
enum dragoman_status json_members(const char *line, size_t len,
				  void (*member)(void *arg, const char *name, const char *value),
				  void *arg) MUST_CHECK;

#endif
