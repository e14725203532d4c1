/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/loop/queue.h"

void
queue_fini(struct queue *q)
{
	struct job *job;

	while ((job = queue_pop(q)) != NULL)
		job_free(job);
}

void
queue_push_take(struct queue *q, struct job *job)
{
	uint64_t *last = &q->last[job->group % QUEUE_GROUPS];
	struct job **at = &q->head;

	*last = job->turn = (*last > q->now ? *last : q->now) + 1;
	while (*at != NULL && (*at)->turn <= job->turn)
		at = &(*at)->next;
	job->next = *at;
	*at = job;
	q->n++;
}

static struct job *
take(struct queue *q, struct job **at)
{
	struct job *job = *at;

	if (job == NULL)
		return NULL;
	*at = job->next;
	job->next = NULL;
	q->n--;
	return job;
}

struct job *
queue_pop(struct queue *q)
{
	struct job *job = take(q, &q->head);

	if (job != NULL)
		q->now = job->turn;
	return job;
}

struct job *
queue_remove(struct queue *q, uint64_t conn)
{
	struct job **at = &q->head;

	while (*at != NULL && (*at)->conn != conn)
		at = &(*at)->next;
	return take(q, at);
}
