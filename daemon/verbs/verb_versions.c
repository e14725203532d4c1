/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

#define PAGE 100   /* versions, where limit= is not given */

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
	struct search_options opt = req->search;
	struct version_result result;
	size_t i;
	enum status status;

	if (req->rest_len == 0)
		return error_set(err, ST_INVALID, "VERSIONS needs the id of an article");
	if ((req->given & OPT_LIMIT) == 0)
		opt.limit = PAGE;
	status = verbs_check_revision(req, s, err);
	if (status == ST_OK)
		status = search_versions(s, req->rest, req->rest_len, &opt, &result, err);
	if (status == ST_OK)
		status = verbs_check_revision(req, s, err);   /* a commit may have come meanwhile */
	if (status != ST_OK)
		return status;
	for (i = 0; i < result.nrows; i++) {
		const struct version *v = &result.rows[i];

		rows_begin(rows, ROW_VERSION);
		rows_uint(rows, v->rank);
		rows_str(rows, v->id);
		rows_str(rows, v->date);
		rows_str(rows, v->source);
		rows_str(rows, v->title);
		rows_end(rows);
		put_changes(rows, v);
	}
	verbs_put_notes(job, rows, result.notes, result.nnotes);
	rows_close(rows, WIRE_DONE, req->tag);
	rows_figure(rows, "rows", result.nrows);
	rows_figure(rows, "total", result.total);
	verbs_put_state(rows, searcher_manifest(s));
	rows_finish(rows);
	return ST_OK;
}
