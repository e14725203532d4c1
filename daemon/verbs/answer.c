/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/answer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/wire.h"
#include "daemon/verbs/verbs.h"

#define STALE_TRIES 8   /* an index that changes faster than a query can read it */

int
answer_code(enum status status)
{
	switch (status) {
	case ST_OK:
		return WIRE_DONE;
	case ST_NOTFOUND:
		return WIRE_NO_ARTICLE;
	case ST_INVALID:
		return WIRE_BAD_OPTION;
	case ST_SYNTAX:
	case ST_UNSUPPORTED:
		return WIRE_SYNTAX;
	case ST_TOO_LARGE:
	case ST_TOO_BROAD:
		return WIRE_TOO_LARGE;
	case ST_DEADLINE:
		return WIRE_DEADLINE;
	case ST_NOSPACE:
		return WIRE_NOSPACE;
	case ST_GONE:
		return WIRE_GONE;
	case ST_NOMEM:
	case ST_CANCELLED:
	case ST_LOCKED:
	case ST_STALE:
		return WIRE_BUSY;
	case ST_IO:
	case ST_CORRUPT:
	case ST_VERSION:
	case ST_INTERNAL:
		return WIRE_INTERNAL;
	}
	return WIRE_INTERNAL;
}

/* The text for the peer; the details of our own faults go to the log. */
static void
describe(struct job *job, enum status status, struct error *err)
{
	switch (answer_code(status)) {
	case WIRE_INTERNAL:
		log_line(LOG_LEVEL_ERROR, "request %" PRIu64 ": %s: %s: %s", job->number,
			 job->req.verb->name, error_status_name(status), err->text);
		(void)error_set(err, status, "internal error (request %" PRIu64 " in the log)",
				job->number);
		break;
	case WIRE_BUSY:
		(void)error_set(err, status, "%s, try again",
				status == ST_CANCELLED ? "the daemon ends" :
				status == ST_NOMEM ? "out of memory" : "the index is changing");
		break;
	case WIRE_DEADLINE:
		(void)error_set(err, status, "the query took too long");
		break;
	}
}

/* S: the searcher whose state the answer is about, or NULL. */
static void
error_reply(struct job *job, int code, const struct error *err, const struct searcher *s)
{
	struct rows rows;

	rows_init(&rows, &job->reply, job->req.json);
	rows_restart(&rows);
	rows_close(&rows, code, job->req.tag);
	if (err->col > 0)
		rows_figure(&rows, "col", (uint64_t)err->col);
	if (s != NULL)
		verbs_put_state(&rows, searcher_manifest(s));
	rows_error(&rows, err->text);
	rows_finish(&rows);
	job->code = code;
	job->rows = 0;
	job->us = job_us(job);
}

void
answer_error(struct job *job, int code, const struct error *err)
{
	error_reply(job, code, err, NULL);
}

/* Where the reply had no room, a short one may; when not even that, the
 * connection sees that the buffer failed and closes. */
static void
out_of_memory(struct job *job)
{
	struct error err;

	buf_fini(&job->reply);
	(void)error_set(&err, ST_NOMEM, "out of memory, try again");
	answer_error(job, WIRE_BUSY, &err);
}

static enum status
attempt(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	bool changed;
	enum status status = ST_STALE;
	unsigned tries;

	for (tries = 0; status == ST_STALE && tries < STALE_TRIES; tries++) {
		if (tries > 0 && clock_ns() >= job->req.search.deadline.at_ns)
			return error_set(err, ST_DEADLINE, "the index is changing");
		if (tries > 0 && searcher_refresh(s, &changed, err) != ST_OK)
			continue;
		rows_restart(rows);
		status = verbs_run(job, s, rows, err);
	}
	return status;
}

void
answer_run(struct job *job, struct searcher *s, const struct xap_deadline *deadline)
{
	struct error err = { ST_OK, 0, "" };
	struct rows rows;
	enum status status;
	size_t i;

	if (deadline != NULL)
		job->req.search.deadline = *deadline;
	job->req.search.now = time(NULL);
	job->ran = true;
	rows_init(&rows, &job->reply, job->req.json);
	status = attempt(job, s, &rows, &err);
	if (status == ST_OK) {
		job->code = rows.code;
		for (i = 0; i < ROW_KINDS; i++)
			job->rows += rows.count[i];
		job->us = job_us(job);
		status = buf_status(&job->reply);
		if (status != ST_OK)
			out_of_memory(job);
		return;
	}
	if (err.text[0] == '\0')
		(void)error_set(&err, status, "%s", error_status_name(status));
	describe(job, status, &err);
	error_reply(job, answer_code(status), &err, status == ST_NOTFOUND || status == ST_GONE ? s : NULL);
}
