/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <stdio.h>

#include "indexer/commands/upkeep.h"
#include "indexer/generation/compact.h"

static int
run_command(struct compact *c, const struct upkeep *opt)
{
	char line[COMPACT_SUMMARY_MAX];
	struct error err;

	c->wait_ms = opt->wait_ms;
	if (compact_run(c, opt->index.data, opt->quiet, &err) != ST_OK)
		return maker_fail_damaged(&c->maker, &err);
	compact_summary(c, line);
	if (!opt->quiet)
		puts(line);
	c->maker.reportfile.report.unchanged = c->manifest.articles;
	return maker_end(&c->maker, command_flush());
}

int
compact_command(const struct command *self, int argc, char **argv)
{
	struct compact c = { 0 };
	struct upkeep opt;
	int rc = upkeep_parse(&opt, self, argc, argv, 0);

	if (rc < 0)
		rc = run_command(&c, &opt);
	upkeep_fini(&opt);
	return rc;
}
