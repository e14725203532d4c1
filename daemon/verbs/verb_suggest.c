/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

enum status
verb_suggest(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;
	const struct suggestion *found;
	size_t i, n;
	enum status status;

	status = search_suggest(s, req->rest, req->rest_len, req->search.limit, &found, &n, err);
	if (status != ST_OK)
		return status;
	for (i = 0; i < n; i++) {
		rows_begin(rows, ROW_SUGGESTION);
		rows_str(rows, found[i].text);
		rows_uint(rows, found[i].count);
		rows_end(rows);
	}
	rows_close(rows, WIRE_DONE, req->tag);
	rows_figure(rows, "rows", n);
	verbs_put_state(rows, searcher_manifest(s));
	rows_finish(rows);
	return ST_OK;
}
