/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/streams.h"
#include "engine/xapian/xap.h"
#include "indexer/commands/command.h"

static const struct command commands[] = {
	{ "build", "[-d INDEX] [-j JOBS] [-q] [--lexicon DIR] [--no-lexicon] [--replace] [--strict] [--root DIR] [--wait S] PATH...",
	  "make a new generation from articles and switch to it", build_command },
	{ "check", "[-d INDEX] [--deep]", "look for damage; --deep proves all that the index holds", check_command },
	{ "compact", "[-d INDEX] [-q] [--wait S]", "merge the generation in use into a new, smaller one", compact_command },
	{ "info", "[-d INDEX] [--json]", "what the index holds", info_command },
	{ "rebuild", "[-d INDEX] [-j JOBS] [-q] [--lexicon DIR] [--no-lexicon] [--wait S]",
	  "make a new generation by analysing the stored articles again", rebuild_command },
	{ "remove", "[-d INDEX] [-q] [--wait S] ID...", "take articles out of the index", remove_command },
	{ "restore", "[-d INDEX] [-q] [--wait S] DIR", "go back to what a snapshot holds", restore_command },
	{ "snapshot", "[-d INDEX] [-q] [--wait S] DIR", "copy the index to a folder of its own", snapshot_command },
	{ "switch", "[-d INDEX] [-q] [--wait S] GEN", "go back to a generation that is still there", switch_command },
	{ "update", "[-d INDEX] [-q] [-v] [--commit-every N|Ns] [--lexicon DIR] [--no-lexicon] [--prune] [--strict] [--wait S] [--root DIR] PATH...",
	  "add new articles and replace changed ones; '-' is a feed", update_command },
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
		return command_version();
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
