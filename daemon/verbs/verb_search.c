/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

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

enum status
verb_search(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;
	struct search_result result;
	enum status status = verbs_check_revision(req, s, err);

	if (status == ST_OK)
		status = search_run(s, req->rest, req->rest_len, &req->search, &result, err);
	if (status == ST_OK)
		status = verbs_check_revision(req, s, err);   /* a commit may have come meanwhile */
	if (status != ST_OK)
		return status;
	put_hits(rows, &result);
	verbs_put_notes(job, rows, result.notes, result.nnotes);
	rows_close(rows, WIRE_DONE, req->tag);
	rows_figure(rows, "rows", result.nrows);
	verbs_put_end(job, s, rows, result.total, result.exact);
	return ST_OK;
}
