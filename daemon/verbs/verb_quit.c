/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

enum status
verb_quit(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	(void)s;
	(void)err;
	rows_close(rows, WIRE_BYE, job->req.tag);
	rows_finish(rows);
	return ST_OK;
}
