/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

/* How a request of V is written: "GET ID". */
static void
put_usage(struct buf *out, const struct protocol_verb *v)
{
	size_t i;

	buf_adds(out, v->name);
	for (i = 0; i < OPTIONS; i++) {
		if (v->options & (1u << i))
			buf_addf(out, " [%s=%s]", protocol_options[i].name, protocol_options[i].value);
	}
	if (v->rest[0] != '\0')
		buf_addf(out, " %s", v->rest);
}

enum status
verb_help(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	struct buf usage = BUF_INIT;
	enum status status;
	size_t i;

	(void)s;
	(void)err;
	for (i = 0; i < VERBS; i++) {
		buf_clear(&usage);
		put_usage(&usage, &protocol_verbs[i]);
		rows_begin(rows, ROW_VERB);
		rows_str(rows, protocol_verbs[i].name);
		rows_str(rows, buf_str(&usage));
		rows_end(rows);
	}
	rows_close(rows, WIRE_DONE, job->req.tag);
	rows_finish(rows);
	status = buf_status(&usage);
	buf_fini(&usage);
	return status;
}
