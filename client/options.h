/* SPDX-License-Identifier: MIT
 *
 * The options of the command line: the protocol's, as its table has them, and a
 * few of our own. Nothing here owns anything.
 */
#ifndef CLIENT_OPTIONS_H
#define CLIENT_OPTIONS_H

#include "client/commands.h"

struct cli_option {
	char letter;         /* 0: it has none */
	const char *name;
	const char *value;   /* as usage shows it, where GIVES is NULL */
	const char *gives;   /* the value that the option alone stands for */
	const char *help;
};

/* Option N, of CLI_OPTIONS. */
struct cli_option options_get(unsigned n);

/* Reads the options and words of ARGV after the command's name (before it, with
 * COMMAND NULL, which stops at the first word). Returns how many words of ARGV
 * it has read, or -1 with the complaint already on standard error. */
int options_read(struct cli *cli, const struct command *command, int argc, char **argv);

#endif
