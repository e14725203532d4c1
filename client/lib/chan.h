/* SPDX-License-Identifier: MIT
 *
 * The connection as a stream of lines, each call under a deadline. A struct chan
 * owns its socket.
 */
#ifndef CLIENT_LIB_CHAN_H
#define CLIENT_LIB_CHAN_H

#include <stdint.h>

#include "base/buf.h"
#include "client/lib/dragoman.h"

/* A moment on the monotonic clock in ms; 0: never. */
int64_t chan_deadline(int ms);
#define CHAN_PAST 1

/* fd is -1 while there is no connection. */
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

#endif
