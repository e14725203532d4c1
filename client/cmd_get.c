/* SPDX-License-Identifier: MIT
 *
 * get: whole articles.
 */
#include <stdio.h>
#include <string.h>

#include "client/commands.h"
#include "client/plain.h"

/* The fields of the line under the headline. They and the title are not repeated
 * at the article's end. */
static const char *const under[] = { "date", "source", "byline" };

static bool
is_under(const char *key)
{
	size_t i;

	for (i = 0; i < sizeof(under) / sizeof(under[0]); i++) {
		if (strcmp(key, under[i]) == 0)
			return true;
	}
	return strcmp(key, "title") == 0;
}

static bool
find_field(struct dragoman_reply *reply, const char *key, struct dragoman_row *row)
{
	dragoman_rewind(reply);
	while (dragoman_next(reply, row)) {
		if (cli_is(row, ROW_FIGURE) && strcmp(cli_field(row, ROW_FIGURE, "key"), key) == 0)
			return true;
	}
	return false;
}

static void
show_head(struct cli *cli, struct dragoman_reply *reply)
{
	struct buf line = BUF_INIT;
	struct dragoman_row row;
	size_t i;

	if (find_field(reply, "title", &row) && row.nfields > 1)
		pretty_wrap(&cli->out, STYLE_BOLD, 0, 0, row.field[1], row.length[1]);
	for (i = 0; i < sizeof(under) / sizeof(under[0]); i++) {
		if (find_field(reply, under[i], &row) && row.nfields > 1)
			buf_addf(&line, "%s%s", line.len > 0 ? " \xC2\xB7 " : "", row.field[1]);
	}
	if (line.len > 0 || line.failed)
		cli_show(cli, STYLE_DIM, 0, 0, &line);
}

static void
show_text(const struct cli *cli, struct dragoman_reply *reply)
{
	struct dragoman_row row;

	dragoman_rewind(reply);
	while (dragoman_next(reply, &row)) {
		if (!cli_is(&row, ROW_PARAGRAPH) || row.nfields < 2)
			continue;
		putchar('\n');
		pretty_wrap(&cli->out, *row.field[0] == 'h' ? STYLE_BOLD : STYLE_PLAIN, 0, 0,
			    row.field[1], row.length[1]);
	}
}

/* The article's other fields, the values of one key on one line. */
static void
show_fields(struct cli *cli, struct dragoman_reply *reply)
{
	struct buf line = BUF_INIT;
	struct dragoman_row row;
	size_t key_len = 0;
	bool more = true;

	putchar('\n');
	dragoman_rewind(reply);
	while (more) {
		const char *key;

		more = dragoman_next(reply, &row) != 0;
		if (more && (!cli_is(&row, ROW_FIGURE) || is_under(cli_field(&row, ROW_FIGURE, "key"))))
			continue;
		key = more ? cli_field(&row, ROW_FIGURE, "key") : "";
		if (more && line.len > 0 && strlen(key) == key_len &&
		    memcmp(line.data, key, key_len) == 0) {
			buf_addf(&line, "; %s", cli_field(&row, ROW_FIGURE, "value"));
			continue;
		}
		if (line.len > 0 || line.failed)
			cli_show(cli, STYLE_DIM, 0, 4, &line);
		key_len = strlen(key);
		if (more)
			buf_addf(&line, "%s: %s", key, cli_field(&row, ROW_FIGURE, "value"));
	}
}

int
cmd_get(struct cli *cli)
{
	struct dragoman_option pair[CLI_PAIRS];
	int i, worst = CLI_HITS;

	cli_pairs(cli, pair);
	for (i = 0; i < cli->nwords; i++) {
		int code;
		struct dragoman_reply *reply = cli_ask(cli, cli->command->verb, pair, cli->word[i], &code);

		if (reply == NULL) {
			worst = code > worst ? code : worst;
			continue;
		}
		switch (cli->face) {
		case FACE_JSON:
			plain_json(reply);
			break;
		case FACE_TSV:
			if (plain_rows(reply, cli->command->verb->rows) != ST_OK)
				cli->short_of_memory = true;
			break;
		case FACE_PEOPLE:
			if (i > 0)
				printf("\n%.*s\n\n", 20, "--------------------");
			show_head(cli, reply);
			show_text(cli, reply);
			show_fields(cli, reply);
			break;
		}
		dragoman_reply_free(reply);
	}
	return worst;
}
