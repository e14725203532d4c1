/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

enum status
verb_unwatch(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	const struct request *req = &job->req;

	(void)s;
	if (req->rest_len == 0)
		return error_set(err, ST_INVALID, "UNWATCH needs the name of a watch");
	if (!job->found)
		return error_set(err, ST_NOTFOUND, "no such watch");
	rows_close(rows, WIRE_DONE, req->tag);
	rows_finish(rows);
	return ST_OK;
}
