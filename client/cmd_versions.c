/* SPDX-License-Identifier: MIT
 *
 * versions: the copies of an article, and where each differs.
 */
#include <stdio.h>
#include <string.h>

#include "client/cli.h"
#include "client/plain.h"

/* The fields of VERSIONS' V row. */
enum { VERSION_RANK, VERSION_ID, VERSION_DATE, VERSION_SOURCE, VERSION_TITLE };

static void
show_version(struct cli *cli, const struct dragoman_row *row)
{
	static const int parts[] = { VERSION_DATE, VERSION_SOURCE, VERSION_ID };
	const char *title = dragoman_field(row, VERSION_TITLE);
	struct buf line = BUF_INIT;
	size_t i;

	printf("%2s. ", dragoman_field(row, VERSION_RANK));
	if (*title == '\0')
		title = "(no headline)";
	pretty_wrap(&cli->out, STYLE_BOLD, 4, 4, title, strlen(title));
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *part = dragoman_field(row, (size_t)parts[i]);

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
		if (row.letter == 'V') {
			show_version(cli, &row);
		} else if (row.letter == 'D' && row.nfields > 1) {
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
		if (row.letter != 'V' && row.letter != 'D')
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
	int code = dragoman_number(reply, "rows", 0) > 1 ? CLI_HITS : CLI_NONE;

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

	cli_pairs(cli, false, pair);
	for (i = 0; i < cli->nwords; i++) {
		int code;
		struct dragoman_reply *reply = cli_ask(cli, "VERSIONS", pair, cli->word[i], &code);

		if (reply != NULL)
			code = show(cli, reply);
		worst = code > worst ? code : worst;
		dragoman_reply_free(reply);
	}
	return worst;
}
