/* SPDX-License-Identifier: MIT
 *
 * A growing byte buffer. An allocation that fails is remembered: later adds do
 * nothing, and buf_status() answers ST_NOMEM, so that a run of adds needs one
 * check at its end. The buffer owns its bytes.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct buf {
	char *data;    /* NULL while nothing was added; else data[len] is NUL */
	size_t len;    /* bytes in use, the closing NUL not counted */
	size_t cap;
	bool failed;
};

#define BUF_INIT { NULL, 0, 0, false }

void buf_init(struct buf *b);
void buf_fini(struct buf *b);                 /* frees; b may be used again */
void buf_clear(struct buf *b);                /* len = 0, memory kept, failure forgotten */
void buf_add(struct buf *b, const void *data, size_t len);
void buf_addc(struct buf *b, char c);
void buf_adds(struct buf *b, const char *s);
/* WORD as a shell reads it: in single quotes, where it has to be. */
void buf_add_quoted(struct buf *b, const char *word);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Makes room for MORE further bytes and returns where they go (NULL: failed);
 * the caller adds what it wrote to len. */
char *buf_reserve(struct buf *b, size_t more);
/* The contents as a string: "" when empty. Valid until the next change. */
const char *buf_str(const struct buf *b);
/* ST_OK or ST_NOMEM. */
enum status buf_status(const struct buf *b) MUST_CHECK;

#endif
