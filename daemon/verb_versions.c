/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs.h"

static void
put_changes(struct rows *rows, const struct version *v)
{
	size_t i;

	for (i = 0; i < v->nchanges; i++) {
		rows_begin(rows, ROW_CHANGE);
		rows_text(rows, &v->changes[i].sign, 1);
		rows_str(rows, v->changes[i].text);
		rows_end(rows);
	}
}

enum status
verb_versions(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;
	const struct version *v;
	size_t n, i;
	enum status status;

	if (req->rest_len == 0)
		return error_set(err, ST_INVALID, "VERSIONS needs the id of an article");
	status = search_versions(s, req->rest, req->rest_len, &v, &n, err);
	if (status != ST_OK)
		return status;
	for (i = 0; i < n; i++) {
		rows_begin(rows, ROW_VERSION);
		rows_uint(rows, i + 1);
		rows_str(rows, v[i].id);
		rows_str(rows, v[i].date);
		rows_str(rows, v[i].source);
		rows_str(rows, v[i].title);
		rows_end(rows);
		put_changes(rows, &v[i]);
	}
	rows_close(rows, WIRE_DONE, req->tag);
	rows_figure(rows, "rows", n);
	verb_put_state(rows, s);
	rows_finish(rows);
	return ST_OK;
}
