/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs.h"

#include <inttypes.h>

#include "base/log.h"

static void
put_hits(struct rows *rows, const struct search_result *result)
{
	size_t i;

	for (i = 0; i < result->nrows; i++) {
		const struct search_row *hit = &result->rows[i];

		rows_begin(rows, ROW_HIT);
		rows_uint(rows, hit->rank);
		rows_str(rows, hit->id);
		rows_real(rows, hit->score);
		rows_str(rows, hit->date);
		rows_str(rows, hit->source);
		rows_str(rows, hit->title);
		rows_uint(rows, hit->copies);
		rows_end(rows);
		if (hit->snippet != NULL) {
			rows_begin(rows, ROW_SNIPPET);
			rows_str(rows, hit->snippet);
			rows_end(rows);
		}
	}
}

void
verb_put_notes(struct job *job, struct rows *rows, const struct search_note *notes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct search_note *note = &notes[i];

		if (note->damage)
			log_line(LOG_LEVEL_ERROR, "request %" PRIu64 ": %s", job->number, note->text);
		if (note->letter == 'C') {
			rows_begin(rows, ROW_STANDS_FOR);
			rows_str(rows, note->typed);
		} else {
			rows_begin(rows, ROW_WARNING);
		}
		rows_str(rows, note->text);
		rows_end(rows);
	}
}

void
verb_put_end(struct job *job, struct searcher *s, struct rows *rows, uint64_t total, bool exact)
{
	const struct manifest *m = searcher_manifest(s);

	rows_figure(rows, "total", total);
	rows_figure(rows, "exact", exact ? 1 : 0);
	rows_figure(rows, "gen", m->generation);
	rows_figure(rows, "us", job_us(job));
	rows_figure(rows, "rev", m->rev);
	rows_finish(rows);
}

enum status
verb_check_revision(const struct request *req, const struct searcher *s, struct error *err)
{
	if ((req->given & OPT_REV) == 0 || req->rev == searcher_manifest(s)->rev)
		return ST_OK;
	return error_set(err, ST_GONE, "revision %" PRIu64 " is gone", req->rev);
}

enum status
verb_search(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;
	struct search_result result;
	enum status status = verb_check_revision(req, s, err);

	if (status == ST_OK)
		status = search_run(s, req->rest, req->rest_len, &req->search, &result, err);
	if (status == ST_OK)
		status = verb_check_revision(req, s, err);   /* a commit may have come meanwhile */
	if (status != ST_OK)
		return status;
	put_hits(rows, &result);
	verb_put_notes(job, rows, result.notes, result.nnotes);
	rows_close(rows, WIRE_DONE, req->tag);
	rows_figure(rows, "rows", result.nrows);
	verb_put_end(job, s, rows, result.total, result.exact);
	return ST_OK;
}

enum status
verb_count(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;
	struct search_result result;
	enum status status;

	status = search_count(s, req->rest, req->rest_len, &req->search, &result, err);
	if (status != ST_OK)
		return status;
	verb_put_notes(job, rows, result.notes, result.nnotes);
	rows_close(rows, WIRE_DONE, req->tag);
	verb_put_end(job, s, rows, result.total, result.exact);
	return ST_OK;
}
