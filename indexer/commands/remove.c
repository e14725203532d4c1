/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dragoman-index remove: takes articles out of the index by their ids.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "indexer/commands/command.h"
#include "indexer/report/exit.h"
#include "indexer/report/reportfile.h"
#include "indexer/update/session.h"

/* Removals of one commit. */
#define COMMIT_REMOVALS 1000

struct removal {
	const char *index;
	char *const *ids;
	size_t n;
	unsigned wait_ms;
	bool quiet;
	struct session session;
	struct reportfile reportfile;
	uint64_t removed, missing;
};

static enum status
remove_some(struct removal *r, size_t from, size_t to, struct error *err)
{
	uint64_t removed = 0;
	enum status st = session_lock(&r->session, err);

	for (; from < to && st == ST_OK; from++) {
		bool was_there;

		st = writer_remove(r->session.writer, r->ids[from], NULL, &was_there, err);
		if (st != ST_OK)
			break;
		removed += was_there;
		if (was_there)
			continue;
		r->missing++;
		log_line(LOG_LEVEL_NOTICE, "%s: no such article", r->ids[from]);
		reportfile_error(&r->reportfile, "%s: no such article", r->ids[from]);
	}
	if (st == ST_OK)
		st = session_commit(&r->session, err);
	if (st == ST_OK)
		r->removed += removed;
	return st;
}

static enum status
remove_all(struct removal *r, struct error *err)
{
	enum status st = session_begin(&r->session, r->index, r->wait_ms, NULL, NULL, 0, err);
	size_t at, to;

	for (at = 0; at < r->n && st == ST_OK; at = to) {
		to = r->n - at > COMMIT_REMOVALS ? at + COMMIT_REMOVALS : r->n;
		st = remove_some(r, at, to, err);
	}
	return st;
}

static void
last_words(void *arg, const struct error *err)
{
	struct removal *r = arg;

	reportfile_last_words(&r->reportfile, r->index, err);
}

static int
run(struct removal *r)
{
	const uint64_t begin = clock_ns(), none[3] = { 0 };
	struct error err;
	enum status st;
	int rc = EX_OK;

	reportfile_begin(&r->reportfile, r->index, "remove");
	xap_last_words(last_words, r);
	st = remove_all(r, &err);
	session_end(&r->session);
	xap_last_words(NULL, NULL);
	if (st != ST_OK) {
		reportfile_error(&r->reportfile, "%s", err.text);
		rc = exit_fail_damaged(r->index, &err);
	} else {
		if (r->missing > 0)
			rc = EX_NOINPUT;
		if (!r->quiet && command_updated(none, r->removed, r->missing, begin, &r->session.done) != ST_OK)
			rc = EX_IOERR;
		session_compact(&r->session, r->quiet, &r->reportfile);
	}
	r->reportfile.report.removed = r->removed;
	r->reportfile.report.skipped = r->missing;
	return reportfile_end(&r->reportfile, rc, st == ST_OK);
}

int
remove_command(const struct command *self, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "quiet", no_argument, NULL, 'q' },
		{ "wait", required_argument, NULL, 'w' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct removal r = { 0 };
	struct buf index = BUF_INIT;
	const char *given = NULL;
	struct error err;
	int c, rc;

	while ((c = command_option(self, argc, argv, ":d:qh", longs, &rc)) != -1) {
		switch (c) {
		case 'd': given = optarg; break;
		case 'q': r.quiet = true; break;
		case 'w':
			if (!command_wait(optarg, &r.wait_ms))
				return EX_USAGE;
			break;
		}
	}
	if (rc >= 0)
		return rc;
	if (optind == argc) {
		log_line(LOG_LEVEL_NOTICE, "remove: no articles named");
		return command_usage(self);
	}
	r.ids = argv + optind;
	r.n = (size_t)(argc - optind);
	if (command_index(self, given, &index, &err) != ST_OK) {
		rc = exit_fail(&err);
	} else {
		r.index = index.data;
		rc = run(&r);
	}
	buf_fini(&index);
	return rc;
}
