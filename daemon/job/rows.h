/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing a reply: rows and the end line, in either format of the protocol,
 * through one set of calls. Failed allocations are remembered by the buffer,
 * which is the caller's.
 */
#ifndef DAEMON_JOB_ROWS_H
#define DAEMON_JOB_ROWS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/protocol.h"

struct rows_format;

struct rows {
	struct buf *out;
	const struct rows_format *format;
	enum row_kind kind;
	unsigned column;
	unsigned count[ROW_KINDS];   /* rows written so far */
	int code;                    /* of the end line, once it is closed */
};

void rows_init(struct rows *r, struct buf *out, bool json);

/* A row: begin, its columns in order, end. */
void rows_begin(struct rows *r, enum row_kind kind);
void rows_text(struct rows *r, const char *text, size_t len);
void rows_str(struct rows *r, const char *text);
void rows_uint(struct rows *r, uint64_t value);
void rows_real(struct rows *r, double value);
void rows_end(struct rows *r);
/* A whole ROW_FIGURE. */
void rows_key_uint(struct rows *r, const char *key, uint64_t value);
void rows_key_str(struct rows *r, const char *key, const char *value);

/* The end line: close, its figures, perhaps an error's text, finish. TAG "" is none. */
void rows_close(struct rows *r, int code, const char *tag);
void rows_figure(struct rows *r, const char *key, uint64_t value);
void rows_figure_real(struct rows *r, const char *key, double value);
/* VALUE of letters, digits and . _ : - */
void rows_figure_name(struct rows *r, const char *key, const char *value);
void rows_error(struct rows *r, const char *text);
void rows_finish(struct rows *r);

/* Begins the line that a push starts with: its figures follow, and finish. */
void rows_push(struct rows *r);

/* Drops everything that was written: the reply begins anew. */
void rows_restart(struct rows *r);

#endif
