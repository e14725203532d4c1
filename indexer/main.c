/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/streams.h"
#include "engine/store.h"
#include "engine/xap.h"
#include "indexer/command.h"

#define WAIT_MAX_S 1000000

static const struct command commands[] = {
	{ "build", "[-d INDEX] [-j JOBS] [-q] [--lexicon DIR] [--no-lexicon] [--replace] [--strict] [--root DIR] [--wait S] PATH...",
	  "make a new generation from articles and switch to it", command_build },
	{ "check", "[-d INDEX] [--deep]", "look for damage; --deep proves all that the index holds", command_check },
	{ "compact", "[-d INDEX] [-q] [--wait S]", "merge the generation in use into a new, smaller one", command_compact },
	{ "info", "[-d INDEX] [--json]", "what the index holds", command_info },
	{ "rebuild", "[-d INDEX] [-j JOBS] [-q] [--lexicon DIR] [--no-lexicon] [--wait S]",
	  "make a new generation by analysing the stored articles again", command_rebuild },
	{ "remove", "[-d INDEX] [-q] [--wait S] ID...", "take articles out of the index", command_remove },
	{ "restore", "[-d INDEX] [-q] [--wait S] DIR", "go back to what a snapshot holds", command_restore },
	{ "snapshot", "[-d INDEX] [-q] [--wait S] DIR", "copy the index to a folder of its own", command_snapshot },
	{ "switch", "[-d INDEX] [-q] [--wait S] GEN", "go back to a generation that is still there", command_switch },
	{ "update", "[-d INDEX] [-q] [-v] [--commit-every N|Ns] [--lexicon DIR] [--no-lexicon] [--prune] [--strict] [--wait S] [--root DIR] PATH...",
	  "add new articles and replace changed ones; '-' is a feed", command_update },
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

int
command_exit(enum status status)
{
	switch (status) {
	case ST_OK:
		return EX_OK;
	case ST_SYNTAX:
		return EX_USAGE;
	case ST_INVALID:
	case ST_CORRUPT:
	case ST_TOO_LARGE:
		return EX_DATAERR;
	case ST_NOTFOUND:
		return EX_NOINPUT;
	case ST_IO:
	case ST_NOSPACE:
		return EX_IOERR;
	case ST_LOCKED:
	case ST_STALE:
		return EX_TEMPFAIL;
	case ST_VERSION:
		return EX_CONFIG;
	case ST_NOMEM:
		return EX_OSERR;
	case ST_TOO_BROAD:
	case ST_DEADLINE:
	case ST_CANCELLED:
	case ST_GONE:
	case ST_UNSUPPORTED:
	case ST_INTERNAL:
		break;
	}
	return EX_SOFTWARE;
}

int
command_fail(const struct error *err)
{
	log_line(LOG_LEVEL_NOTICE, "%s", err->text);
	return command_exit(err->status);
}

int
command_fail_changing(const char *index, const struct error *err)
{
	struct buf quoted = BUF_INIT;
	int rc = command_fail(err);

	buf_add_quoted(&quoted, index);
	if (err->status == ST_CORRUPT)
		log_line(LOG_LEVEL_NOTICE, "%s is damaged: cure it with \"dragoman-index rebuild -d %s\"", index,
			 buf_str(&quoted));
	buf_fini(&quoted);
	return rc;
}

int
command_flush(void)
{
	if (fflush(stdout) == 0 && ferror(stdout) == 0)
		return EX_OK;
	log_line(LOG_LEVEL_NOTICE, "standard output: %s", strerror(errno));
	return EX_IOERR;
}

static void
usage_line(FILE *to, const struct command *c)
{
	fprintf(to, "usage: dragoman-index %s %s\n", c->name, c->usage);
}

int
command_help(const struct command *self)
{
	usage_line(stdout, self);
	printf("%s; see dragoman-index(1)\n", self->what);
	return command_flush();
}

int
command_usage(const struct command *self)
{
	usage_line(stderr, self);
	return EX_USAGE;
}

int
command_operands(const struct command *self, char *const *rest, bool one)
{
	const char *more = rest[0] != NULL && one ? rest[1] : rest[0];

	if (more != NULL)
		log_line(LOG_LEVEL_NOTICE, "%s: %s: one argument too many", self->name, more);
	else
		log_line(LOG_LEVEL_NOTICE, "%s: an argument is missing", self->name);
	return command_usage(self);
}

static int
version(void)
{
	printf("dragoman-index %s\n", PACKAGE_VERSION);
	return command_flush();
}

static int
wrong_option(const struct command *self, int c, char **argv, const char *shorts)
{
	char letter[3] = { '-', (char)optopt, '\0' };
	const char *word = optopt > 0 && strchr(shorts, optopt) != NULL ? letter : argv[optind - 1];

	log_line(LOG_LEVEL_NOTICE, "%s: %s: %s", self->name, word,
		 c == ':' ? "needs a value" : "no such option, or one without a value");
	return command_usage(self);
}

int
command_option(const struct command *self, int argc, char **argv, const char *shorts,
	       const struct option *longs, int *rc)
{
	int c;

	opterr = 0;
	c = getopt_long(argc, argv, shorts, longs, NULL);
	*rc = -1;
	if (c == 'h')
		*rc = command_help(self);
	else if (c == 'V')
		*rc = version();
	else if (c == ':' || c == '?')
		*rc = wrong_option(self, c, argv, shorts);
	return *rc < 0 ? c : -1;
}

bool
command_number(const char *option, const char *value, unsigned min, unsigned max, unsigned *out)
{
	char *end;
	unsigned long n = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end != '\0' || n < min || n > max) {
		log_line(LOG_LEVEL_NOTICE, "%s %s: not a number from %u to %u", option, value, min, max);
		return false;
	}
	*out = (unsigned)n;
	return true;
}

