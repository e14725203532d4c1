/* SPDX-License-Identifier: MIT
 *
 * The dragoman command: the parts that its files share. The options are read into one
 * struct cli, which borrows the words of the command line.
 */
#ifndef CLIENT_CLI_H
#define CLIENT_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/protocol.h"
#include "client/lib/dragoman.h"
#include "client/pretty.h"

/* Exit codes. */
enum { CLI_HITS = 0, CLI_NONE = 1, CLI_TROUBLE = 2 };

enum face { FACE_PEOPLE, FACE_TSV, FACE_JSON };

/* The options of the command line: the protocol's by their numbers there
 * (OPTION_LIMIT ...), and behind them our own. */
enum {
	CLI_SERVER = OPTIONS, CLI_EXEC, CLI_RETRIES, CLI_DEAD, CLI_JSON, CLI_TSV, CLI_COLOR, CLI_HELP, CLI_VERSION,
	CLI_OPTIONS
};
#define CLI_BIT(option) (1u << (option))

struct command;

struct cli {
	const char *value[CLI_OPTIONS];   /* NULL: not given */
	enum face face;
	const struct command *command;    /* NULL before it is known */
	char **word;                      /* the words that are no options */
	int nwords;
	struct dragoman *h;
	struct pretty out;
	bool short_of_memory;             /* some output is missing */
};

/* "dragoman: " and a text on standard error, control characters made harmless;
 * returns CLI_TROUBLE. */
int cli_error(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* The words joined by blanks. False: no memory, which has been said. */
bool cli_join(const struct cli *cli, struct buf *out) MUST_CHECK;

/* pretty_wrap of a line put together in a buffer, which is freed. */
void cli_show(struct cli *cli, enum style style, unsigned at, unsigned indent, struct buf *line);

#define CLI_PAIRS (OPTIONS + 1)
/* Fills PAIR, which has room for CLI_PAIRS, with the protocol's options that have a value. */
void cli_pairs(const struct cli *cli, struct dragoman_option *pair);

/* Carries out VERB and shows an error, REST with it when it is a fault of the
 * query. NULL: it is shown; *EXIT_CODE is the exit code. */
struct dragoman_reply *cli_ask(struct cli *cli, const struct protocol_verb *verb,
			       const struct dragoman_option *pair, const char *rest, int *exit_code);

/* Whether ROW has the letter of KIND. */
bool cli_is(const struct dragoman_row *row, enum row_kind kind);
/* The text of the column of ROW, of KIND, that is called COLUMN; "" where the row has none. */
const char *cli_field(const struct dragoman_row *row, enum row_kind kind, const char *column);

/* How the query was understood, other than as it stands: on standard error, so
 * that it is seen and yet is not taken for a hit. */
void cli_notes(struct dragoman_reply *reply);

/* Shows an error, REST (may be NULL) with it when it is a fault of the query. */
void cli_trouble(const struct dragoman_error *err, const char *rest);

#endif
