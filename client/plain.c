/* SPDX-License-Identifier: MIT */
#include "client/plain.h"

#include <stdio.h>
#include <string.h>

#include "base/wire.h"

void
plain_field(const char *before, const char *text, size_t len)
{
	struct buf b = BUF_INIT;

	wire_escape(&b, text, len);
	printf("%s%s", before, buf_str(&b));
	buf_fini(&b);
}

void
plain_rows(struct dragoman_reply *reply, const char *letters)
{
	struct dragoman_row row;
	size_t i;

	while (dragoman_next(reply, &row)) {
		if (strchr(letters, row.letter) == NULL)
			continue;
		for (i = 0; i < row.nfields; i++)
			plain_field(i > 0 ? "\t" : "", row.field[i], row.length[i]);
		putchar('\n');
	}
}

void
plain_hits(struct dragoman_reply *reply)
{
	bool open = false;    /* a hit whose line wants its snippet yet */
	struct dragoman_row row;
	size_t i;

	while (dragoman_next(reply, &row)) {
		if (row.letter == 'S' && open && row.nfields > 0) {
			plain_field("\t", row.field[0], row.length[0]);
			putchar('\n');
			open = false;
		} else if (row.letter == 'R') {
			if (open)
				puts("\t");
			for (i = 0; i <= DRAGOMAN_TITLE; i++)
				plain_field(i > 0 ? "\t" : "", dragoman_field(&row, i),
					    i < row.nfields ? row.length[i] : 0);
			open = true;
		}
	}
	if (open)
		puts("\t");
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
