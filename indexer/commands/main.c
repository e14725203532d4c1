/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/streams.h"
#include "engine/xapian/xap.h"
#include "indexer/commands/command.h"
#include "indexer/system/home.h"

static const struct command commands[] = {
	{ "build", "[-d INDEX] [-j JOBS] [-q] [--lexicon DIR] [--no-lexicon] [--mode MODE] [--replace] [--strict] [--root DIR] [--wait S] PATH...",
	  "make a new generation from articles and switch to it", .run = build_command },
	{ "check", "[-d INDEX] [--deep]", "look for damage; --deep proves all that the index holds", .run = check_command },
	{ "compact", "[-d INDEX] [-q] [--wait S]", "merge the generation in use into a new, smaller one", .run = compact_command },
	{ "info", "[-d INDEX] [--json]", "what the index holds", .run = info_command },
	{ "rebuild", "[-d INDEX] [-j JOBS] [-q] [--lexicon DIR] [--no-lexicon] [--wait S]",
	  "make a new generation by analysing the stored articles again", .run = rebuild_command },
	{ "remove", "[-d INDEX] [-q] [--wait S] ID...", "take articles out of the index", .run = remove_command },
	{ "restore", "[-d INDEX] [-q] [--mode MODE] [--wait S] DIR", "go back to what a snapshot holds", .run = restore_command },
	{ "snapshot", "[-d INDEX] [-q] [--mode MODE] [--wait S] DIR", "copy the index to a folder of its own", .run = snapshot_command },
	{ "switch", "[-d INDEX] [-q] [--wait S] GEN", "go back to a generation that is still there", .run = switch_command },
	{ "update", "[-d INDEX] [-q] [-v] [--commit-every N|Ns] [--lexicon DIR] [--no-lexicon] [--mode MODE] [--prune] [--strict] [--wait S] [--root DIR] PATH...",
	  "add new articles and replace changed ones; '-' is a feed", .run = update_command },
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

static int
help(void)
{
	size_t i;

	printf("usage: dragoman-index COMMAND [OPTION...] [PATH...]\n\n");
	for (i = 0; i < NCOMMANDS; i++)
		printf("  %s %s\n      %s\n", commands[i].name, commands[i].usage, commands[i].what);
	printf("\nINDEX defaults to $DRAGOMAN_INDEX, else $XDG_DATA_HOME/dragoman, else\n"
	       "~/.local/share/dragoman. Root uses another user's INDEX with --allow-root only.\n"
	       "\"dragoman-index COMMAND --help\" tells of one command.\n");
	return command_flush();
}

/* Takes --allow-root out of the options; whether it was among them. */
static bool
take_allow_root(int *argc, char **argv)
{
	bool taken = false, ended = false;
	int from, to = 1;

	for (from = 1; from < *argc; from++) {
		ended = ended || strcmp(argv[from], "--") == 0;
		if (!ended && strcmp(argv[from], "--allow-root") == 0)
			taken = true;
		else
			argv[to++] = argv[from];
	}
	*argc = to < *argc ? to : *argc;
	argv[*argc] = NULL;
	return taken;
}

static int
run(const char *word, int argc, char **argv, bool allow_root)
{
	size_t i;

	for (i = 0; i < NCOMMANDS; i++)
		if (strcmp(word, commands[i].name) == 0) {
			struct command command = commands[i];

			command.allow_root = allow_root;
			return command.run(&command, argc, argv);
		}
	if (*word == '\0')
		log_line(LOG_LEVEL_NOTICE, "no command: try --help");
	else
		log_line(LOG_LEVEL_NOTICE, "%s: no such %s: try --help", word, *word == '-' ? "option" : "command");
	return EX_USAGE;
}

int
main(int argc, char **argv)
{
	bool allow_root = take_allow_root(&argc, argv);
	const char *word = argc > 1 ? argv[1] : "";

	streams_take();
	log_init("dragoman-index", LOG_LEVEL_NOTICE);
	/* Whoever started us may ignore it; then no process of ours could be waited for. */
	signal(SIGCHLD, SIG_DFL);
	xap_keep_reserve();
	umask(umask(077) | (~HOME_MODE & 077));
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0)
		return help();
	if (strcmp(word, "--version") == 0)
		return command_version();
	if (strcmp(word, "--") == 0) {
		argc--;
		argv++;
		word = argc > 1 ? argv[1] : "";
	}
	return run(word, argc - 1, argv + 1, allow_root);
}
