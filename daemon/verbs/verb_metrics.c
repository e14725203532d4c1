/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * METRICS: the text format of Prometheus, a line of it a row.
 */
#include "config.h"

#include "daemon/verbs/verbs.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "daemon/verbs/figures.h"

static void PRINTF_LIKE(2, 3)
line(struct rows *rows, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	rows_begin(rows, ROW_METRIC);
	rows_str(rows, text);
	rows_end(rows);
}

/* Begins the metric NAME; its samples follow. */
static void
metric(struct rows *rows, const char *name, const char *type, const char *help)
{
	line(rows, "# HELP dragoman_%s %s", name, help);
	line(rows, "# TYPE dragoman_%s %s", name, type);
}

static void
gauge(struct rows *rows, const char *name, const char *help, uint64_t value)
{
	metric(rows, name, "gauge", help);
	line(rows, "dragoman_%s %" PRIu64, name, value);
}

static void
counter(struct rows *rows, const char *name, const char *help, uint64_t value)
{
	metric(rows, name, "counter", help);
	line(rows, "dragoman_%s %" PRIu64, name, value);
}

static void
put_requests(struct rows *rows, const struct stats *stats)
{
	size_t i;

	metric(rows, "requests_total", "counter", "Requests answered, whatever the answer.");
	for (i = 0; i < VERBS; i++)
		line(rows, "dragoman_requests_total{verb=\"%s\"} %" PRIu64, protocol_verbs[i].name, stats->verb[i].requests);
	line(rows, "dragoman_requests_total{verb=\"none\"} %" PRIu64, stats->no_verb.requests);
	metric(rows, "rejections_total", "counter", "Requests and connections that did not get what they asked for.");
	for (i = 0; i < STATS_REASONS; i++)
		line(rows, "dragoman_rejections_total{reason=\"%s\"} %" PRIu64,
		     stats_reason_name((enum stats_reason)i), stats->rejected[i]);
}

static void
put_durations(struct rows *rows, const struct stats *stats)
{
	static const char name[] = "dragoman_request_duration_seconds";
	size_t i, k;

	metric(rows, "request_duration_seconds", "histogram",
	       "Time from the request's line to its reply, of those that were carried out.");
	for (i = 0; i < VERBS; i++) {
		const struct stats_verb *of = &stats->verb[i];
		uint64_t below = 0;

		for (k = 0; k < STATS_BOUNDS; k++) {
			below += of->bucket[k];
			line(rows, "%s_bucket{verb=\"%s\",le=\"%g\"} %" PRIu64, name, protocol_verbs[i].name,
			     (double)stats_bound_us[k] / 1e6, below);
		}
		line(rows, "%s_bucket{verb=\"%s\",le=\"+Inf\"} %" PRIu64, name, protocol_verbs[i].name, of->timed);
		line(rows, "%s_sum{verb=\"%s\"} %.6f", name, protocol_verbs[i].name, (double)of->sum_us / 1e6);
		line(rows, "%s_count{verb=\"%s\"} %" PRIu64, name, protocol_verbs[i].name, of->timed);
	}
}

static void
put_daemon(struct rows *rows, const struct job_load *load, const struct figures *f)
{
	metric(rows, "build_info", "gauge", "The version of the daemon; the value is always 1.");
	line(rows, "dragoman_build_info{version=\"%s\"} 1", PACKAGE_VERSION);
	gauge(rows, "uptime_seconds", "Time since the daemon started.", load->uptime_s);
	gauge(rows, "connections", "Connections open now.", load->connections);
	gauge(rows, "watches", "Standing queries of all connections.", load->watches);
	counter(rows, "accepted_total", "Connections taken since the start.", load->stats.accepted);
	gauge(rows, "workers", "Threads that search.", load->workers);
	gauge(rows, "workers_busy", "Threads that search right now.", load->working);
	gauge(rows, "queue_length", "Requests that wait for a worker.", load->queued);
	gauge(rows, "resident_bytes", "Resident memory of the daemon.", f->resident_bytes);
}

static void
put_index(struct rows *rows, const struct figures *f)
{
	gauge(rows, "index_articles", "Articles in the index.", f->state.articles);
	gauge(rows, "index_generation", "The generation in use.", f->state.manifest.generation);
	gauge(rows, "index_revision", "Commits and switches over the life of the index.", f->state.manifest.rev);
	if (f->state.has_bytes)
		gauge(rows, "index_bytes", "Size of the files of the generation in use.", f->state.bytes);
	if (f->has_newest)
		gauge(rows, "index_newest_age_seconds", "Time since the date of the newest article.",
		      f->newest_age_s);
	if (f->has_commit)
		gauge(rows, "index_commit_age_seconds", "Time since the last commit.", f->commit_age_s);
}

static void
put_jobs(struct rows *rows, const struct figures *f)
{
	if (f->has_last) {
		gauge(rows, "last_job_age_seconds", "Time since the last job on the index ended.", f->job_age_s);
		metric(rows, "last_job_exit", "gauge", "Exit code of the last job on the index.");
		line(rows, "dragoman_last_job_exit %d", f->last.exit);
		gauge(rows, "last_job_errors", "Errors of the last job on the index.", f->last.errors);
	}
	if (f->has_good)
		gauge(rows, "last_job_success_age_seconds", "Time since the last job that did its work ended.",
		      f->good_age_s);
}

enum status
verb_metrics(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct job_load *load = job->load;
	struct figures f;
	enum status status = figures_gather(&f, load, s, err);

	if (status != ST_OK)
		return status;
	put_daemon(rows, load, &f);
	put_requests(rows, &load->stats);
	put_durations(rows, &load->stats);
	put_index(rows, &f);
	put_jobs(rows, &f);
	rows_close(rows, WIRE_DONE, job->req.tag);
	rows_figure(rows, "rows", rows->count[ROW_METRIC]);
	verbs_put_state(rows, &f.state.manifest);
	rows_finish(rows);
	return ST_OK;
}
