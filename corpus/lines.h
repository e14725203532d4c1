/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Lines of a file, one after the other, in memory that grows with the longest
 * line, up to LINES_MAX, and not with the file. Borrows the zstream_reader; the line
 * it gives is its own and holds until the next call.
 */
#ifndef CORPUS_LINES_H
#define CORPUS_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/zstream.h"

#define LINES_MAX (64u << 20)   /* bytes */

struct lines {
	struct zstream_reader *from;
	char *data;
	size_t cap, start, end;
	bool eof;
	uint64_t number;   /* of the line given last, from 1 */
};

struct line {
	const char *text;
	size_t len;        /* without LF or CR LF */
	bool too_long;     /* over LINES_MAX: passed over, no text */
};

void lines_init(struct lines *l, struct zstream_reader *from);
void lines_fini(struct lines *l);
/* *GOT = false at the end. A last line needs no LF. */
enum status lines_next(struct lines *l, struct line *out, bool *got, struct error *err) MUST_CHECK;

#endif
