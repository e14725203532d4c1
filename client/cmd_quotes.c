/* SPDX-License-Identifier: MIT
 *
 * quotes.
 */
#include <stdio.h>
#include <string.h>

#include "client/listing.h"
#include "client/plain.h"

/* The columns of a Q row. */
enum { RANK, ID, DATE, SPEAKER, OFFICE, WORDS };

static void
show_quote(struct cli *cli, const struct dragoman_row *row, unsigned indent)
{
	const char *speaker = dragoman_field(row, SPEAKER), *office = dragoman_field(row, OFFICE);
	const char *date = dragoman_field(row, DATE), *words = dragoman_field(row, WORDS);
	struct buf line = BUF_INIT;

	if (row->letter != 'Q')
		return;
	printf("%*s. ", (int)indent - 2, dragoman_field(row, RANK));
	buf_adds(&line, *speaker != '\0' ? speaker : "(nobody named)");
	if (*office != '\0')
		buf_addf(&line, ", %s", office);
	cli_show(cli, STYLE_BOLD, indent, indent, &line);
	printf("%*s", (int)indent, "");
	pretty_wrap(&cli->out, STYLE_PLAIN, indent, indent, words, strlen(words));
	buf_init(&line);
	if (*date != '\0')
		buf_addf(&line, "%s \xC2\xB7 ", date);
	buf_adds(&line, dragoman_field(row, ID));
	printf("%*s", (int)indent, "");
	cli_show(cli, STYLE_DIM, indent, indent, &line);
}

static enum status
plain_quotes(struct dragoman_reply *reply)
{
	return plain_rows(reply, "Q");
}

int
cmd_quotes(struct cli *cli)
{
	static const struct listing quotes = {
		.verb = "QUOTES", .one = "quotation", .many = "quotations", .letter = 'Q',
		.plain = plain_quotes, .show = show_quote
	};

	return listing_run(cli, &quotes);
}
