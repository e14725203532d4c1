/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The line reader and the request parser. The first byte says in what pieces
 * the rest arrives; the lines must not depend on that.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/wire.h"
#include "daemon/job/request.h"
#include "daemon/socket/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads a line as a request and checks what is promised about it. */
static void
parse(const char *line, size_t len)
{
	struct request r;
	struct error err = { ST_OK, 0, "" };
	int code = request_parse(&r, line, len, &err);

	if (code == 0) {
		if (r.verb == NULL || r.rest_len > len || r.rest[r.rest_len] != '\0' ||
		    utf8_valid(r.rest, r.rest_len) != r.rest_len || r.search.limit > PROTOCOL_LIMIT_MAX)
			abort();
	} else if (code < 400 || code > 599 || err.text[0] == '\0' ||
		   utf8_valid(err.text, strlen(err.text)) != strlen(err.text)) {
		abort();
	}
	(void)request_is_http(line, len, true);
	(void)request_is_http(line, len, false);
	request_fini(&r);
}

/* Feeds DATA in pieces of STEP bytes; the lines go to OUT, each with a mark. */
static void
read_lines(const char *data, size_t size, size_t step, struct buf *out)
{
	struct line_reader l;
	const char *line;
	size_t at = 0, n, room;
	enum line_got got;

	line_init(&l);
	while (at < size) {
		char *to = line_space(&l, &room);

		if (to == NULL)
			abort();
		n = size - at < step ? size - at : step;
		n = n < room ? n : room;
		memcpy(to, data + at, n);
		line_filled(&l, n);
		at += n;
		while ((got = line_next(&l, &line, &n)) != LINE_NONE) {
			buf_addc(out, got == LINE_GOT ? 'g' : 't');
			if (got == LINE_GOT) {
				buf_add(out, line, n);
				parse(line, n);
			}
			buf_addc(out, '\n');
		}
	}
	line_fini(&l);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = BUF_INIT, pieces = BUF_INIT;

	if (size == 0)
		return 0;
	read_lines((const char *)data + 1, size - 1, size, &whole);
	read_lines((const char *)data + 1, size - 1, (size_t)data[0] + 1, &pieces);
	if (whole.len != pieces.len || (whole.len > 0 && memcmp(whole.data, pieces.data, whole.len) != 0))
		abort();
	buf_fini(&whole);
	buf_fini(&pieces);
	return 0;
}
