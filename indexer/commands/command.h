/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The commands of dragoman-index. One entry of main.c's table carries a
 * command's name, usage, description and function.
 */
#ifndef INDEXER_COMMANDS_COMMAND_H
#define INDEXER_COMMANDS_COMMAND_H

#include <getopt.h>
#include <stdbool.h>

#include "base/buf.h"
#include "engine/store/manifest.h"

struct command {
	const char *name, *usage, *what;
	/* ARGV[0] is the command's name. Returns the exit code. */
	int (*run)(const struct command *self, int argc, char **argv);
	bool allow_root;   /* --allow-root was said */
};

int build_command(const struct command *self, int argc, char **argv);
int check_command(const struct command *self, int argc, char **argv);
int rebuild_command(const struct command *self, int argc, char **argv);
int remove_command(const struct command *self, int argc, char **argv);
int restore_command(const struct command *self, int argc, char **argv);
int compact_command(const struct command *self, int argc, char **argv);
int switch_command(const struct command *self, int argc, char **argv);
int snapshot_command(const struct command *self, int argc, char **argv);
int info_command(const struct command *self, int argc, char **argv);
int update_command(const struct command *self, int argc, char **argv);

/* Flushes stdout; EX_OK, or EX_IOERR after telling why it cannot be written. */
int command_flush(void);
/* Tells how SELF is used, for --help (exit 0) or after a usage error (64). */
int command_help(const struct command *self);
int command_usage(const struct command *self);
/* For --version; the exit code. */
int command_version(void);
/* As command_usage, after telling what is wrong with REST of the command line: SELF takes ONE word, or none. */
int command_operands(const struct command *self, char *const *rest, bool one);
/* The next option, as getopt_long(3) gives it; SHORTS begins with ":". --help
 * and --version are answered and a wrong option is told here: then -1 comes
 * back with *RC the exit code, which is -1 as long as all is well. */
int command_option(const struct command *self, int argc, char **argv, const char *shorts,
		   const struct option *longs, int *rc);
/* VALUE of OPTION as a number from MIN to MAX; false: it is none, which is told. */
#define COMMAND_JOBS_MAX 1024
bool command_number(const char *option, const char *value, unsigned min, unsigned max, unsigned *out);
/* The value of --wait, in seconds, as milliseconds; false: it is none, which is told. */
bool command_wait(const char *value, unsigned *ms);
/* Sets umask(2) by the value of --mode, the mode of a new index's folders; false: it is none, which is told. */
bool command_mode(const char *value);
/* The last line of update and remove: how many articles were added, replaced and unchanged (COUNT[0..2]),
 * removed and skipped since BEGIN (clock_ns), and the state M of the index. */
enum status command_updated(const uint64_t count[3], uint64_t removed, uint64_t skipped, uint64_t begin,
			    const struct manifest *m) MUST_CHECK;
/* GIVEN or the default, into OUT. ST_UNSUPPORTED: root is not to use it. */
enum status command_index(const struct command *self, const char *given, struct buf *out, struct error *err) MUST_CHECK;

#endif
