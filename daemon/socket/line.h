/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Line framing: bytes in, request lines out. A line ends in LF or CRLF and has
 * at most WIRE_LINE_MAX bytes; a longer one is reported once and skipped to its
 * end. The reader owns its buffer; a line that line_next gives is borrowed from it
 * until the next call of any function here.
 */
#ifndef DAEMON_SOCKET_LINE_H
#define DAEMON_SOCKET_LINE_H

#include "base/buf.h"

/* Bytes that may wait in a reader: two lines of the greatest length fit. */
#define LINE_BUFFER_MAX 32768

struct line_reader {
	struct buf in;
	size_t at;        /* where the next line begins */
	size_t scanned;   /* no LF between at and here */
	bool skipping;    /* within a line that was reported as too long */
};

enum line_got { LINE_NONE, LINE_GOT, LINE_TOO_LONG };

void line_init(struct line_reader *l);
void line_fini(struct line_reader *l);
/* Room for up to *ROOM bytes, to be confirmed with line_filled. NULL with *ROOM = 0:
 * the reader is full; NULL with *ROOM > 0: no memory. */
char *line_space(struct line_reader *l, size_t *room);
void line_filled(struct line_reader *l, size_t len);
/* The next line without its end. LINE_NONE: no whole line is there yet. LINE_TOO_LONG: LINE is what is there of it. */
enum line_got line_next(struct line_reader *l, const char **line, size_t *len);
/* Whether bytes could be added. */
bool line_has_room(const struct line_reader *l);

#endif
