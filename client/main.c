/* SPDX-License-Identifier: MIT
 *
 * dragoman: asks a Dragoman daemon, for people and for scripts.
 */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/streams.h"
#include "client/options.h"
#include "client/usage.h"

/* --help and --version, wherever they stand; true: done. */
static bool
told(const struct cli *cli, const struct command *command)
{
	if (cli->value[CLI_HELP] != NULL)
		usage_print(command);
	else if (cli->value[CLI_VERSION] != NULL)
		printf("dragoman %s\n", dragoman_version());
	return cli->value[CLI_HELP] != NULL || cli->value[CLI_VERSION] != NULL;
}

static int
connect_and_run(struct cli *cli)
{
	struct dragoman_error err;
	int code = CLI_TROUBLE;

	cli->h = dragoman_new();
	if (cli->h == NULL)
		return cli_error("out of memory");
	switch (dragoman_connect(cli->h, cli->value[CLI_SERVER], &err)) {
	case DRAGOMAN_OK:
		code = cli->command->run(cli);
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
	int n = options_read(cli, NULL, argc, argv);

	if (n < 0)
		return CLI_TROUBLE;
	if (n < argc && cli->value[CLI_HELP] == NULL && cli->value[CLI_VERSION] == NULL) {
		command = commands_find(argv[n]);
		if (command == NULL)
			return cli_error("%s: no such command (see dragoman --help)", argv[n]);
		if (options_read(cli, command, argc - n - 1, argv + n + 1) < 0)
			return CLI_TROUBLE;
	}
	if (told(cli, command))
		return CLI_HITS;
	if (command == NULL)
		return cli_error("a command is missing (see dragoman --help)");
	if (command->wants_words && cli->nwords == 0 && cli->value[OPTION_SPEAKER] == NULL)
		return cli_error("%s: an argument is missing (see dragoman %s --help)", command->name,
				 command->name);
	if (command->words == NULL && cli->nwords > 0)
		return cli_error("%s: takes no argument", command->name);
	if (!pretty_init(&cli->out, cli->value[CLI_COLOR]))
		return cli_error("--color=%s: auto, always or never", cli->value[CLI_COLOR]);
	cli->command = command;
	return connect_and_run(cli);
}

int
main(int argc, char **argv)
{
	struct cli cli;
	int code;

	streams_take();
	memset(&cli, 0, sizeof(cli));
	/* All text is UTF-8, whatever the locale; widths are as Unicode has them. */
	setlocale(LC_CTYPE, "C.UTF-8");
	code = run(&cli, argc - 1, argv + 1);
	if (cli.short_of_memory)
		code = cli_error("out of memory");
	if (fflush(stdout) != 0 || ferror(stdout))
		code = cli_error("standard output: %s", strerror(errno));
	return code;
}
