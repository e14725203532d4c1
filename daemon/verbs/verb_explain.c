/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

enum status
verb_explain(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;
	struct explain_result found;
	size_t i;
	enum status status;

	status = search_explain(s, req->rest, req->rest_len, req->id, &req->search, &found, err);
	if (status != ST_OK)
		return status;
	for (i = 0; i < found.nrows; i++) {
		rows_begin(rows, req->id != NULL ? ROW_PART : ROW_NODE);
		rows_uint(rows, found.rows[i].depth);
		rows_str(rows, found.rows[i].node);
		rows_str(rows, found.rows[i].detail);
		rows_end(rows);
	}
	rows_close(rows, WIRE_DONE, req->tag);
	if (req->id != NULL)
		rows_figure_real(rows, "score", found.score);
	verbs_put_state(rows, searcher_manifest(s));
	rows_finish(rows);
	return ST_OK;
}
