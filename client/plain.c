/* SPDX-License-Identifier: MIT */
#include "client/plain.h"

#include <stdio.h>
#include <string.h>

#include "base/protocol.h"
#include "base/utf8.h"
#include "base/visible.h"
#include "base/wire.h"

static void
add_field(struct buf *line, size_t n, const char *text, size_t len)
{
	if (n > 0)
		buf_addc(line, '\t');
	wire_escape(line, text, len);
}

static enum status
end_line(struct buf *line)
{
	enum status status;

	buf_addc(line, '\n');
	status = buf_status(line);
	if (status == ST_OK)
		fwrite(line->data, 1, line->len, stdout);
	buf_clear(line);
	return status;
}

enum status
plain_row(const struct dragoman_row *row)
{
	struct buf line = BUF_INIT;
	enum status status;
	size_t i;

	for (i = 0; i < row->nfields; i++)
		add_field(&line, i, row->field[i], row->length[i]);
	status = end_line(&line);
	buf_fini(&line);
	return status;
}

static bool
is_note(char letter)
{
	return letter == protocol_rows[ROW_STANDS_FOR].letter || letter == protocol_rows[ROW_WARNING].letter;
}

enum status
plain_rows(struct dragoman_reply *reply, const char *letters)
{
	enum status status = ST_OK;
	struct dragoman_row row;

	while (status == ST_OK && dragoman_next(reply, &row)) {
		if (strchr(letters, row.letter) != NULL && !is_note(row.letter))
			status = plain_row(&row);
	}
	return status;
}

enum status
plain_hits(struct dragoman_reply *reply)
{
	struct buf line = BUF_INIT;    /* a hit that waits for its snippet */
	enum status status = ST_OK;
	struct dragoman_row row;
	bool more = true;
	size_t i;

	while (status == ST_OK && more) {
		more = dragoman_next(reply, &row) != 0;
		if (more && row.letter == protocol_rows[ROW_SNIPPET].letter && line.len > 0) {
			add_field(&line, 1, dragoman_field(&row, 0),
				  row.nfields > 0 ? row.length[0] : 0);
			status = end_line(&line);
		} else if (!more || row.letter == protocol_rows[ROW_HIT].letter) {
			if (line.len > 0) {    /* there is none */
				buf_addc(&line, '\t');
				status = end_line(&line);
			}
			for (i = 0; more && i <= DRAGOMAN_TITLE; i++)
				add_field(&line, i, dragoman_field(&row, i),
					  i < row.nfields ? row.length[i] : 0);
		}
	}
	buf_fini(&line);
	return status;
}

void
plain_json(const struct dragoman_reply *reply)
{
	size_t len, at, n, from = 0;
	const char *text = dragoman_text(reply, &len);
	char escape[VISIBLE_MAX];
	uint32_t cp;

	for (at = 0; at < len; at += n) {
		size_t escaped;

		n = utf8_next(text + at, len - at, &cp);
		/* ASCII is the syntax of JSON. */
		escaped = cp < 0x7F ? 0 : visible_escape(escape, cp);
		if (escaped == 0)
			continue;
		fwrite(text + from, 1, at - from, stdout);
		fwrite(escape, 1, escaped, stdout);
		from = at + n;
	}
	fwrite(text + from, 1, len - from, stdout);
}
