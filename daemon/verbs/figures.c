/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "daemon/verbs/figures.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/article.h"
#include "base/clock.h"

/* Resident memory of the process in bytes, 0 where it cannot be told. */
static uint64_t
resident(void)
{
	unsigned long long total, pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (f == NULL)
		return 0;
	if (fscanf(f, "%llu %llu", &total, &pages) != 2)
		pages = 0;
	fclose(f);
	return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static uint64_t
age(time_t now, time_t then)
{
	return now > then ? (uint64_t)(now - then) : 0;
}

/* When an article of DATE appeared; the zone that it means is not known, UTC
 * is near enough. */
static bool
article_time(const char *date, time_t *out)
{
	char digits[15];
	struct tm tm = { 0 };

	if (!article_date_digits(date, digits) || strptime(digits, "%Y%m%d%H%M%S", &tm) == NULL)
		return false;
	*out = timegm(&tm);
	return true;
}

enum status
figures_gather(struct figures *f, const struct job_load *load, struct searcher *s, struct error *err)
{
	const time_t now = time(NULL);
	time_t then;
	enum status status;

	memset(f, 0, sizeof(*f));
	f->state = load->last;
	if (s != NULL && (status = job_index_read(&f->state, s, err)) != ST_OK)
		return status;
	f->resident_bytes = resident();
	f->has_newest = article_time(f->state.manifest.newest, &then);
	if (f->has_newest)
		f->newest_age_s = age(now, then);
	f->has_commit = clock_utc_parse(f->state.manifest.committed, &then);
	if (f->has_commit)
		f->commit_age_s = age(now, then);
	/* A report that cannot be read is told in the log when it comes. */
	f->has_last = report_read(load->index, REPORT_LAST, &f->last, NULL) == ST_OK;
	f->has_good = report_read(load->index, REPORT_GOOD, &f->good, NULL) == ST_OK;
	f->job_age_s = age(now, f->last.ended);
	f->good_age_s = age(now, f->good.ended);
	return ST_OK;
}
