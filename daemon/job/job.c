/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/job/job.h"

#include <stdlib.h>

#include "base/clock.h"
#include "daemon/job/push.h"
#include "daemon/job/watch.h"

struct job *
job_new(uint64_t conn, uint64_t number)
{
	struct job *job = calloc(1, sizeof(*job));

	if (job != NULL)
		job_renew(job, conn, number);
	return job;
}

void
job_renew(struct job *job, uint64_t conn, uint64_t number)
{
	job->conn = conn;
	job->number = number;
	job->begun_ns = clock_ns();
}

void
job_free(struct job *job)
{
	if (job == NULL)
		return;
	request_fini(&job->req);
	buf_fini(&job->reply);
	free(job->load);
	watch_free(job->watch);
	push_free(job->push);
	free(job);
}

void
job_again(struct job *job)
{
	buf_clear(&job->reply);
	job->code = 0;
	job->ran = false;
	job->rows = 0;
}

uint64_t
job_us(const struct job *job)
{
	return (clock_ns() - job->begun_ns) / 1000;
}

enum status
job_index_read(struct job_index *out, struct searcher *s, struct error *err)
{
	enum status status;

	*out = (struct job_index){ 0 };
	status = searcher_count(s, &out->articles, err);
	out->manifest = *searcher_manifest(s);
	out->has_bytes = searcher_bytes(s, &out->bytes, NULL) == ST_OK;
	return status;
}
