/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

enum status
verb_quotes(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;
	struct quote_result result;
	size_t i;
	enum status status = verbs_check_revision(req, s, err);

	if (status == ST_OK)
		status = search_quotes(s, req->rest, req->rest_len, req->speaker, &req->search, &result, err);
	if (status == ST_OK)
		status = verbs_check_revision(req, s, err);   /* a commit may have come meanwhile */
	if (status != ST_OK)
		return status;
	for (i = 0; i < result.nrows; i++) {
		const struct quote_row *quote = &result.rows[i];

		rows_begin(rows, ROW_QUOTE);
		rows_uint(rows, quote->rank);
		rows_str(rows, quote->id);
		rows_str(rows, quote->date);
		rows_str(rows, quote->speaker);
		rows_str(rows, quote->office);
		rows_str(rows, quote->words);
		rows_uint(rows, quote->start);
		rows_uint(rows, quote->end);
		rows_end(rows);
	}
	verbs_put_notes(job, rows, result.notes, result.nnotes);
	rows_close(rows, WIRE_DONE, req->tag);
	rows_figure(rows, "rows", result.nrows);
	verbs_put_end(job, s, rows, result.total, result.exact);
	return ST_OK;
}
