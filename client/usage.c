/* SPDX-License-Identifier: MIT */
#include "client/usage.h"

#include <stdio.h>
#include <string.h>

#include "client/options.h"

#define WIDTH 79
#define INDENT 15    /* of a usage's further lines */
#define HELP_AT 23   /* the column of an option's help */
#define FACES (CLI_BIT(CLI_JSON) | CLI_BIT(CLI_TSV))

/* Prints TEXT behind a blank, or on the next line where it does not fit. */
static void
put(unsigned *column, const char *text)
{
	unsigned len = (unsigned)strlen(text);

	if (*column + 1 + len > WIDTH) {
		printf("\n%*s%s", INDENT, "", text);
		*column = INDENT + len;
	} else {
		printf(" %s", text);
		*column += 1 + len;
	}
}

/* "[-n N]" */
static void
put_option(unsigned *column, const struct cli_option *o)
{
	char text[128];
	int n = o->letter != 0 ? snprintf(text, sizeof(text), "[-%c", o->letter) :
				 snprintf(text, sizeof(text), "[--%s", o->name);

	snprintf(text + n, sizeof(text) - (size_t)n, "%s%s]", o->gives == NULL ? " " : "",
		 o->gives == NULL ? o->value : "");
	put(column, text);
}

static void
put_line(const char *lead, const struct command *command)
{
	/* The options that every command takes are told once, in front of all. */
	unsigned options = commands_options(command) & ~commands_options(NULL);
	unsigned column = (unsigned)printf("%s dragoman %s", lead, command->name), n;

	for (n = 0; n < CLI_OPTIONS; n++) {
		struct cli_option o = options_get(n);

		if (options & ~FACES & CLI_BIT(n))
			put_option(&column, &o);
	}
	if (options & FACES)
		put(&column, "[--json|--tsv]");
	if (command->words != NULL)
		put(&column, command->words);
	putchar('\n');
}

/* The help of each option of a set. */
static void
put_help(unsigned options)
{
	struct pretty plain;
	unsigned n;

	(void)pretty_init(&plain, "never");
	for (n = 0; n < CLI_OPTIONS; n++) {
		struct cli_option o = options_get(n);
		unsigned column;

		if ((options & CLI_BIT(n)) == 0)
			continue;
		column = (unsigned)(o.letter != 0 ? printf("  -%c, ", o.letter) : printf("      "));
		column += (unsigned)printf("--%s", o.name);
		if (o.gives == NULL)
			column += (unsigned)printf(" %s", o.value);
		if (column + 2 > HELP_AT) {
			putchar('\n');
			column = 0;
		}
		printf("%*s", (int)(HELP_AT - column), "");
		pretty_wrap(&plain, STYLE_PLAIN, HELP_AT, HELP_AT, o.help, strlen(o.help));
	}
}

static void
put_command(const struct command *command)
{
	put_line("usage:", command);
	if (command->verb != NULL)
		printf("\n%s: %s\n", command->name, command->verb->help);
	putchar('\n');
	put_help(commands_options(command));
}

void
usage_print(const struct command *command)
{
	unsigned options = 0;
	size_t i;

	if (command != NULL) {
		put_command(command);
		return;
	}
	puts("usage: dragoman [-s PATH|HOST:PORT] COMMAND ...");
	for (i = 0; (command = commands_at(i)) != NULL; i++) {
		put_line("      ", command);
		options |= commands_options(command);
	}
	putchar('\n');
	put_help(options);
	puts("\nExit status: 0 hits, 1 none, 2 trouble. See dragoman(1), dragoman-query(7).");
}
