/* SPDX-License-Identifier: MIT
 *
 * search.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/commands.h"
#include "client/listing.h"
#include "client/plain.h"

static void
show_hit(struct cli *cli, const struct dragoman_row *row, unsigned indent)
{
	struct buf line = BUF_INIT;
	const char *title = dragoman_field(row, DRAGOMAN_TITLE);
	const char *part[] = { dragoman_field(row, DRAGOMAN_DATE),
			       dragoman_field(row, DRAGOMAN_SOURCE),
			       dragoman_field(row, DRAGOMAN_ID) };
	size_t i;

	printf("%*s. ", (int)indent - 2, dragoman_field(row, DRAGOMAN_RANK));
	if (*title == '\0')
		title = "(no headline)";
	pretty_wrap(&cli->out, STYLE_BOLD, indent, indent, title, strlen(title));
	for (i = 0; i < 3; i++) {
		if (*part[i] != '\0')
			buf_addf(&line, "%s%s", line.len > 0 ? " \xC2\xB7 " : "", part[i]);
	}
	if (strtoul(dragoman_field(row, DRAGOMAN_COPIES), NULL, 10) > 1)
		buf_addf(&line, " \xC2\xB7 %s copies", dragoman_field(row, DRAGOMAN_COPIES));
	printf("%*s", (int)indent, "");
	cli_show(cli, STYLE_DIM, indent, indent, &line);
}

static void
show_row(struct cli *cli, const struct dragoman_row *row, unsigned indent)
{
	if (cli_is(row, ROW_HIT)) {
		show_hit(cli, row, indent);
	} else if (cli_is(row, ROW_SNIPPET) && row->nfields > 0 && row->length[0] > 0) {
		printf("%*s", (int)indent, "");
		pretty_wrap(&cli->out, STYLE_SNIPPET, indent, indent, row->field[0], row->length[0]);
	}
}

int
cmd_search(struct cli *cli)
{
	static const struct listing hits = {
		.one = "article", .many = "articles", .marks = true,
		.plain = plain_hits, .show = show_row
	};

	return listing_run(cli, &hits);
}
