/* SPDX-License-Identifier: MIT
 *
 * quotes.
 */
#include <stdio.h>
#include <string.h>

#include "client/cli.h"
#include "client/plain.h"

/* The columns of a Q row. */
enum { RANK, ID, DATE, SPEAKER, OFFICE, WORDS };

#define INDENT 4

static void
show_quote(struct cli *cli, const struct dragoman_row *row)
{
	const char *speaker = dragoman_field(row, SPEAKER), *office = dragoman_field(row, OFFICE);
	const char *date = dragoman_field(row, DATE);
	struct buf line = BUF_INIT;

	printf("%*s. ", INDENT - 2, dragoman_field(row, RANK));
	buf_adds(&line, *speaker != '\0' ? speaker : "(nobody named)");
	if (*office != '\0')
		buf_addf(&line, ", %s", office);
	cli_show(cli, STYLE_BOLD, INDENT, INDENT, &line);
	printf("%*s", INDENT, "");
	pretty_wrap(&cli->out, STYLE_PLAIN, INDENT, INDENT, dragoman_field(row, WORDS), strlen(dragoman_field(row, WORDS)));
	buf_init(&line);
	if (*date != '\0')
		buf_addf(&line, "%s \xC2\xB7 ", date);
	buf_adds(&line, dragoman_field(row, ID));
	printf("%*s", INDENT, "");
	cli_show(cli, STYLE_DIM, INDENT, INDENT, &line);
}

static void
show_quotes(struct cli *cli, struct dragoman_reply *reply)
{
	long long total = dragoman_number(reply, "total", 0), rows = dragoman_number(reply, "rows", 0);
	const char *about = dragoman_number(reply, "exact", 1) ? "" : "about ";
	struct dragoman_row row;

	while (dragoman_next(reply, &row)) {
		if (row.letter == 'Q')
			show_quote(cli, &row);
	}
	if (rows > 0)
		putchar('\n');
	if (total == 0)
		puts("no quotation");
	else if (rows == total)
		printf("%lld %s\n", total, total == 1 ? "quotation" : "quotations");
	else
		printf("%lld of %s%lld quotations\n", rows, about, total);
}

int
cmd_quotes(struct cli *cli)
{
	struct dragoman_option pair[CLI_PAIRS];
	struct buf query = BUF_INIT;
	struct dragoman_reply *reply = NULL;
	int code = CLI_TROUBLE;

	cli_pairs(cli, false, pair);
	if (cli_join(cli, &query))
		reply = cli_ask(cli, "QUOTES", pair, buf_str(&query), &code);
	if (reply != NULL) {
		code = dragoman_number(reply, "rows", 0) > 0 ? CLI_HITS : CLI_NONE;
		switch (cli->face) {
		case FACE_JSON:
			plain_json(reply);
			break;
		case FACE_TSV:
			cli_notes(reply);
			if (plain_rows(reply, "Q") != ST_OK)
				cli->short_of_memory = true;
			break;
		case FACE_PEOPLE:
			cli_notes(reply);
			show_quotes(cli, reply);
			break;
		}
	}
	dragoman_reply_free(reply);
	buf_fini(&query);
	return code;
}
