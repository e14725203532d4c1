/* SPDX-License-Identifier: MIT
 *
 * suggest, explain, status, metrics and raw.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/cli.h"
#include "client/plain.h"

/* Asks VERB and prints the rows with LETTER: with PRINT for people. */
static int
list_rows(struct cli *cli, const char *verb, const char *letter, const char *rest,
	  void (*print)(struct cli *cli, const struct dragoman_row *row), bool may_be_empty)
{
	struct dragoman_option pair[CLI_PAIRS];
	struct dragoman_reply *reply;
	struct dragoman_row row;
	int code;

	cli_pairs(cli, false, pair);
	reply = cli_ask(cli, verb, pair, rest, &code);
	if (reply == NULL)
		return code;
	code = dragoman_next(reply, &row) || may_be_empty ? CLI_HITS : CLI_NONE;
	dragoman_rewind(reply);
	switch (cli->face) {
	case FACE_JSON:
		plain_json(reply);
		break;
	case FACE_TSV:
		if (plain_rows(reply, letter) != ST_OK)
			cli->short_of_memory = true;
		break;
	case FACE_PEOPLE:
		while (dragoman_next(reply, &row)) {
			if (row.letter == *letter)
				print(cli, &row);
		}
		break;
	}
	dragoman_reply_free(reply);
	return code;
}

static void
print_suggestion(struct cli *cli, const struct dragoman_row *row)
{
	printf("%8s  ", dragoman_field(row, 1));
	pretty_wrap(&cli->out, STYLE_PLAIN, 10, 10, dragoman_field(row, 0),
		    strlen(dragoman_field(row, 0)));
}

static void
print_node(struct cli *cli, const struct dragoman_row *row)
{
	unsigned indent = 2 * (unsigned)(atoi(dragoman_field(row, 0)) & 63);
	struct buf line = BUF_INIT;

	buf_addf(&line, "%s %s", dragoman_field(row, 1), dragoman_field(row, 2));
	printf("%*s", (int)indent, "");
	cli_show(cli, STYLE_PLAIN, indent, indent + 4, &line);
}

static void
print_figure(struct cli *cli, const struct dragoman_row *row)
{
	printf("%-15s ", dragoman_field(row, 0));
	pretty_wrap(&cli->out, STYLE_PLAIN, 16, 16, dragoman_field(row, 1),
		    strlen(dragoman_field(row, 1)));
}

static int
list_words(struct cli *cli, const char *verb, const char *letter,
	   void (*print)(struct cli *cli, const struct dragoman_row *row),
	   bool may_be_empty)
{
	struct buf words = BUF_INIT;
	int code = CLI_TROUBLE;

	if (cli_join(cli, &words))
		code = list_rows(cli, verb, letter, buf_str(&words), print, may_be_empty);
	buf_fini(&words);
	return code;
}

int
cmd_suggest(struct cli *cli)
{
	return list_words(cli, "SUGGEST", "G", print_suggestion, false);
}

int
cmd_explain(struct cli *cli)
{
	return list_words(cli, "EXPLAIN", "X", print_node, true);
}

int
cmd_status(struct cli *cli)
{
	return list_rows(cli, "STATUS", "K", NULL, print_figure, true);
}

/* For a program that collects them, as they are. */
static void
print_metric(struct cli *cli, const struct dragoman_row *row)
{
	(void)cli;
	pretty_clean(stdout, dragoman_field(row, 0), strlen(dragoman_field(row, 0)));
	putchar('\n');
}

int
cmd_metrics(struct cli *cli)
{
	return list_rows(cli, "METRICS", "M", NULL, print_metric, true);
}

static int
raw_line(struct cli *cli, const char *line)
{
	struct dragoman_reply *reply;
	struct dragoman_error err;
	size_t len;
	const char *text;
	int code;

	if (dragoman_raw(cli->h, line, &reply, &err) != DRAGOMAN_OK)
		return cli_error("%s: %s", dragoman_status_name(err.status), err.text);
	text = dragoman_text(reply, &len);
	fwrite(text, 1, len, stdout);
	fflush(stdout);
	code = dragoman_code(reply) < 400 ? CLI_HITS : CLI_TROUBLE;
	dragoman_reply_free(reply);
	return code;
}

int
cmd_raw(struct cli *cli)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	int i, code, worst = CLI_HITS;

	for (i = 0; i < cli->nwords; i++) {
		code = raw_line(cli, cli->word[i]);
		worst = code > worst ? code : worst;
	}
	while (cli->nwords == 0 && (n = getline(&line, &cap, stdin)) >= 0) {
		if (n > 0 && line[n - 1] == '\n')
			line[n - 1] = '\0';
		code = raw_line(cli, line);
		worst = code > worst ? code : worst;
	}
	if (ferror(stdin))
		worst = cli_error("standard input: cannot be read");
	free(line);
	return worst;
}
