/* SPDX-License-Identifier: MIT
 *
 * What the library's files share: the connection as a stream of lines under a
 * deadline, and the reply under construction. Nothing of it is exported.
 */
#ifndef CLIENT_LIB_LIBDRAGOMAN_H
#define CLIENT_LIB_LIBDRAGOMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "client/lib/dragoman.h"

/* Fills ERR (unless NULL), cut to whole characters, and returns STATUS. */
enum dragoman_status fail_set(struct dragoman_error *err, enum dragoman_status status,
			      const char *fmt, ...) PRINTF_LIKE(3, 4);

/* A moment on the monotonic clock in ms; 0: never. */
int64_t deadline_in(int ms);
#define DEADLINE_PAST 1

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
enum dragoman_status chan_send(struct chan *c, const char *data, size_t len,
			       int64_t deadline, struct dragoman_error *err) MUST_CHECK;
/* The next line without its LF or CRLF, good until the next call. MAX: bytes
 * that it may have. DRAGOMAN_TIMEOUT keeps the part of it that has come. */
enum dragoman_status chan_line(struct chan *c, size_t max, const char **line, size_t *len,
			       int64_t deadline, struct dragoman_error *err) MUST_CHECK;

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

/* Pushes that have come, oldest first, and the one that is coming in. */
struct inbox {
	struct dragoman_reply *first, *last;
	size_t bytes;                    /* of their texts */
	struct dragoman_reply *coming;   /* NULL: none */
	long long due;                   /* rows that it lacks */
};

void inbox_clear(struct inbox *in);
/* What came of a push whose end did not. */
void inbox_drop_part(struct inbox *in);
/* Whether LINE, which no reply is under way to take, is a push's. */
bool inbox_wants(const struct inbox *in, const char *line, size_t len);
/* MAX: bytes that all pushes may have. */
enum dragoman_status inbox_add(struct inbox *in, const char *line, size_t len, size_t max,
			       struct dragoman_error *err) MUST_CHECK;
/* The oldest whole push, NULL if there is none. */
struct dragoman_reply *inbox_take(struct inbox *in);

/* Whether LINE is a JSON object whose first member is "t":"KIND". */
bool json_is(const char *line, size_t len, const char *kind);
/* Calls MEMBER with each member of the object whose value is a string (without
 * its escapes), a number or a word; other values are passed over.
 * DRAGOMAN_PROTOCOL when LINE is no well-formed object. */
enum dragoman_status json_members(const char *line, size_t len,
				  void (*member)(void *arg, const char *name, const char *value),
				  void *arg) MUST_CHECK;

#endif
