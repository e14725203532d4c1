/* SPDX-License-Identifier: MIT */
#include "client/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

int
cli_error(const char *fmt, ...)
{
	char text[2048];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	fputs("dragoman: ", stderr);
	pretty_clean(stderr, text, strlen(text));
	fputc('\n', stderr);
	return CLI_TROUBLE;
}

bool
cli_join(const struct cli *cli, struct buf *out)
{
	int i;

	for (i = 0; i < cli->nwords; i++) {
		if (i > 0)
			buf_addc(out, ' ');
		buf_adds(out, cli->word[i]);
	}
	if (buf_status(out) == ST_OK)
		return true;
	cli_error("out of memory");
	return false;
}

void
cli_show(struct cli *cli, enum style style, unsigned at, unsigned indent, struct buf *line)
{
	if (buf_status(line) != ST_OK)
		cli->short_of_memory = true;
	pretty_wrap(&cli->out, style, at, indent, buf_str(line), line->len);
	buf_fini(line);
}

void
cli_pairs(const struct cli *cli, struct dragoman_option *pair)
{
	size_t i;

	for (i = 0; i < OPTIONS; i++) {
		if (cli->value[i] != NULL)
			*pair++ = (struct dragoman_option){ protocol_options[i].name, cli->value[i] };
	}
	*pair = (struct dragoman_option){ NULL, NULL };
}

/* The query with a caret under the character at COLUMN. */
static void
show_column(const char *query, int column)
{
	size_t at = 0, len = strlen(query);
	uint32_t cp;
	int i;

	for (i = 1; i < column && at < len; i++)
		at += utf8_next(query + at, len - at, &cp);
	fputs("    ", stderr);
	pretty_clean(stderr, query, len);
	fprintf(stderr, "\n    %*s^\n", (int)pretty_columns(query, at), "");
}

void
cli_trouble(const struct dragoman_error *err, const char *rest)
{
	if (err->status != DRAGOMAN_REFUSED) {
		cli_error("%s: %s", dragoman_status_name(err->status), err->text);
	} else if (err->column > 0 && rest != NULL) {
		cli_error("query: %s", err->text);
		show_column(rest, err->column);
	} else {
		cli_error("%s: %s", err->code == 550 && rest != NULL ? rest :
			  err->code == 510 ? "query" : "refused", err->text);
	}
}

struct dragoman_reply *
cli_ask(struct cli *cli, const struct protocol_verb *verb, const struct dragoman_option *pair,
	const char *rest, int *exit_code)
{
	struct dragoman_reply *reply;
	struct dragoman_error err;

	*exit_code = CLI_TROUBLE;
	if (dragoman_request(cli->h, verb->name, pair, rest, &reply, &err) == DRAGOMAN_OK)
		return reply;
	if (err.status == DRAGOMAN_REFUSED && err.code == 550)
		*exit_code = CLI_NONE;
	/* Where an article is not there, the error is about its id. */
	cli_trouble(&err, err.code == 550 && cli->value[OPTION_ID] != NULL ? cli->value[OPTION_ID] : rest);
	return NULL;
}

bool
cli_is(const struct dragoman_row *row, enum row_kind kind)
{
	return row->letter == protocol_rows[kind].letter;
}

const char *
cli_field(const struct dragoman_row *row, enum row_kind kind, const char *column)
{
	const char *const *name = protocol_rows[kind].column;
	size_t n;

	for (n = 0; name[n] != NULL; n++) {
		if (strcmp(name[n], column) == 0)
			return dragoman_field(row, n);
	}
	return "";
}

void
cli_notes(struct dragoman_reply *reply)
{
	struct dragoman_row row;

	dragoman_rewind(reply);
	while (dragoman_next(reply, &row)) {
		if (cli_is(&row, ROW_STANDS_FOR))
			cli_error("%s: searched as %s", cli_field(&row, ROW_STANDS_FOR, "typed"),
				  cli_field(&row, ROW_STANDS_FOR, "stands-for"));
		else if (cli_is(&row, ROW_WARNING))
			cli_error("warning: %s", cli_field(&row, ROW_WARNING, "text"));
	}
	dragoman_rewind(reply);
}