bool
command_wait(const char *value, unsigned *ms)
{
	if (!command_number("--wait", value, 0, WAIT_MAX_S, ms))
		return false;
	*ms *= 1000;
	return true;
}

enum status
command_updated(const uint64_t count[3], uint64_t removed, uint64_t skipped, uint64_t begin, const struct manifest *m)
{
	double seconds = (double)(clock_ns() - begin) / 1e9;
	char name[STORE_GEN_NAME_MAX];

	store_gen_name(m->generation, name);
	printf("updated %" PRIu64 " articles: %" PRIu64 " added, %" PRIu64 " replaced, %" PRIu64 " unchanged, %" PRIu64
	       " removed, %" PRIu64 " skipped in %.1f s, revision %" PRIu64 ", generation %s\n",
	       count[0] + count[1] + count[2], count[0], count[1], count[2], removed, skipped, seconds, m->rev, name);
	return command_flush() == EX_OK ? ST_OK : ST_IO;
}

enum status
command_index(const char *given, struct buf *out, struct error *err)
{
	if (given == NULL)
		return store_default_dir(out, err);
	if (*given == '\0')
		return error_set(err, ST_SYNTAX, "-d: an empty name");
	buf_adds(out, given);
	return buf_status(out) == ST_OK ? ST_OK : error_set(err, ST_NOMEM, "no memory for a path");
}

static int
help(void)
{
	size_t i;

	printf("usage: dragoman-index COMMAND [OPTION...] [PATH...]\n\n");
	for (i = 0; i < NCOMMANDS; i++)
		printf("  %s %s\n      %s\n", commands[i].name, commands[i].usage, commands[i].what);
	printf("\nINDEX defaults to $DRAGOMAN_INDEX, else $XDG_DATA_HOME/dragoman, else\n"
	       "~/.local/share/dragoman. \"dragoman-index COMMAND --help\" tells of one command.\n");
	return command_flush();
}

int
main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	size_t i;

	streams_take();
	log_init("dragoman-index", LOG_LEVEL_NOTICE);
	/* Whoever started us may ignore it; then no process of ours could be waited for. */
	signal(SIGCHLD, SIG_DFL);
	xap_keep_reserve();
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0)
		return help();
	if (strcmp(word, "--version") == 0)
		return version();
	if (strcmp(word, "--") == 0) {
		argc--;
		argv++;
		word = argc > 1 ? argv[1] : "";
	}
	for (i = 0; i < NCOMMANDS; i++)
		if (strcmp(word, commands[i].name) == 0)
			return commands[i].run(&commands[i], argc - 1, argv + 1);
	if (*word == '\0')
		log_line(LOG_LEVEL_NOTICE, "no command: try --help");
	else
		log_line(LOG_LEVEL_NOTICE, "%s: no such %s: try --help", word, *word == '-' ? "option" : "command");
	return EX_USAGE;
}
