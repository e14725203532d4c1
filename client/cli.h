/* SPDX-License-Identifier: MIT
 *
 * The dragoman command: what its files share. The options are read into one
 * struct cli, which borrows the words of the command line; a command is a row
 * of a table in main.c.
 */
#ifndef CLIENT_CLI_H
#define CLIENT_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "client/lib/dragoman.h"
#include "client/pretty.h"

/* Exit codes. */
enum { CLI_HITS = 0, CLI_NONE = 1, CLI_TROUBLE = 2 };

enum face { FACE_PEOPLE, FACE_TSV, FACE_JSON };

/* The options; a command names those that it takes by these bits. */
enum {
	CLI_SERVER = 1 << 0, CLI_LIMIT = 1 << 1, CLI_OFFSET = 1 << 2, CLI_MATCH = 1 << 3,
	CLI_SORT = 1 << 4, CLI_FROM = 1 << 5, CLI_TO = 1 << 6, CLI_JSON = 1 << 7,
	CLI_TSV = 1 << 8, CLI_COLOR = 1 << 9, CLI_NO_SNIPPETS = 1 << 10, CLI_ID = 1 << 11,
	CLI_HELP = 1 << 12, CLI_VERSION = 1 << 13, CLI_SINCE = 1 << 14, CLI_EXEC = 1 << 15,
	CLI_COLLAPSE = 1 << 16, CLI_CORRECT = 1 << 17, CLI_SPEAKER = 1 << 18,
	CLI_RANK = 1 << 19, CLI_HALF_LIFE = 1 << 20, CLI_METO = 1 << 21,
	CLI_ALIAS = 1 << 22,
	CLI_ALWAYS = CLI_SERVER | CLI_COLOR | CLI_HELP | CLI_VERSION,
	CLI_FACES = CLI_JSON | CLI_TSV
};

struct cli {
	const char *server, *limit, *offset, *match, *sort, *from, *to, *color, *id;
	const char *since, *exec, *alias, *collapse, *correct, *speaker, *rank, *halflife;
	unsigned given;           /* bits of the options that stood there */
	enum face face;
	char **word;              /* the words that are no options */
	int nwords;
	struct dragoman *h;
	struct pretty out;
	bool short_of_memory;     /* some output is missing */
};

struct command {
	const char *name, *usage;
	unsigned options;
	bool wants_words;
	int (*run)(struct cli *cli);
};

/* Reads the options and words of ARGV after the command's name (before it, with
 * COMMAND NULL, which stops at the first word). Returns how many words of ARGV
 * it has read, or -1 with the complaint already on standard error. */
int cli_options(struct cli *cli, const struct command *command, int argc, char **argv);

/* "dragoman: " and a text on standard error, control characters made harmless;
 * returns CLI_TROUBLE. */
int cli_error(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* The words joined by blanks. False: no memory, which has been said. */
bool cli_join(const struct cli *cli, struct buf *out) MUST_CHECK;

/* pretty_wrap of a line put together in a buffer, which is freed. */
void cli_show(struct cli *cli, enum style style, unsigned at, unsigned indent, struct buf *line);

#define CLI_PAIRS 18
/* Fills PAIR, which has room for CLI_PAIRS, with the options that were given
 * and those that the face needs; MARKS: with marks for the snippets. */
void cli_pairs(const struct cli *cli, bool marks, struct dragoman_option *pair);

/* Carries out VERB and shows an error, QUERY with it when it is a fault of the
 * query. NULL: it is shown; *EXIT is the exit code. */
struct dragoman_reply *cli_ask(struct cli *cli, const char *verb,
			       const struct dragoman_option *pair, const char *rest,
			       int *exit_code);

/* How the query was understood, other than as it stands: on standard error, so
 * that it is seen and yet is not taken for a hit. */
void cli_notes(struct dragoman_reply *reply);

/* Shows an error, REST (may be NULL) with it when it is a fault of the query. */
void cli_trouble(const struct dragoman_error *err, const char *rest);

/* The commands. */
int cmd_search(struct cli *cli);
int cmd_count(struct cli *cli);
int cmd_quotes(struct cli *cli);
int cmd_get(struct cli *cli);
int cmd_versions(struct cli *cli);
int cmd_suggest(struct cli *cli);
int cmd_explain(struct cli *cli);
int cmd_status(struct cli *cli);
int cmd_watch(struct cli *cli);
int cmd_metrics(struct cli *cli);
int cmd_raw(struct cli *cli);

#endif
