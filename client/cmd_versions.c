/* SPDX-License-Identifier: MIT
 *
 * versions: the copies of an article, and where each differs.
 */
#include <stdio.h>
#include <string.h>

#include "client/commands.h"
#include "client/plain.h"

static void
show_version(struct cli *cli, const struct dragoman_row *row)
{
	static const char *const parts[] = { "date", "source", "id" };
	const char *title = cli_field(row, ROW_VERSION, "title");
	struct buf line = BUF_INIT;
	size_t i;

	printf("%2s. ", cli_field(row, ROW_VERSION, "rank"));
	if (*title == '\0')
		title = "(no headline)";
	pretty_wrap(&cli->out, STYLE_BOLD, 4, 4, title, strlen(title));
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *part = cli_field(row, ROW_VERSION, parts[i]);

		if (*part != '\0')
			buf_addf(&line, "%s%s", line.len > 0 ? " \xC2\xB7 " : "", part);
	}
	printf("%4s", "");
	cli_show(cli, STYLE_DIM, 4, 4, &line);
}

static void
show_versions(struct cli *cli, struct dragoman_reply *reply)
{
	struct dragoman_row row;

	while (dragoman_next(reply, &row)) {
		if (cli_is(&row, ROW_VERSION)) {
			show_version(cli, &row);
		} else if (cli_is(&row, ROW_CHANGE) && row.nfields > 1) {
			printf("    %s ", dragoman_field(&row, 0));
			pretty_wrap(&cli->out, STYLE_PLAIN, 6, 6, row.field[1], row.length[1]);
		}
	}
}

/* V and D rows as they are, each with its letter, since D belongs to the V before it. */
static enum status
plain_versions(struct dragoman_reply *reply)
{
	enum status status = ST_OK;
	struct dragoman_row row;

	while (status == ST_OK && dragoman_next(reply, &row)) {
		if (!cli_is(&row, ROW_VERSION) && !cli_is(&row, ROW_CHANGE))
			continue;
		printf("%c\t", row.letter);
		status = plain_row(&row);
	}
	return status;
}

/* The exit code. */
static int
show(struct cli *cli, struct dragoman_reply *reply)
{
	int code = dragoman_number(reply, "total", dragoman_number(reply, "rows", 0)) > 1 ? CLI_HITS : CLI_NONE;

	switch (cli->face) {
	case FACE_JSON:
		plain_json(reply);
		break;
	case FACE_TSV:
		cli_notes(reply);
		if (plain_versions(reply) != ST_OK)
			cli->short_of_memory = true;
		break;
	case FACE_PEOPLE:
		cli_notes(reply);
		show_versions(cli, reply);
		break;
	}
	return code;
}

int
cmd_versions(struct cli *cli)
{
	struct dragoman_option pair[CLI_PAIRS];
	int i, worst = CLI_HITS;

	cli_pairs(cli, pair);
	for (i = 0; i < cli->nwords; i++) {
		int code;
		struct dragoman_reply *reply = cli_ask(cli, cli->command->verb, pair, cli->word[i], &code);

		if (reply != NULL)
			code = show(cli, reply);
		worst = code > worst ? code : worst;
		dragoman_reply_free(reply);
	}
	return worst;
}
