/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

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

void
progress_reading(struct progress *p, const struct reader *r)
{
	struct reader_counts c;
	double t, seconds;

	if (!p->on)
		return;
	t = now();
	if (t - p->last < REDRAW)
		return;
	p->last = t;
	seconds = t - p->begin;
	reader_counts(r, &c);
	fprintf(stderr, "\r%" PRIu64 " articles, %.1f MB/s", c.articles, (double)c.text_bytes / 1e6 / seconds);
	if (c.file_bytes > 0)
		fprintf(stderr, ", %.0f %%", 100.0 * (double)c.file_bytes_done / (double)c.file_bytes);
	fputs("\033[K", stderr);
	fflush(stderr);
	p->drawn = true;
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
