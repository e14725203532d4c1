/* SPDX-License-Identifier: MIT
 *
 * The table of commands. A command that shows the rows of one verb is a row of
 * it and a function that prints a row; others have a file cmd_NAME.c of their
 * own. Nothing here owns anything.
 */
#ifndef CLIENT_COMMANDS_H
#define CLIENT_COMMANDS_H

#include "client/cli.h"

struct command {
	const char *name;
	const struct protocol_verb *verb;   /* the verb that it asks, NULL for raw */
	unsigned without, besides;          /* bits: options of the verb that it lacks, and its own */
	const char *words;                  /* as usage names them; NULL: it takes none */
	bool wants_words;                   /* there must be some */
	int (*run)(struct cli *cli);
	/* For list_rows: prints a row of the verb's for people. */
	void (*print)(struct cli *cli, const struct dragoman_row *row);
	bool may_be_empty;                  /* that there are no rows is no "none" */
};

/* NULL when there is none of that name. */
const struct command *commands_find(const char *name);
/* The Nth command, NULL past the end. */
const struct command *commands_at(size_t n);
/* The bits of the options that COMMAND (NULL: the part before one) takes. */
unsigned commands_options(const struct command *command);

/* The commands that have a file of their own. */
int cmd_search(struct cli *cli);
int cmd_count(struct cli *cli);
int cmd_quotes(struct cli *cli);
int cmd_get(struct cli *cli);
int cmd_versions(struct cli *cli);
int cmd_watch(struct cli *cli);
int cmd_raw(struct cli *cli);

#endif
