/* SPDX-License-Identifier: MIT */
#include "client/plain.h"

#include <stdio.h>
#include <string.h>

#include "base/protocol.h"
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

/* JSON lets C1 control characters stand as they are; a terminal may obey them. */
void
plain_json(const struct dragoman_reply *reply)
{
	size_t len, i, from = 0;
	const char *text = dragoman_text(reply, &len);

	for (i = 0; i + 1 < len; i++) {
		unsigned char second = (unsigned char)text[i + 1];

		if ((unsigned char)text[i] != 0xC2 || second < 0x80 || second > 0x9F)
			continue;
		fwrite(text + from, 1, i - from, stdout);
		printf("\\u%04x", (unsigned)second);
		from = i + 2;
	}
	fwrite(text + from, 1, len - from, stdout);
}
