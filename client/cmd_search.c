/* SPDX-License-Identifier: MIT
 *
 * search and count.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/cli.h"
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
show_total(struct dragoman_reply *reply, long long first, long long last)
{
	long long total = dragoman_number(reply, "total", last);
	const char *about = dragoman_number(reply, "exact", 1) ? "" : "about ";
	const char *noun = total == 1 ? "article" : "articles";
	long long us = dragoman_number(reply, "us", -1);

	if (first == 0)
		printf(total > 0 ? "none of %s%lld %s" : "no article", about, total, noun);
	else if (first == 1 && last == total)
		printf("%s%lld %s", about, total, noun);
	else if (first == 1)
		printf("%lld of %s%lld %s", last, about, total, noun);
	else
		printf("%lld to %lld of %s%lld %s", first, last, about, total, noun);
	if (us >= 0)
		printf(", %lld.%lld ms", us / 1000, us % 1000 / 100);
	putchar('\n');
}

static void
show_hits(struct cli *cli, struct dragoman_reply *reply)
{
	long long first = 0, last = 0;
	struct dragoman_row row;
	unsigned indent = 4;

	while (dragoman_next(reply, &row)) {
		if (row.letter == 'R') {
			unsigned digits = (unsigned)strlen(dragoman_field(&row, DRAGOMAN_RANK));

			if (first++ == 0)
				(void)sscanf(dragoman_field(&row, DRAGOMAN_RANK), "%lld", &last);
			if (digits + 2 > indent && digits < 10)
				indent = digits + 2;
		}
	}
	dragoman_rewind(reply);
	/* FIRST hits were counted, and LAST is the rank of the first of them. */
	if (first > 0) {
		long long rows = first;

		first = last > 0 ? last : 1;
		last = first + rows - 1;
	}
	while (dragoman_next(reply, &row)) {
		if (row.letter == 'R') {
			show_hit(cli, &row, indent);
		} else if (row.letter == 'S' && row.nfields > 0 && row.length[0] > 0) {
			printf("%*s", (int)indent, "");
			pretty_wrap(&cli->out, STYLE_SNIPPET, indent, indent, row.field[0],
				    row.length[0]);
		}
	}
	if (first > 0)
		putchar('\n');
	show_total(reply, first, last);
}

int
cmd_search(struct cli *cli)
{
	struct dragoman_option pair[CLI_PAIRS];
	struct buf query = BUF_INIT;
	struct dragoman_reply *reply = NULL;
	int code = CLI_TROUBLE;

	cli_pairs(cli, cli->face == FACE_PEOPLE, pair);
	if (cli_join(cli, &query))
		reply = cli_ask(cli, "SEARCH", pair, buf_str(&query), &code);
	if (reply != NULL) {
		code = dragoman_number(reply, "rows", 0) > 0 ? CLI_HITS : CLI_NONE;
		switch (cli->face) {
		case FACE_JSON:
			plain_json(reply);
			break;
		case FACE_TSV:
			cli_notes(reply);
			if (plain_hits(reply) != ST_OK)
				cli->short_of_memory = true;
			break;
		case FACE_PEOPLE:
			cli_notes(reply);
			show_hits(cli, reply);
			break;
		}
	}
	dragoman_reply_free(reply);
	buf_fini(&query);
	return code;
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
