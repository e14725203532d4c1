/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/job/watch.h"
#include "daemon/verbs/verbs.h"

enum status
verb_watch(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;
	struct watch *w = job->watch;
	enum status status = standing_check(s, &w->query, req->search.now, err);

	if (status == ST_OK && w->replay)
		status = standing_reaches(s, w->rev, err);
	if (status != ST_OK)
		return status;
	w->seen = searcher_manifest(s)->rev;
	if (!w->replay)
		w->rev = w->seen;
	rows_close(rows, WIRE_DONE, req->tag);
	rows_figure_name(rows, "watch", w->name);
	verbs_put_state(rows, searcher_manifest(s));
	rows_finish(rows);
	return ST_OK;
}
