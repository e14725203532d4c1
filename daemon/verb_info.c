/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "daemon/verbs.h"

#include <stdio.h>
#include <unistd.h>

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

enum status
verb_status(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct manifest *m;
	const struct load *load = &job->load;
	uint32_t articles;
	enum status status;

	status = searcher_count(s, &articles, err);
	if (status != ST_OK)
		return status;
	m = searcher_manifest(s);
	rows_key_str(rows, "version", PACKAGE_VERSION);
	rows_key_uint(rows, "articles", articles);
	rows_key_uint(rows, "generation", m->generation);
	rows_key_uint(rows, "revision", m->rev);
	rows_key_str(rows, "built", m->built);
	rows_key_str(rows, "newest", m->newest);
	rows_key_uint(rows, "uptime_s", load->uptime_s);
	rows_key_uint(rows, "requests", load->requests);
	rows_key_uint(rows, "errors", load->errors);
	rows_key_uint(rows, "overloaded", load->busy);
	rows_key_uint(rows, "connections", load->connections);
	rows_key_uint(rows, "accepted", load->accepted);
	rows_key_uint(rows, "workers", load->workers);
	rows_key_uint(rows, "working", load->working);
	rows_key_uint(rows, "queued", load->queued);
	rows_key_uint(rows, "p50_us", load->p50_us);
	rows_key_uint(rows, "p95_us", load->p95_us);
	rows_key_uint(rows, "p99_us", load->p99_us);
	rows_key_uint(rows, "rss_bytes", resident());
	rows_close(rows, WIRE_DONE, job->req.tag);
	verb_put_state(rows, s);
	rows_finish(rows);
	return ST_OK;
}

enum status
verb_help(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct verb *v;
	size_t i;

	(void)s;
	(void)err;
	for (i = 0; (v = verb_at(i)) != NULL; i++) {
		rows_begin(rows, ROW_VERB);
		rows_str(rows, v->name);
		rows_str(rows, v->usage);
		rows_end(rows);
	}
	rows_close(rows, WIRE_DONE, job->req.tag);
	rows_finish(rows);
	return ST_OK;
}

/* A verb that has nothing to say but its code. */
enum status
verb_plain(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	(void)s;
	(void)err;
	rows_close(rows, (int)job->req.verb->code, job->req.tag);
	rows_finish(rows);
	return ST_OK;
}
