/* SPDX-License-Identifier: MIT
 *
 * dragoman: asks a Dragoman daemon, for people and for scripts.
 */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/streams.h"
#include "client/cli.h"

static const struct command commands[] = {
	{ "search", "search [-n N] [--offset N] [--match any|all] [--sort ORDER] [--rank KIND]\n"
	  "               [--halflife DAYS] [--from DATE] [--to DATE] [--alias 0|1]\n"
	  "               [--collapse 0|1] [--correct 0|1] [--meto] [--no-snippets]\n"
	  "               [--json|--tsv] QUERY...",
	  CLI_METO | CLI_LIMIT | CLI_OFFSET | CLI_MATCH | CLI_SORT | CLI_RANK | CLI_HALF_LIFE | CLI_FROM | CLI_TO |
	  CLI_ALIAS | CLI_COLLAPSE | CLI_CORRECT | CLI_NO_SNIPPETS | CLI_FACES, true, cmd_search },
	{ "get", "get [--json|--tsv] ID...", CLI_FACES, true, cmd_get },
	{ "versions", "versions [--json|--tsv] ID...", CLI_FACES, true, cmd_versions },
	{ "count", "count [--match any|all] [--from DATE] [--to DATE] [--alias 0|1]\n"
	  "               [--collapse 0|1] [--correct 0|1] [--meto] [--json|--tsv] QUERY...",
	  CLI_METO | CLI_MATCH | CLI_FROM | CLI_TO | CLI_ALIAS | CLI_COLLAPSE | CLI_CORRECT | CLI_FACES, true, cmd_count },
	{ "quotes", "quotes [--speaker NAME] [-n N] [--offset N] [--match any|all] [--sort ORDER]\n"
	  "               [--from DATE] [--to DATE] [--alias 0|1] [--collapse 0|1]\n"
	  "               [--correct 0|1] [--meto] [--json|--tsv] [QUERY...]",
	  CLI_METO | CLI_SPEAKER | CLI_LIMIT | CLI_OFFSET | CLI_MATCH | CLI_SORT | CLI_FROM | CLI_TO |
	  CLI_ALIAS | CLI_COLLAPSE | CLI_CORRECT | CLI_FACES, true, cmd_quotes },
	{ "suggest", "suggest [-n N] [--json|--tsv] PREFIX",
	  CLI_LIMIT | CLI_FACES, true, cmd_suggest },
	{ "explain", "explain [--id ID] [--rank KIND] [--halflife DAYS] [--match any|all]\n"
	  "               [--from DATE] [--to DATE] [--alias 0|1] [--correct 0|1]\n"
	  "               [--meto] [--json|--tsv] QUERY...",
	  CLI_METO | CLI_ID | CLI_RANK | CLI_HALF_LIFE | CLI_MATCH | CLI_FROM | CLI_TO | CLI_ALIAS | CLI_CORRECT |
	  CLI_FACES, true, cmd_explain },
	{ "watch", "watch [--since REV] [--exec CMD] [--match any|all] [--alias 0|1]\n"
	  "               [--collapse 0|1] [--correct 0|1] [--meto] [--json|--tsv] QUERY...",
	  CLI_METO | CLI_SINCE | CLI_EXEC | CLI_MATCH | CLI_ALIAS | CLI_COLLAPSE | CLI_CORRECT | CLI_FACES, true, cmd_watch },
	{ "status", "status [--json|--tsv]", CLI_FACES, false, cmd_status },
	{ "metrics", "metrics [--json|--tsv]", CLI_FACES, false, cmd_metrics },
	{ "raw", "raw [LINE...]", 0, false, cmd_raw },
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

static void
help(void)
{
	size_t i;

	puts("usage: dragoman [-s PATH|HOST:PORT] COMMAND ...");
	for (i = 0; i < NCOMMANDS; i++)
		printf("       dragoman %s\n", commands[i].usage);
	puts("\n"
	     "  -s, --socket WHERE   the daemon's socket, or its address HOST:PORT\n"
	     "  -n, --limit N        at most N articles\n"
	     "      --offset N       pass over the first N\n"
	     "      --match all      articles with every word, not with any of them\n"
	     "      --sort ORDER     relevance, date (oldest first) or -date (newest first)\n"
	     "      --rank KIND      relevance, or recent: newer articles rise\n"
	     "      --halflife DAYS  how fast that wears off (90)\n"
	     "      --from, --to DATE  2025, 2025-03 or 2025-03-27\n"
	     "      --alias 0        without other names of what the words name\n"
	     "      --collapse 0     all copies of a text, not the best one only\n"
	     "      --correct 0|1    0: no misspellings of a word either; 1: search what is\n"
	     "                       suggested for a word that no article has\n"
	     "      --meto           capitals stand for governments\n"
	     "      --no-snippets    headlines only\n"
	     "      --speaker NAME   what NAME said, and nobody else\n"
	     "      --id ID          one article's score in parts\n"
	     "      --since REV      what was committed after this revision, too\n"
	     "      --exec CMD       run CMD for each article, which is JSON on its input\n"
	     "      --json, --tsv    output for scripts\n"
	     "      --color WHEN     auto, always or never\n"
	     "  -h, --help, -V, --version\n"
	     "\n"
	     "Exit status: 0 hits, 1 none, 2 trouble. See dragoman(1), dragoman-query(7).");
}

static const struct command *
find_command(const char *name)
{
	size_t i;

	for (i = 0; i < NCOMMANDS; i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	}
	return NULL;
}

/* --help and --version, wherever they stand; true: done. */
static bool
told(const struct cli *cli, const struct command *command)
{
	if (cli->given & CLI_HELP) {
		if (command != NULL)
			printf("usage: dragoman %s\n", command->usage);
		else
			help();
		return true;
	}
	if (cli->given & CLI_VERSION)
		printf("dragoman %s\n", dragoman_version());
	return (cli->given & CLI_VERSION) != 0;
}

static int
connect_and_run(struct cli *cli, const struct command *command)
{
	struct dragoman_error err;
	int code = CLI_TROUBLE;

	cli->h = dragoman_new();
	if (cli->h == NULL)
		return cli_error("out of memory");
	switch (dragoman_connect(cli->h, cli->server, &err)) {
	case DRAGOMAN_OK:
		code = command->run(cli);
		break;
	case DRAGOMAN_NO_DAEMON:
		code = cli_error("%s: start one with \"dragomand -d INDEX\"", err.text);
		break;
	case DRAGOMAN_NO_MEMORY:
	case DRAGOMAN_BAD_ARGUMENT:
	case DRAGOMAN_NOT_CONNECTED:
	case DRAGOMAN_IO:
	case DRAGOMAN_TIMEOUT:
	case DRAGOMAN_PROTOCOL:
	case DRAGOMAN_TOO_LARGE:
	case DRAGOMAN_REFUSED:
		code = cli_error("%s", err.text);
		break;
	}
	dragoman_free(cli->h);
	return code;
}

static int
run(struct cli *cli, int argc, char **argv)
{
	const struct command *command = NULL;
	int n = cli_options(cli, NULL, argc, argv);

	if (n < 0)
		return CLI_TROUBLE;
	if (n < argc && (cli->given & (CLI_HELP | CLI_VERSION)) == 0) {
		command = find_command(argv[n]);
		if (command == NULL)
			return cli_error("%s: no such command (see dragoman --help)", argv[n]);
		if (cli_options(cli, command, argc - n - 1, argv + n + 1) < 0)
			return CLI_TROUBLE;
	}
	if (told(cli, command))
		return CLI_HITS;
	if (command == NULL)
		return cli_error("a command is missing (see dragoman --help)");
	if (command->wants_words && cli->nwords == 0 && cli->speaker == NULL)
		return cli_error("%s: an argument is missing (see dragoman %s --help)", command->name,
				 command->name);
	if (!command->wants_words && command->run != cmd_raw && cli->nwords > 0)
		return cli_error("%s: takes no argument", command->name);
	if (!pretty_init(&cli->out, cli->color))
		return cli_error("--color=%s: auto, always or never", cli->color);
	return connect_and_run(cli, command);
}

int
main(int argc, char **argv)
{
	struct cli cli;
	int code;

	streams_take();
	memset(&cli, 0, sizeof(cli));
	/* All text is UTF-8, whatever the locale; the widths are those of Unicode. */
	setlocale(LC_CTYPE, "C.UTF-8");
	code = run(&cli, argc - 1, argv + 1);
	if (cli.short_of_memory)
		code = cli_error("out of memory");
	if (fflush(stdout) != 0 || ferror(stdout))
		code = cli_error("standard output: %s", strerror(errno));
	return code;
}
