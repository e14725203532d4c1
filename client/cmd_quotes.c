/* SPDX-License-Identifier: MIT
 *
 * quotes.
 */
#include <stdio.h>
#include <string.h>

#include "client/commands.h"
#include "client/listing.h"

static void
show_quote(struct cli *cli, const struct dragoman_row *row, unsigned indent)
{
	const char *speaker = cli_field(row, ROW_QUOTE, "speaker");
	const char *office = cli_field(row, ROW_QUOTE, "office");
	const char *date = cli_field(row, ROW_QUOTE, "date");
	const char *words = cli_field(row, ROW_QUOTE, "words");
	struct buf line = BUF_INIT;

	if (!cli_is(row, ROW_QUOTE))
		return;
	printf("%*s. ", (int)indent - 2, cli_field(row, ROW_QUOTE, "rank"));
	buf_adds(&line, *speaker != '\0' ? speaker : "(nobody named)");
	if (*office != '\0')
		buf_addf(&line, ", %s", office);
	cli_show(cli, STYLE_BOLD, indent, indent, &line);
	printf("%*s", (int)indent, "");
	pretty_wrap(&cli->out, STYLE_PLAIN, indent, indent, words, strlen(words));
	buf_init(&line);
	if (*date != '\0')
		buf_addf(&line, "%s \xC2\xB7 ", date);
	buf_adds(&line, cli_field(row, ROW_QUOTE, "id"));
	printf("%*s", (int)indent, "");
	cli_show(cli, STYLE_DIM, indent, indent, &line);
}

int
cmd_quotes(struct cli *cli)
{
	static const struct listing quotes = {
		.one = "quotation", .many = "quotations", .show = show_quote
	};

	return listing_run(cli, &quotes);
}
