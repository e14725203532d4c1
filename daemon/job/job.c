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

uint64_t
job_us(const struct job *job)
{
	return (clock_ns() - job->begun_ns) / 1000;
}
