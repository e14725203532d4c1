/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What every input format needs on the way into an article record: the
 * encoding, blanks, the single fields, and the last look at the whole. Borrows
 * all texts; what it keeps goes into the caller's article or buffer. The words
 * of ERR are the "why" of a bad article.
 */
#ifndef CORPUS_INTAKE_H
#define CORPUS_INTAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/article.h"
#include "base/error.h"

/* Makes *TEXT valid UTF-8: as it is, or out of Windows-1252 by way of SPARE
 * (*CONVERTED set). ST_INVALID: it is neither. */
enum status intake_utf8(const char **text, size_t *len, struct buf *spare,
			bool *converted, struct error *err) MUST_CHECK;

/* At the beginning of a file: passes over the byte order mark of UTF-8;
 * ST_INVALID for that of UTF-16 or UTF-32. */
enum status intake_mark(const char **text, size_t *len, struct error *err) MUST_CHECK;

/* The bytes of the white space character (Unicode's White_Space) at TEXT
 * (LEN > 0), 0 when another stands there. */
size_t intake_blank(const char *text, size_t len);

/* Cuts white space off both ends. */
void intake_trim(const char **text, size_t *len);

/* Sets a field: trimmed, and with each run of line breaks, tabs and the blanks
 * around them made one space. */
void intake_field(struct article *a, enum article_field f, const char *text, size_t len);
/* Adds an entry to a list in the same way. */
void intake_entry(struct article *a, enum article_field l, const char *text, size_t len);

/* The last look: an id of at most ARTICLE_ID_MAX bytes without control
 * characters, a headline or a text. ST_INVALID says what is missing, ST_NOMEM
 * that an add failed. */
enum status intake_check(const struct article *a, struct error *err) MUST_CHECK;

/* Whether a date is given that cannot be read; ERR then says so. */
bool intake_odd_date(const struct article *a, struct error *err);

#endif
