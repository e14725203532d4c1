/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/generation/maker.h"

#include <string.h>
#include <sysexits.h>

#include "engine/xapian/xap.h"
#include "indexer/report/exit.h"

void
maker_init(struct maker *m, const char *index, const char *command, bool quiet)
{
	memset(m, 0, sizeof(*m));
	m->index = index;
	m->generation.marker = -1;
	progress_init(&m->progress, quiet);
	reportfile_begin(&m->reportfile, index, command);
}

static void
last_words(void *arg, const struct error *err)
{
	struct maker *m = arg;

	interrupt_clear(m->interrupt);
	reportfile_last_words(&m->reportfile, m->generation.index, err);
}

enum status
maker_begin(struct maker *m, const char *in, unsigned wait_ms, struct error *err)
{
	enum status st = interrupt_new(&m->interrupt, err);

	if (st != ST_OK)
		return st;
	st = generation_begin(&m->generation, in != NULL ? in : m->index, wait_ms, m->interrupt, err);
	m->cannot_create = st == ST_IO || st == ST_NOTFOUND || st == ST_INVALID;
	if (st == ST_OK)
		xap_last_words(last_words, m);
	return st;
}

enum status
maker_place(struct maker *m, uint32_t gen, struct error *err)
{
	enum status st;

	interrupt_hold(m->interrupt);
	st = generation_place(&m->generation, gen, err);
	interrupt_release(m->interrupt);
	return st;
}

void
maker_fini(struct maker *m)
{
	progress_clear(&m->progress);
	xap_last_words(NULL, NULL);
	generation_end(&m->generation);
	interrupt_free(m->interrupt);
	m->interrupt = NULL;
}

int
maker_end(struct maker *m, int code)
{
	return reportfile_end(&m->reportfile, code, true);
}

static int
end_failed(struct maker *m, const struct error *err, int code)
{
	reportfile_error(&m->reportfile, "%s", err->text);
	return reportfile_end(&m->reportfile, m->cannot_create ? EX_CANTCREAT : code, false);
}

int
maker_fail(struct maker *m, const struct error *err)
{
	return end_failed(m, err, exit_fail(err));
}

int
maker_fail_damaged(struct maker *m, const struct error *err)
{
	return end_failed(m, err, exit_fail_damaged(m->index, err));
}
