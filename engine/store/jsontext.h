/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The small JSON texts of an index, read or written whole or not at all. Results
 * are the caller's.
 */
#ifndef ENGINE_STORE_JSONTEXT_H
#define ENGINE_STORE_JSONTEXT_H

#include <stddef.h>

#include <jansson.h>

#include "base/buf.h"

/* *OUT is the value of TEXT; NAME is for errors. ST_CORRUPT where TEXT is no JSON. */
enum status jsontext_parse(json_t **out, const char *text, size_t len, const char *name, struct error *err) MUST_CHECK;

/* Call before you make a value for jsontext_write_take. */
void jsontext_begin(void);
/* Appends VALUE (consumed, also on failure; NULL: it could not be made) and a LF to OUT, FLAGS being Jansson's
 * for json_dumps. ST_NOMEM. */
enum status jsontext_write_take(json_t *value, size_t flags, struct buf *out, struct error *err) MUST_CHECK;

#endif
