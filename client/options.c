/* SPDX-License-Identifier: MIT
 *
 * The command line. getopt would take "-turkey" in a query for options, so: up
 * to the first word of the query a hyphen begins an option; behind it, only "--"
 * and the short options written alone ("-n 5") do, and all else is the query's.
 */
#include <stdio.h>
#include <string.h>

#include "client/cli.h"

#define NO_VALUE ((size_t)-1)

static const struct option {
	const char *name;
	char letter;
	unsigned bit;
	size_t value;    /* offset in struct cli of where the value goes */
} options[] = {
	{ "socket", 's', CLI_SERVER, offsetof(struct cli, server) },
	{ "limit", 'n', CLI_LIMIT, offsetof(struct cli, limit) },
	{ "offset", 0, CLI_OFFSET, offsetof(struct cli, offset) },
	{ "match", 0, CLI_MATCH, offsetof(struct cli, match) },
	{ "sort", 0, CLI_SORT, offsetof(struct cli, sort) },
	{ "rank", 0, CLI_RANK, offsetof(struct cli, rank) },
	{ "halflife", 0, CLI_HALF_LIFE, offsetof(struct cli, halflife) },
	{ "from", 0, CLI_FROM, offsetof(struct cli, from) },
	{ "to", 0, CLI_TO, offsetof(struct cli, to) },
	{ "alias", 0, CLI_ALIAS, offsetof(struct cli, alias) },
	{ "collapse", 0, CLI_COLLAPSE, offsetof(struct cli, collapse) },
	{ "color", 0, CLI_COLOR, offsetof(struct cli, color) },
	{ "id", 0, CLI_ID, offsetof(struct cli, id) },
	{ "correct", 0, CLI_CORRECT, offsetof(struct cli, correct) },
	{ "since", 0, CLI_SINCE, offsetof(struct cli, since) },
	{ "exec", 0, CLI_EXEC, offsetof(struct cli, exec) },
	{ "speaker", 0, CLI_SPEAKER, offsetof(struct cli, speaker) },
	{ "json", 0, CLI_JSON, NO_VALUE },
	{ "tsv", 0, CLI_TSV, NO_VALUE },
	{ "meto", 0, CLI_METO, NO_VALUE },
	{ "no-snippets", 0, CLI_NO_SNIPPETS, NO_VALUE },
	{ "help", 'h', CLI_HELP, NO_VALUE },
	{ "version", 'V', CLI_VERSION, NO_VALUE },
};

#define NOPTIONS (sizeof(options) / sizeof(options[0]))

struct words {
	int argc, at;
	char **argv;
};

static const struct option *
find_long(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < NOPTIONS; i++) {
		if (strlen(options[i].name) == len && memcmp(options[i].name, name, len) == 0)
			return &options[i];
	}
	return NULL;
}

static const struct option *
find_short(char letter)
{
	size_t i;

	for (i = 0; i < NOPTIONS; i++) {
		if (options[i].letter != 0 && options[i].letter == letter)
			return &options[i];
	}
	return NULL;
}

/* Stores an option; VALUE is what was joined to it, or NULL. */
static bool
store_value(struct cli *cli, const struct option *o, const char *value, struct words *w)
{
	cli->given |= o->bit;
	if (o->value == NO_VALUE) {
		if (value == NULL)
			return true;
		cli_error("--%s: takes no value", o->name);
		return false;
	}
	if (value == NULL && w->at >= w->argc) {
		cli_error("--%s: a value is missing", o->name);
		return false;
	}
	if (value == NULL)
		value = w->argv[w->at++];
	*(const char **)((char *)cli + o->value) = value;
	return true;
}

static bool
take(struct cli *cli, const struct command *command, const char *word, struct words *w)
{
	unsigned known = CLI_ALWAYS | (command != NULL ? command->options : 0);
	const struct option *o;
	const char *equals = NULL, *value = NULL;

	if (word[1] == '-') {
		equals = strchr(word, '=');
		o = find_long(word + 2, equals ? (size_t)(equals - word - 2) : strlen(word + 2));
		value = equals != NULL ? equals + 1 : NULL;
	} else {
		o = find_short(word[1]);
		value = word[2] != '\0' ? word + 2 : NULL;
	}
	if (o == NULL || (o->bit & known) == 0) {
		cli_error("%s: no such option%s%s%s (see dragoman --help)", word,
			  command != NULL ? " of " : "", command != NULL ? command->name : "",
			  command != NULL && command->wants_words && word[1] != '-' ?
			  "; for words that begin with a hyphen put -- before them" : "");
		return false;
	}
	return store_value(cli, o, value, w);
}

/* Whether WORD, behind a query's first word, is an option still. */
static bool
late_option(const struct command *command, const char *word)
{
	const struct option *o = find_short(word[1]);

	if (word[1] == '-')
		return true;
	return o != NULL && word[2] == '\0' && (o->bit & (command->options | CLI_SERVER)) != 0;
}

int
cli_options(struct cli *cli, const struct command *command, int argc, char **argv)
{
	struct words w = { argc, 0, argv };
	bool ended = false;

	cli->word = argv;
	while (w.at < argc) {
		char *word = argv[w.at];
		bool hyphen = word[0] == '-' && word[1] != '\0' && !ended;

		if (hyphen && strcmp(word, "--") == 0) {
			ended = true;
			w.at++;
		} else if (hyphen && (cli->nwords == 0 || late_option(command, word))) {
			w.at++;
			if (!take(cli, command, word, &w))
				return -1;
		} else if (command == NULL) {
			break;
		} else {
			/* The words move to the front, over options already read. */
			cli->word[cli->nwords++] = word;
			w.at++;
		}
	}
	if ((cli->given & CLI_FACES) == CLI_FACES) {
		cli_error("--json, --tsv: one of them only");
		return -1;
	}
	cli->face = cli->given & CLI_JSON ? FACE_JSON : cli->given & CLI_TSV ? FACE_TSV :
		    FACE_PEOPLE;
	return w.at;
}
