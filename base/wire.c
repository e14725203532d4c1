/* SPDX-License-Identifier: MIT */
#include "base/wire.h"

#include <string.h>

#include "base/utf8.h"

void
wire_escape(struct buf *out, const char *text, size_t len)
{
	size_t i, from = 0;

	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		unsigned char c1 = 0;

		if (c == 0xC2 && i + 1 < len)
			c1 = (unsigned char)text[i + 1];
		if (c >= 0x20 && c != 0x7F && c != '\\' && (c1 < 0x80 || c1 > 0x9F))
			continue;
		buf_add(out, text + from, i - from);
		if (c == '\t')
			buf_adds(out, "\\t");
		else if (c == '\n')
			buf_adds(out, "\\n");
		else if (c == '\r')
			buf_adds(out, "\\r");
		else if (c == '\\')
			buf_adds(out, "\\\\");
		else if (c == 0xC2)
			buf_addf(out, "\\x%02X", (unsigned)c1);
		else
			buf_addf(out, "\\x%02X", (unsigned)c);
		if (c == 0xC2)
			i++;
		from = i + 1;
	}
	buf_add(out, text + from, len - from);
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

size_t
wire_unescape(char *text, size_t len)
{
	size_t from, to = 0;

	for (from = 0; from < len; from++) {
		char c = text[from];
		char next = from + 1 < len ? text[from + 1] : '\0';

		if (c != '\\') {
			text[to++] = c;
		} else if (next == 't' || next == 'n' || next == 'r' || next == '\\') {
			text[to++] = next == 't' ? '\t' : next == 'n' ? '\n' :
				     next == 'r' ? '\r' : '\\';
			from++;
		} else if (next == 'x' && from + 3 < len &&
			   hex(text[from + 2]) >= 0 && hex(text[from + 3]) >= 0) {
			/* Four bytes shrink to at most two: in place is safe. */
			to += utf8_put(text + to, (uint32_t)(hex(text[from + 2]) * 16 +
							     hex(text[from + 3])));
			from += 3;
		} else {
			text[to++] = c;
		}
	}
	return to;
}

int
wire_check_line(const char *line, size_t len, const char **why)
{
	size_t i;

	if (len > WIRE_LINE_MAX) {
		*why = "line over 16384 bytes";
		return WIRE_TOO_LARGE;
	}
	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];

		if ((c < 0x20 && c != '\t') || c == 0x7F) {
			*why = "control byte in the line";
			return WIRE_BAD_BYTES;
		}
	}
	if (utf8_valid(line, len) != len) {
		*why = "the line is not UTF-8";
		return WIRE_BAD_BYTES;
	}
	return 0;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
key_char(char c, bool first)
{
	return (c >= 'a' && c <= 'z') || (!first && (c == '_' || (c >= '0' && c <= '9')));
}

bool
wire_option(const char *line, size_t len, size_t *at, struct wire_pair *out)
{
	size_t i, begin;

	while (*at < len && blank(line[*at]))
		(*at)++;
	i = *at;
	while (i < len && key_char(line[i], i == *at))
		i++;
	if (i == *at || i >= len || line[i] != '=')
		return false;
	out->key = line + *at;
	out->key_len = i - *at;
	begin = ++i;
	out->quoted = i < len && line[i] == '"';
	if (out->quoted) {
		begin = ++i;
		while (i < len && line[i] != '"')
			i += line[i] == '\\' ? 2 : 1;
		if (i >= len)
			return false;
	} else {
		while (i < len && !blank(line[i]))
			i++;
	}
	out->value = line + begin;
	out->value_len = i - begin;
	i += out->quoted ? 1 : 0;
	if (i < len && !blank(line[i]))
		return false;
	*at = i;
	return true;
}

void
wire_unquote(struct buf *out, const char *value, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (value[i] == '\\' && i + 1 < len &&
		    (value[i + 1] == '"' || value[i + 1] == '\\'))
			i++;
		buf_addc(out, value[i]);
	}
}
