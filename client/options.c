/* SPDX-License-Identifier: MIT
 *
 * The command line. getopt would take "-turkey" in a query for options, so: up
 * to the first word of the query a hyphen begins an option; behind it, only "--"
 * and the short options written alone ("-n 5") do, and all else is the query's.
 */
#include "client/options.h"

#include <string.h>

static const struct cli_option own[CLI_OPTIONS - OPTIONS] = {
	[CLI_SERVER - OPTIONS] = { 's', "socket", "WHERE", NULL, "the daemon's socket, or its address HOST:PORT" },
	[CLI_EXEC - OPTIONS] = { 0, "exec", "CMD", NULL, "run CMD for each article, which is JSON on its input" },
	[CLI_RETRIES - OPTIONS] = { 0, "retries", "N", NULL, "run CMD again N times at most where it fails (20)" },
	[CLI_DEAD - OPTIONS] = { 0, "dead", "FILE", NULL, "append the articles that CMD failed for to FILE" },
	[CLI_JSON - OPTIONS] = { 0, "json", NULL, "1", "JSON for scripts, a line for each row" },
	[CLI_TSV - OPTIONS] = { 0, "tsv", NULL, "1", "fields split by TAB for scripts, a line for each row" },
	[CLI_COLOR - OPTIONS] = { 0, "color", "auto|always|never", NULL, "whether matches are coloured" },
	[CLI_HELP - OPTIONS] = { 'h', "help", NULL, "1", "this text, or that of a command" },
	[CLI_VERSION - OPTIONS] = { 'V', "version", NULL, "1", "the version of this program" },
};

/* How the protocol's options are written where that is not --NAME VALUE. */
static const struct {
	char letter;
	const char *name, *gives;
} written[OPTIONS] = {
	[OPTION_LIMIT] = { 'n', NULL, NULL },
	[OPTION_SNIPPETS] = { 0, "no-snippets", "0" },
	[OPTION_METO] = { 0, NULL, "1" },
};

struct words {
	int argc, at;
	char **argv;
};

struct cli_option
options_get(unsigned n)
{
	const struct protocol_option *o;
	struct cli_option option;

	if (n >= OPTIONS)
		return own[n - OPTIONS];
	o = &protocol_options[n];
	option = (struct cli_option){ written[n].letter, o->name, o->value, written[n].gives, o->help };
	if (written[n].name != NULL)
		option.name = written[n].name;
	/* Help says "0: this; 1: that": an option that gives 1 is "that". */
	if (option.gives != NULL)
		option.help = strstr(o->help, option.gives) + strlen(option.gives) + 2;
	return option;
}

/* The option --NAME, or -LETTER where NAME is NULL; CLI_OPTIONS when there is none. */
static unsigned
find(const char *name, size_t len, char letter)
{
	unsigned n;

	for (n = 0; n < CLI_OPTIONS; n++) {
		struct cli_option o = options_get(n);

		if (name != NULL ? strlen(o.name) == len && memcmp(o.name, name, len) == 0 :
				   o.letter != 0 && o.letter == letter)
			break;
	}
	return n;
}

/* Stores option N; VALUE is the text that was joined to it, or NULL. */
static bool
take_value(struct cli *cli, unsigned n, const char *value, struct words *w)
{
	const struct cli_option o = options_get(n);

	if (o.gives != NULL && value != NULL) {
		cli_error("--%s: takes no value", o.name);
		return false;
	}
	if (o.gives == NULL && value == NULL && w->at >= w->argc) {
		cli_error("--%s: a value is missing", o.name);
		return false;
	}
	if (value == NULL)
		value = o.gives != NULL ? o.gives : w->argv[w->at++];
	cli->value[n] = value;
	return true;
}

static bool
take(struct cli *cli, const struct command *command, const char *word, struct words *w)
{
	const char *equals = NULL, *value = NULL;
	unsigned n;

	if (word[1] == '-') {
		equals = strchr(word, '=');
		n = find(word + 2, equals ? (size_t)(equals - word - 2) : strlen(word + 2), 0);
		value = equals != NULL ? equals + 1 : NULL;
	} else {
		n = find(NULL, 0, word[1]);
		value = word[2] != '\0' ? word + 2 : NULL;
	}
	if (n == CLI_OPTIONS || (CLI_BIT(n) & commands_options(command)) == 0) {
		cli_error("%s: no such option%s%s%s (see dragoman --help)", word,
			  command != NULL ? " of " : "", command != NULL ? command->name : "",
			  command != NULL && command->wants_words && word[1] != '-' ?
			  "; for words that begin with a hyphen put -- before them" : "");
		return false;
	}
	return take_value(cli, n, value, w);
}

/* Whether WORD, behind a query's first word, is an option still. */
static bool
late_option(const struct command *command, const char *word)
{
	unsigned n;

	if (word[1] == '-')
		return true;
	n = find(NULL, 0, word[1]);
	return n < CLI_OPTIONS && word[2] == '\0' && (CLI_BIT(n) & commands_options(command)) != 0;
}

int
options_read(struct cli *cli, const struct command *command, int argc, char **argv)
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
	if (cli->value[CLI_JSON] != NULL && cli->value[CLI_TSV] != NULL) {
		cli_error("--json, --tsv: one of them only");
		return -1;
	}
	cli->face = cli->value[CLI_JSON] != NULL ? FACE_JSON : cli->value[CLI_TSV] != NULL ? FACE_TSV : FACE_PEOPLE;
	if (cli->face == FACE_JSON)
		cli->value[OPTION_FORMAT] = "json";
	return w.at;
}
