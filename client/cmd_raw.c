/* SPDX-License-Identifier: MIT
 *
 * raw: lines of the protocol as they are.
 */
#include <stdio.h>
#include <stdlib.h>

#include "client/commands.h"

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
