/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "daemon/verbs/verbs.h"

#include "base/clock.h"
#include "daemon/verbs/figures.h"

/* The index, its age, and the jobs on it. */
static void
put_index(struct rows *rows, const struct figures *f)
{
	rows_key_uint(rows, "articles", f->state.articles);
	rows_key_uint(rows, "generation", f->state.manifest.generation);
	rows_key_uint(rows, "revision", f->state.manifest.rev);
	if (f->state.has_bytes)
		rows_key_uint(rows, "index_bytes", f->state.bytes);
	rows_key_str(rows, "built", f->state.manifest.built);
	rows_key_str(rows, "newest", f->state.manifest.newest);
	if (f->has_newest)
		rows_key_uint(rows, "newest_age_s", f->newest_age_s);
	rows_key_str(rows, "committed", f->state.manifest.committed);
	if (f->has_commit)
		rows_key_uint(rows, "commit_age_s", f->commit_age_s);
}

static void
put_jobs(struct rows *rows, const struct figures *f)
{
	char when[CLOCK_UTC_MAX];

	if (f->has_good) {
		clock_utc(f->good.ended, when);
		rows_key_str(rows, "job_good", when);
		rows_key_uint(rows, "job_good_age_s", f->good_age_s);
	}
	if (f->has_last) {
		clock_utc(f->last.ended, when);
		rows_key_str(rows, "job", f->last.command);
		rows_key_str(rows, "job_ended", when);
		rows_key_uint(rows, "job_exit", (uint64_t)f->last.exit);
		rows_key_uint(rows, "job_errors", f->last.errors);
		rows_key_str(rows, "job_first_error", f->last.first_error);
	}
}

static void
put_daemon(struct rows *rows, const struct job_load *load)
{
	const struct stats *stats = &load->stats;

	rows_key_uint(rows, "uptime_s", load->uptime_s);
	rows_key_uint(rows, "requests", stats->requests);
	rows_key_uint(rows, "errors", stats->errors);
	rows_key_uint(rows, "overloaded", stats->busy);
	rows_key_uint(rows, "connections", load->connections);
	rows_key_uint(rows, "watches", load->watches);
	rows_key_uint(rows, "accepted", stats->accepted);
	rows_key_uint(rows, "workers", load->workers);
	rows_key_uint(rows, "working", load->working);
	rows_key_uint(rows, "queued", load->queued);
	rows_key_uint(rows, "p50_us", stats_percentile(stats, 50));
	rows_key_uint(rows, "p95_us", stats_percentile(stats, 95));
	rows_key_uint(rows, "p99_us", stats_percentile(stats, 99));
}

enum status
verb_status(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	struct figures f;
	enum status status = figures_gather(&f, job->load, s, err);

	if (status != ST_OK)
		return status;
	rows_key_str(rows, "version", PACKAGE_VERSION);
	put_index(rows, &f);
	put_jobs(rows, &f);
	put_daemon(rows, job->load);
	rows_key_uint(rows, "rss_bytes", f.resident_bytes);
	rows_close(rows, WIRE_DONE, job->req.tag);
	verbs_put_state(rows, &f.state.manifest);
	rows_finish(rows);
	return ST_OK;
}
