/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/verbs/verbs.h"

#include <inttypes.h>

#include "base/log.h"

enum status
verbs_run(struct job *job, struct searcher *s, struct rows *rows, struct error *err)
{
	static enum status (*const run[VERBS])(struct job *, struct searcher *, struct rows *, struct error *) = {
#define VERB(id, function, ...) [VERB_##id] = verb_##function,
		PROTOCOL_VERBS(VERB)
#undef VERB
	};

	return run[job->req.verb->id](job, s, rows, err);
}

void
verbs_put_state(struct rows *rows, const struct manifest *m)
{
	rows_figure(rows, "gen", m->generation);
	rows_figure(rows, "rev", m->rev);
}

void
verbs_put_notes(struct job *job, struct rows *rows, const struct search_note *notes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct search_note *note = &notes[i];

		if (note->damage)
			log_line(LOG_LEVEL_ERROR, "request %" PRIu64 ": %s", job->number, note->text);
		if (note->letter == 'C') {
			rows_begin(rows, ROW_STANDS_FOR);
			rows_str(rows, note->typed);
		} else {
			rows_begin(rows, ROW_WARNING);
		}
		rows_str(rows, note->text);
		rows_end(rows);
	}
}

void
verbs_put_end(struct job *job, struct searcher *s, struct rows *rows, uint64_t total, bool exact)
{
	const struct manifest *m = searcher_manifest(s);

	rows_figure(rows, "total", total);
	rows_figure(rows, "exact", exact ? 1 : 0);
	rows_figure(rows, "gen", m->generation);
	rows_figure(rows, "us", job_us(job));
	rows_figure(rows, "rev", m->rev);
	rows_finish(rows);
}

enum status
verbs_check_revision(const struct request *req, const struct searcher *s, struct error *err)
{
	if ((req->given & OPT_REV) == 0 || req->rev == searcher_manifest(s)->rev)
		return ST_OK;
	return error_set(err, ST_GONE, "revision %" PRIu64 " is gone", req->rev);
}
