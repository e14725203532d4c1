/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/report/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

#define REDRAW 0.2   /* seconds */

static double
now(void)
{
	return (double)clock_ns() / 1e9;
}

void
progress_init(struct progress *p, bool quiet)
{
	p->on = !quiet && isatty(STDERR_FILENO);
	p->drawn = false;
	p->begin = p->last = now();
}

double
progress_seconds(const struct progress *p)
{
	return now() - p->begin;
}

/* Whether it is time to draw the line anew. */
static bool
due(struct progress *p)
{
	double t = now();

	if (!p->on || t - p->last < REDRAW)
		return false;
	p->last = t;
	return true;
}

static void
draw(struct progress *p, uint64_t articles, uint64_t bytes, uint64_t done, uint64_t all)
{
	fprintf(stderr, "\r%" PRIu64 " articles, %.1f MB/s", articles, (double)bytes / 1e6 / (p->last - p->begin));
	if (all > 0)
		fprintf(stderr, ", %.0f %%", 100.0 * (double)done / (double)all);
	fputs("\033[K", stderr);
	fflush(stderr);
	p->drawn = true;
}

void
progress_reading(struct progress *p, const struct reader *r)
{
	struct reader_counts c;

	if (!due(p))
		return;
	reader_counts(r, &c);
	draw(p, c.articles, c.text_bytes, c.file_bytes_done, c.file_bytes);
}

void
progress_share(struct progress *p, uint64_t n, uint64_t bytes, uint64_t all)
{
	if (due(p))
		draw(p, n, bytes, n, all);
}

void
progress_phase(struct progress *p, const char *what)
{
	if (!p->on)
		return;
	fprintf(stderr, "\r%s ...\033[K", what);
	fflush(stderr);
	p->drawn = true;
}

void
progress_clear(struct progress *p)
{
	if (!p->drawn)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	p->drawn = false;
}

void
progress_tell(struct progress *p, const struct reader_bad *bad, struct reportfile *reportfile)
{
	char line[32] = "";

	if (bad->line > 0)
		snprintf(line, sizeof(line), ":%" PRIu64, bad->line);
	progress_clear(p);
	log_line(LOG_LEVEL_NOTICE, "%s%s: %s", bad->file, line, bad->why);
	if (reportfile != NULL)
		reportfile_error(reportfile, "%s%s: %s", bad->file, line, bad->why);
}
