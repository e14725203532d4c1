/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/commands/upkeep.h"

#include <string.h>
#include <sysexits.h>

#include "indexer/report/exit.h"
#include "indexer/system/lock.h"

int
upkeep_parse(struct upkeep *u, const struct command *self, int argc, char **argv, unsigned takes)
{
	static const struct { unsigned takes; struct option option; } longs[] = {
		{ 0, { "quiet", no_argument, NULL, 'q' } },
		{ 0, { "wait", required_argument, NULL, 'w' } },
		{ 0, { "help", no_argument, NULL, 'h' } },
		{ 0, { "version", no_argument, NULL, 'V' } },
		{ UPKEEP_ANALYSIS, { "jobs", required_argument, NULL, 'j' } },
		{ UPKEEP_ANALYSIS, { "lexicon", required_argument, NULL, 'l' } },
		{ UPKEEP_ANALYSIS, { "no-lexicon", no_argument, NULL, 'n' } },
		{ UPKEEP_MODE, { "mode", required_argument, NULL, 'm' } },
	};
	struct option known[sizeof(longs) / sizeof(longs[0]) + 1] = { 0 };
	const bool operand = takes & UPKEEP_OPERAND;
	const char *shorts = takes & UPKEEP_ANALYSIS ? ":d:qhj:" : ":d:qh", *given = NULL;
	size_t i, n = 0;
	struct error err;
	int c, rc;

	memset(u, 0, sizeof(*u));
	u->wait_ms = LOCK_PATIENCE_MS;
	for (i = 0; i < sizeof(longs) / sizeof(longs[0]); i++)
		if ((longs[i].takes & takes) == longs[i].takes)
			known[n++] = longs[i].option;
	while ((c = command_option(self, argc, argv, shorts, known, &rc)) != -1) {
		switch (c) {
		case 'd': given = optarg; break;
		case 'q': u->quiet = true; break;
		case 'w':
			if (!command_wait(optarg, &u->wait_ms))
				return EX_USAGE;
			break;
		case 'j':
			if (!command_number("-j", optarg, 1, COMMAND_JOBS_MAX, &u->jobs))
				return EX_USAGE;
			break;
		case 'l':
			if (!lexicons_option(&u->lexicons, optarg))
				return EX_USAGE;
			break;
		case 'm':
			if (!command_mode(optarg))
				return EX_USAGE;
			break;
		case 'n': u->lexicons.none = true; break;
		}
	}
	if (rc >= 0)
		return rc;
	if (argc - optind != (operand ? 1 : 0))
		return command_operands(self, argv + optind, operand);
	u->operand = operand ? argv[optind] : NULL;
	return command_index(self, given, &u->index, &err) == ST_OK ? -1 : exit_fail(&err);
}

void
upkeep_fini(struct upkeep *u)
{
	buf_fini(&u->index);
}
