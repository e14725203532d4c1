/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

enum status
verb_count(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;
	struct search_result result;
	enum status status;

	status = search_count(s, req->rest, req->rest_len, &req->search, &result, err);
	if (status != ST_OK)
		return status;
	verbs_put_notes(job, rows, result.notes, result.nnotes);
	rows_close(rows, WIRE_DONE, req->tag);
	verbs_put_end(job, s, rows, result.total, result.exact);
	return ST_OK;
}
