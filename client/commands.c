/* SPDX-License-Identifier: MIT */
#include "client/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/plain.h"

#define FACES (CLI_BIT(CLI_JSON) | CLI_BIT(CLI_TSV))
#define HOOK (CLI_BIT(CLI_EXEC) | CLI_BIT(CLI_RETRIES) | CLI_BIT(CLI_DEAD))
#define ALWAYS (CLI_BIT(CLI_SERVER) | CLI_BIT(CLI_COLOR) | CLI_BIT(CLI_HELP) | CLI_BIT(CLI_VERSION))
/* Options that the commands themselves set, or that no command has a use for. */
#define HIDDEN (OPT_NAME | OPT_MARK | OPT_REV)

/* ---- a verb's rows, one after the other ---- */

static void
print_suggestion(struct cli *cli, const struct dragoman_row *row)
{
	const char *text = cli_field(row, ROW_SUGGESTION, "text");

	printf("%8s  ", cli_field(row, ROW_SUGGESTION, "count"));
	pretty_wrap(&cli->out, STYLE_PLAIN, 10, 10, text, strlen(text));
}

/* EXPLAIN's rows are nodes, with --id parts: both are a depth and two texts. */
static void
print_node(struct cli *cli, const struct dragoman_row *row)
{
	unsigned indent = 2 * (unsigned)(atoi(cli_field(row, ROW_NODE, "depth")) & 63);
	struct buf line = BUF_INIT;

	buf_addf(&line, "%s %s", cli_field(row, ROW_NODE, "node"), cli_field(row, ROW_NODE, "detail"));
	printf("%*s", (int)indent, "");
	cli_show(cli, STYLE_PLAIN, indent, indent + 4, &line);
}

static void
print_figure(struct cli *cli, const struct dragoman_row *row)
{
	const char *value = cli_field(row, ROW_FIGURE, "value");

	printf("%-15s ", cli_field(row, ROW_FIGURE, "key"));
	pretty_wrap(&cli->out, STYLE_PLAIN, 16, 16, value, strlen(value));
}

/* For a program that collects them, as they are. */
static void
print_metric(struct cli *cli, const struct dragoman_row *row)
{
	const char *line = cli_field(row, ROW_METRIC, "line");

	(void)cli;
	pretty_clean(stdout, line, strlen(line));
	putchar('\n');
}

static int
show_rows(struct cli *cli, struct dragoman_reply *reply)
{
	const struct command *command = cli->command;
	struct dragoman_row row;
	int code = dragoman_next(reply, &row) || command->may_be_empty ? CLI_HITS : CLI_NONE;

	dragoman_rewind(reply);
	switch (cli->face) {
	case FACE_JSON:
		plain_json(reply);
		break;
	case FACE_TSV:
		if (plain_rows(reply, command->verb->rows) != ST_OK)
			cli->short_of_memory = true;
		break;
	case FACE_PEOPLE:
		while (dragoman_next(reply, &row)) {
			if (strchr(command->verb->rows, row.letter) != NULL)
				command->print(cli, &row);
		}
		break;
	}
	return code;
}

static int
list_rows(struct cli *cli)
{
	struct dragoman_option pair[CLI_PAIRS];
	struct dragoman_reply *reply = NULL;
	struct buf words = BUF_INIT;
	int code = CLI_TROUBLE;

	cli_pairs(cli, pair);
	if (cli_join(cli, &words))
		reply = cli_ask(cli, cli->command->verb, pair, cli->command->words != NULL ? buf_str(&words) : NULL, &code);
	if (reply != NULL)
		code = show_rows(cli, reply);
	dragoman_reply_free(reply);
	buf_fini(&words);
	return code;
}

/* ---- the table ---- */

#define VERB(id) .verb = &protocol_verbs[VERB_##id]

static const struct command commands[] = {
	{ "search", VERB(SEARCH), .besides = FACES, .words = "QUERY...", .wants_words = true, .run = cmd_search },
	{ "get", VERB(GET), .besides = FACES, .words = "ID...", .wants_words = true, .run = cmd_get },
	{ "versions", VERB(VERSIONS), .besides = FACES, .words = "ID...", .wants_words = true, .run = cmd_versions },
	{ "count", VERB(COUNT), .besides = FACES, .words = "QUERY...", .wants_words = true, .run = cmd_count },
	{ "quotes", VERB(QUOTES), .besides = FACES, .words = "[QUERY...]", .wants_words = true, .run = cmd_quotes },
	{ "suggest", VERB(SUGGEST), .besides = FACES, .words = "PREFIX", .wants_words = true, .run = list_rows,
	  .print = print_suggestion },
	{ "explain", VERB(EXPLAIN), .besides = FACES, .words = "QUERY...", .wants_words = true, .run = list_rows,
	  .print = print_node, .may_be_empty = true },
	{ "watch", VERB(WATCH), .without = OPT_FROM | OPT_TO, .besides = FACES | HOOK,
	  .words = "QUERY...", .wants_words = true, .run = cmd_watch },
	{ "status", VERB(STATUS), .besides = FACES, .run = list_rows, .print = print_figure, .may_be_empty = true },
	{ "metrics", VERB(METRICS), .besides = FACES, .run = list_rows, .print = print_metric, .may_be_empty = true },
	{ "raw", .words = "[LINE...]", .run = cmd_raw },
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

const struct command *
commands_at(size_t n)
{
	return n < NCOMMANDS ? &commands[n] : NULL;
}

const struct command *
commands_find(const char *name)
{
	size_t i;

	for (i = 0; i < NCOMMANDS; i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	}
	return NULL;
}

unsigned
commands_options(const struct command *command)
{
	unsigned options = ALWAYS;

	if (command != NULL && command->verb != NULL)
		options |= command->verb->options & ~(command->without | HIDDEN);
	return command != NULL ? options | command->besides : options;
}
