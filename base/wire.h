/* SPDX-License-Identifier: MIT
 *
 * The line protocol's alphabet, shared by daemon and client: limits, codes,
 * escaping of fields, options of a request. dragoman-protocol(7) is its
 * description.
 */
#ifndef BASE_WIRE_H
#define BASE_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define WIRE_PROTO 1
#define WIRE_LINE_MAX 16384     /* bytes of a request line, its end not counted */
#define WIRE_PIPELINE_MAX 64    /* outstanding requests of a connection */

enum wire_code {
	WIRE_GREETING = 200, WIRE_BYE = 205, WIRE_DONE = 250,
	WIRE_GONE = 409, WIRE_BUSY = 421, WIRE_DEADLINE = 451, WIRE_NOSPACE = 452,
	WIRE_UNKNOWN = 500, WIRE_BAD_BYTES = 501, WIRE_BAD_OPTION = 504,
	WIRE_SYNTAX = 510, WIRE_FORBIDDEN = 530, WIRE_NO_ARTICLE = 550,
	WIRE_TOO_LARGE = 552, WIRE_INTERNAL = 554
};

/* Appends TEXT as a field: TAB LF CR and backslash as \t \n \r \\, other C0
 * controls, DEL and C1 controls (U+0080 to U+009F) as \xNN (NN the code point). */
void wire_escape(struct buf *out, const char *text, size_t len);

/* The reverse, in place; returns the new length. An unknown escape stays as it is. */
size_t wire_unescape(char *text, size_t len);

/* Checks a request line (without its end): WIRE_LINE_MAX bytes at most, valid
 * UTF-8, no control byte but TAB (a lone DEL counts as one). Returns 0 or the
 * code to answer, with *WHY a static text. */
int wire_check_line(const char *line, size_t len, const char **why);

/* key=value or key="value" in a line, which both are borrowed from. KEY is
 * [a-z][a-z0-9_]*. In a quoted value \" and \\ stand for " and \, which
 * wire_unquote undoes. */
struct wire_pair {
	const char *key, *value;
	size_t key_len, value_len;
	bool quoted;
};

/* One step of reading a request: skips blanks at *AT and, if a pair stands
 * there, gives it and moves *AT past it. False, *AT at the next byte that is no
 * blank, otherwise. */
bool wire_option(const char *line, size_t len, size_t *at, struct wire_pair *out);

/* Appends the value with \" and \\ undone. */
void wire_unquote(struct buf *out, const char *value, size_t len);

#endif
