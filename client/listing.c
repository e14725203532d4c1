/* SPDX-License-Identifier: MIT */
#include "client/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/commands.h"
#include "client/plain.h"

#define INDENT_MIN 4    /* room for two digits, a dot and a blank */
#define DIGITS_MAX 9

struct page {
	long long first, last;   /* ranks; 0: it has no rows */
	unsigned indent;         /* behind the longest rank */
};

static struct page
measure(struct dragoman_reply *reply, char letter)
{
	struct page page = { 0, 0, INDENT_MIN };
	struct dragoman_row row;
	long long rows = 0;

	while (dragoman_next(reply, &row)) {
		const char *rank = dragoman_field(&row, 0);
		size_t digits = strlen(rank);

		if (row.letter != letter)
			continue;
		if (rows++ == 0)
			page.first = strtoll(rank, NULL, 10);
		if (digits + 2 > page.indent && digits <= DIGITS_MAX)
			page.indent = (unsigned)digits + 2;
	}
	if (rows > 0 && page.first < 1)
		page.first = 1;
	page.last = page.first + rows - (rows > 0);
	dragoman_rewind(reply);
	return page;
}

static void
show_total(const struct listing *l, const struct dragoman_reply *reply, const struct page *page)
{
	long long total = dragoman_number(reply, "total", page->last);
	const char *about = dragoman_number(reply, "exact", 1) ? "" : "about ";
	const char *noun = total == 1 ? l->one : l->many;
	long long us = dragoman_number(reply, "us", -1);

	if (page->first == 0 && total == 0)
		printf("no %s", l->one);
	else if (page->first == 0)
		printf("none of %s%lld %s", about, total, noun);
	else if (page->first == 1 && page->last == total)
		printf("%s%lld %s", about, total, noun);
	else if (page->first == 1)
		printf("%lld of %s%lld %s", page->last, about, total, noun);
	else
		printf("%lld to %lld of %s%lld %s", page->first, page->last, about, total, noun);
	if (us >= 0)
		printf(", %lld.%lld ms", us / 1000, us % 1000 / 100);
	putchar('\n');
}

static void
show_page(struct cli *cli, const struct listing *l, struct dragoman_reply *reply)
{
	const struct page page = measure(reply, cli->command->verb->rows[0]);
	struct dragoman_row row;

	while (dragoman_next(reply, &row))
		l->show(cli, &row, page.indent);
	if (page.first > 0)
		putchar('\n');
	show_total(l, reply, &page);
}

int
listing_run(struct cli *cli, const struct listing *l)
{
	struct dragoman_option pair[CLI_PAIRS];
	char marks[PRETTY_MARKS_MAX];
	struct buf query = BUF_INIT;
	struct dragoman_reply *reply = NULL;
	int code = CLI_TROUBLE;

	pretty_marks(&cli->out, marks);
	if (l->marks && cli->face == FACE_PEOPLE)
		cli->value[OPTION_MARK] = marks;
	cli_pairs(cli, pair);
	if (cli_join(cli, &query))
		reply = cli_ask(cli, cli->command->verb, pair, buf_str(&query), &code);
	if (reply != NULL) {
		code = dragoman_number(reply, "rows", 0) > 0 ? CLI_HITS : CLI_NONE;
		switch (cli->face) {
		case FACE_JSON:
			plain_json(reply);
			break;
		case FACE_TSV:
			cli_notes(reply);
			if ((l->plain != NULL ? l->plain(reply) : plain_rows(reply, cli->command->verb->rows)) != ST_OK)
				cli->short_of_memory = true;
			break;
		case FACE_PEOPLE:
			cli_notes(reply);
			show_page(cli, l, reply);
			break;
		}
	}
	dragoman_reply_free(reply);
	buf_fini(&query);
	return code;
}
