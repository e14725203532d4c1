/* SPDX-License-Identifier: MIT
 *
 * search and count.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	if (row->letter == 'R') {
		show_hit(cli, row, indent);
	} else if (row->letter == 'S' && row->nfields > 0 && row->length[0] > 0) {
		printf("%*s", (int)indent, "");
		pretty_wrap(&cli->out, STYLE_SNIPPET, indent, indent, row->field[0], row->length[0]);
	}
}

int
cmd_search(struct cli *cli)
{
	static const struct listing hits = {
		.verb = "SEARCH", .one = "article", .many = "articles", .letter = 'R', .marks = true,
		.plain = plain_hits, .show = show_row
	};

	return listing_run(cli, &hits);
}

int
cmd_count(struct cli *cli)
{
	struct dragoman_option pair[CLI_PAIRS];
	struct buf query = BUF_INIT;
	struct dragoman_reply *reply = NULL;
	int code = CLI_TROUBLE;

	cli_pairs(cli, false, pair);
	if (cli_join(cli, &query))
		reply = cli_ask(cli, "COUNT", pair, buf_str(&query), &code);
	if (reply != NULL) {
		long long total = dragoman_number(reply, "total", 0);

		code = total > 0 ? CLI_HITS : CLI_NONE;
		if (cli->face == FACE_JSON) {
			plain_json(reply);
		} else {
			cli_notes(reply);
			printf("%lld\n", total);
		}
	}
	dragoman_reply_free(reply);
	buf_fini(&query);
	return code;
}
