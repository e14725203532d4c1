/* SPDX-License-Identifier: MIT
 *
 * libdragoman: asks a Dragoman daemon over its line protocol. This is the only
 * header to include; libdragoman(3) is its manual.
 *
 * A handle (struct dragoman) is one connection. It may be used by several
 * threads: their requests are then carried out one after the other. Handles do
 * not affect each other. A reply belongs to whoever made the request and is
 * used by one thread at a time. What a function gives out as a const pointer
 * stays the property of the handle, reply or row that it came from.
 */
#ifndef DRAGOMAN_H
#define DRAGOMAN_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct dragoman;
struct dragoman_reply;

enum dragoman_status {
	DRAGOMAN_OK = 0,
	DRAGOMAN_NO_MEMORY,
	DRAGOMAN_BAD_ARGUMENT,  /* cannot be put into a request; nothing was sent */
	DRAGOMAN_NO_DAEMON,     /* nobody answers at the address */
	DRAGOMAN_NOT_CONNECTED, /* never connected, or given up after an earlier error */
	DRAGOMAN_IO,            /* the connection broke, or ended within a reply */
	DRAGOMAN_TIMEOUT,
	DRAGOMAN_PROTOCOL,      /* what came is not protocol 1 */
	DRAGOMAN_TOO_LARGE,     /* the reply is over the handle's limit */
	DRAGOMAN_REFUSED        /* the daemon answered with an error: see code and text */
};

/* What went wrong, in a record of the caller's. */
struct dragoman_error {
	enum dragoman_status status;
	int code;        /* DRAGOMAN_REFUSED: the protocol's code (510, 550 ...); else 0 */
	int column;      /* code 510: the character of the query, from 1; else 0 */
	char text[256];  /* UTF-8, one line */
};

/* An option of a request; a list of them ends with a NULL key. */
struct dragoman_option {
	const char *key, *value;
};

/* A row of a reply. The fields are as they were before the protocol escaped
 * them, and may hold any character; each is followed by a NUL byte. With
 * format=json the letter is '{' and the one field the row's JSON text. */
struct dragoman_row {
	char letter;
	size_t nfields;
	const char *const *field;
	const size_t *length;    /* bytes of each field */
};

/* The fields of SEARCH's R row. */
enum dragoman_hit {
	DRAGOMAN_RANK, DRAGOMAN_ID, DRAGOMAN_SCORE, DRAGOMAN_DATE,
	DRAGOMAN_SOURCE, DRAGOMAN_TITLE, DRAGOMAN_COPIES
};

/* The version of the library, as "0.1.0". */
const char *dragoman_version(void);

/* A short English name of a status, static. */
const char *dragoman_status_name(enum dragoman_status status);

/* A handle that is not connected yet; NULL when memory is short. */
struct dragoman *dragoman_new(void);
/* Closes and frees; NULL is fine. No other thread may be using the handle. */
void dragoman_free(struct dragoman *h);

/* Milliseconds to wait for a connection and its greeting (5000 unless set),
 * and for a whole reply (30000); 0 or less: as long as it takes. Looking up a
 * host's name is not covered. */
void dragoman_set_timeouts(struct dragoman *h, int connect_ms, int request_ms);

/* Bytes that a reply may have, 64 MiB unless set. */
void dragoman_set_reply_max(struct dragoman *h, size_t bytes);

/* Connects to WHERE, the path of a Unix socket or HOST:PORT ([HOST]:PORT for
 * an IPv6 address; what holds a slash is a path). NULL: to the first that
 * answers of $DRAGOMAN_SOCKET, $XDG_RUNTIME_DIR/dragoman/socket and
 * /run/dragoman/socket. A connection that the handle had is closed first. ERR
 * may be NULL, here and below. */
enum dragoman_status dragoman_connect(struct dragoman *h, const char *where,
				      struct dragoman_error *err);

/* Sends VERB, the options (NULL: none) and the rest of the line (NULL: none)
 * and waits for the reply, which the caller frees. Values are quoted as need
 * be. Control characters other than TAB, text that is not UTF-8 and requests
 * over 16384 bytes are DRAGOMAN_BAD_ARGUMENT. *OUT is NULL unless the result is
 * DRAGOMAN_OK.
 *
 * After DRAGOMAN_IO, _TIMEOUT, _PROTOCOL and _TOO_LARGE the connection is
 * closed, since a late reply would be taken for the next one's:
 * dragoman_connect() makes the handle usable again. */
enum dragoman_status dragoman_request(struct dragoman *h, const char *verb,
				      const struct dragoman_option *options,
				      const char *rest, struct dragoman_reply **out,
				      struct dragoman_error *err);

/* The same with the verb SEARCH. */
enum dragoman_status dragoman_search(struct dragoman *h, const char *query,
				     const struct dragoman_option *options,
				     struct dragoman_reply **out,
				     struct dragoman_error *err);

/* Sends LINE (no line break in it) as it is. Whatever code the
 * daemon answers, that is DRAGOMAN_OK: see dragoman_code(). */
enum dragoman_status dragoman_raw(struct dragoman *h, const char *line,
				  struct dragoman_reply **out,
				  struct dragoman_error *err);

/* Watches. Once a WATCH was answered, the daemon sends a push after each commit:
 * the revision (figure rev), the watch's name (figure watch) and the articles
 * that newly match (rows R). A push with the figure gone and no rows says that
 * the daemon can no longer tell what was committed after rev: it ends the
 * watch. A push with the figure late and no rows says that the query took too
 * long: the daemon tells later what was committed after rev. Pushes stand between replies; those that come
 * while a request is under way are kept, in order, within the limit of a
 * reply's size in all.
 *
 * dragoman_push() gives out the next one, a reply without an end line
 * (dragoman_code() is 0), which the caller frees. TIMEOUT_MS: how long to wait
 * for it; 0: no longer than for what has come; less: as long as it takes.
 * DRAGOMAN_TIMEOUT leaves the connection and what came of a push as they are.
 * A thread that waits keeps others from making requests with the handle.
 * After an error the whole pushes that had come are still given out, before it
 * is told again; dragoman_connect() drops them. */
enum dragoman_status dragoman_push(struct dragoman *h, int timeout_ms,
				   struct dragoman_reply **out,
				   struct dragoman_error *err);

/* The socket, for poll(2) and the like; -1 while there is none. When it can be
 * read, call dragoman_push() with 0 until that is DRAGOMAN_TIMEOUT, and once
 * before waiting for it: a push may have come with an earlier reply. */
int dragoman_fd(struct dragoman *h);

void dragoman_reply_free(struct dragoman_reply *reply);

/* The next row: 1, or 0 after the last one. What ROW points to is good until
 * the next call for the same reply. */
int dragoman_next(struct dragoman_reply *reply, struct dragoman_row *row);
/* Back before the first row. */
void dragoman_rewind(struct dragoman_reply *reply);

/* Field N of a row; "" where the row has none. */
const char *dragoman_field(const struct dragoman_row *row, size_t n);

/* The end line: its code (250 ...), a figure by its name (NULL: there is
 * none), a figure as a number (FALLBACK: there is none, or it is no number). */
int dragoman_code(const struct dragoman_reply *reply);
const char *dragoman_figure(const struct dragoman_reply *reply, const char *name);
long long dragoman_number(const struct dragoman_reply *reply, const char *name,
			  long long fallback);

/* The reply as it came, each line ended by LF. */
const char *dragoman_text(const struct dragoman_reply *reply, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
