/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/commands/upkeep.h"

#include <string.h>
#include <sysexits.h>

#include "indexer/report/exit.h"
#include "indexer/system/lock.h"

int
upkeep_parse(struct upkeep *u, const struct command *self, int argc, char **argv, bool analyses, bool operand)
{
	static const struct option longs[] = {
		{ "quiet", no_argument, NULL, 'q' },
		{ "wait", required_argument, NULL, 'w' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "lexicon", required_argument, NULL, 'l' },
		{ "no-lexicon", no_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	const size_t n = sizeof(longs) / sizeof(longs[0]), common = 4;
	struct option known[sizeof(longs) / sizeof(longs[0])];
	const char *given = NULL;
	struct error err;
	int c, rc;

	memset(u, 0, sizeof(*u));
	u->wait_ms = LOCK_PATIENCE_MS;
	memcpy(known, longs, sizeof(longs));
	if (!analyses)
		known[common] = known[n - 1];
	while ((c = command_option(self, argc, argv, analyses ? ":d:qhj:" : ":d:qh", known, &rc)) != -1) {
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
