/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The command line of rebuild, compact, switch, snapshot and restore. Owns the index's name;
 * the operand is borrowed from the command line.
 */
#ifndef INDEXER_COMMANDS_UPKEEP_H
#define INDEXER_COMMANDS_UPKEEP_H

#include <stdbool.h>

#include "indexer/build/lexicons.h"
#include "indexer/commands/command.h"

struct upkeep {
	struct buf index;
	unsigned wait_ms;        /* for INDEX/LOCK */
	unsigned jobs;           /* 0: not said */
	struct lexicons lexicons;
	bool quiet;
	const char *operand;     /* NULL where the command has none */
};

/* What a command takes besides -d, -q and --wait. */
enum {
	UPKEEP_ANALYSIS = 1,     /* -j, --lexicon and --no-lexicon */
	UPKEEP_MODE = 2,         /* --mode */
	UPKEEP_OPERAND = 4       /* one operand, which it must have */
};

/* Reads the command line of a command that TAKES so much. Returns -1, or the exit code after an error. */
int upkeep_parse(struct upkeep *u, const struct command *self, int argc, char **argv, unsigned takes);
void upkeep_fini(struct upkeep *u);

#endif
