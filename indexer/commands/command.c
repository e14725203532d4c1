/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/commands/command.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "engine/store/store.h"

#define WAIT_MAX_S 1000000

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

int
command_version(void)
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
		*rc = command_version();
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

bool
command_mode(const char *value)
{
	char *end;
	unsigned long mode = strtoul(value, &end, 8);

	if (*value < '0' || *value > '7' || *end != '\0' || mode > 0755 || (mode & 0722) != 0700) {
		log_line(LOG_LEVEL_NOTICE, "--mode %s: not a mode such as 700, 750 or 755, which lets nobody else write", value);
		return false;
	}
	umask(~mode & 077);
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
command_index(const struct command *self, const char *given, struct buf *out, struct error *err)
{
	enum status st = ST_OK;

	if (given == NULL)
		st = store_default_dir(out, err);
	else if (*given == '\0')
		st = error_set(err, ST_SYNTAX, "-d: an empty name");
	else
		buf_adds(out, given);
	if (st == ST_OK && buf_status(out) != ST_OK)
		st = error_nomem(err);
	return st != ST_OK || self->allow_root ? st : file_check_owner(out->data, err);
}
