/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/job/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/visible.h"
#include "base/wire.h"

/* The functions of a format. NAME is a column's or figure's; a value without quotes
 * (a number) comes as text too. */
struct rows_format {
	void (*begin)(struct buf *out, char letter);
	void (*field)(struct buf *out, const char *name, const char *text, size_t len, bool number);
	void (*end)(struct buf *out);
	void (*close)(struct buf *out, int code, const char *tag);
	void (*push)(struct buf *out);
	void (*figure)(struct buf *out, const char *name, const char *value, bool number);
	void (*error)(struct buf *out, const char *text);
};

/* ---- text: a letter, TAB, fields split by TAB ---- */

static void
text_begin(struct buf *out, char letter)
{
	buf_addc(out, letter);
}

static void
text_field(struct buf *out, const char *name, const char *text, size_t len, bool number)
{
	(void)name;
	(void)number;
	buf_addc(out, '\t');
	wire_escape(out, text, len);
}

static void
text_end(struct buf *out)
{
	buf_addc(out, '\n');
}

static void
text_close(struct buf *out, int code, const char *tag)
{
	buf_addf(out, ". %d", code);
	if (*tag != '\0')
		buf_addf(out, " @%s", tag);
}

static void
text_push(struct buf *out)
{
	buf_addc(out, '*');
}

static void
text_figure(struct buf *out, const char *name, const char *value, bool number)
{
	(void)number;
	buf_addc(out, ' ');
	buf_adds(out, name);
	buf_addc(out, '=');
	buf_adds(out, value);
}

static void
text_error(struct buf *out, const char *text)
{
	buf_addc(out, ' ');
	wire_escape(out, text, strlen(text));
}

static const struct rows_format text_format = {
	text_begin, text_field, text_end, text_close, text_push, text_figure, text_error
};

/* ---- JSON: an object a line ---- */

static void
json_string(struct buf *out, const char *text, size_t len)
{
	buf_addc(out, '"');
	visible_json(out, text, len);
	buf_addc(out, '"');
}

static void
json_begin(struct buf *out, char letter)
{
	buf_adds(out, "{\"t\":\"");
	buf_addc(out, letter);
	buf_addc(out, '"');
}

static void
json_field(struct buf *out, const char *name, const char *text, size_t len, bool number)
{
	buf_adds(out, ",\"");
	buf_adds(out, name);
	buf_adds(out, "\":");
	if (number)
		buf_add(out, text, len);
	else
		json_string(out, text, len);
}

static void
json_end(struct buf *out)
{
	buf_adds(out, "}\n");
}

static void
json_close(struct buf *out, int code, const char *tag)
{
	json_begin(out, '.');
	buf_addf(out, ",\"code\":%d", code);
	if (*tag != '\0')
		json_field(out, "tag", tag, strlen(tag), false);
}

static void
json_push(struct buf *out)
{
	json_begin(out, '*');
}

static void
json_figure(struct buf *out, const char *name, const char *value, bool number)
{
	json_field(out, name, value, strlen(value), number);
}

static void
json_error(struct buf *out, const char *text)
{
	json_field(out, "error", text, strlen(text), false);
}

static const struct rows_format json_format = {
	json_begin, json_field, json_end, json_close, json_push, json_figure, json_error
};

/* ---- the interface ---- */

void
rows_init(struct rows *r, struct buf *out, bool json)
{
	memset(r, 0, sizeof(*r));
	r->out = out;
	r->format = json ? &json_format : &text_format;
}

void
rows_restart(struct rows *r)
{
	memset(r->count, 0, sizeof(r->count));
	buf_clear(r->out);
}

void
rows_begin(struct rows *r, enum row_kind kind)
{
	r->kind = kind;
	r->column = 0;
	r->count[kind]++;
	r->format->begin(r->out, protocol_rows[kind].letter);
}

static void
field(struct rows *r, const char *text, size_t len, bool number)
{
	r->format->field(r->out, protocol_rows[r->kind].column[r->column++], text, len, number);
}

void
rows_text(struct rows *r, const char *text, size_t len)
{
	field(r, text, len, false);
}

void
rows_str(struct rows *r, const char *text)
{
	field(r, text, strlen(text), false);
}

static size_t
put_uint(char *out, size_t size, uint64_t value)
{
	return (size_t)snprintf(out, size, "%" PRIu64, value);
}

void
rows_uint(struct rows *r, uint64_t value)
{
	char text[24];

	field(r, text, put_uint(text, sizeof(text), value), true);
}

void
rows_real(struct rows *r, double value)
{
	char text[48];
	int n = snprintf(text, sizeof(text), "%.2f", value);

	field(r, text, n < (int)sizeof(text) ? (size_t)n : sizeof(text) - 1, true);
}

void
rows_end(struct rows *r)
{
	r->format->end(r->out);
}

void
rows_key_uint(struct rows *r, const char *key, uint64_t value)
{
	rows_begin(r, ROW_FIGURE);
	rows_str(r, key);
	rows_uint(r, value);
	rows_end(r);
}

void
rows_key_str(struct rows *r, const char *key, const char *value)
{
	rows_begin(r, ROW_FIGURE);
	rows_str(r, key);
	rows_str(r, value);
	rows_end(r);
}

void
rows_close(struct rows *r, int code, const char *tag)
{
	r->code = code;
	r->format->close(r->out, code, tag);
}

void
rows_figure(struct rows *r, const char *key, uint64_t value)
{
	char text[24];

	put_uint(text, sizeof(text), value);
	r->format->figure(r->out, key, text, true);
}

void
rows_figure_real(struct rows *r, const char *key, double value)
{
	char text[48];

	snprintf(text, sizeof(text), "%.2f", value);
	r->format->figure(r->out, key, text, true);
}

void
rows_figure_name(struct rows *r, const char *key, const char *value)
{
	r->format->figure(r->out, key, value, false);
}

void
rows_push(struct rows *r)
{
	r->format->push(r->out);
}

void
rows_error(struct rows *r, const char *text)
{
	r->format->error(r->out, text);
}

void
rows_finish(struct rows *r)
{
	r->format->end(r->out);
}
