/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dragoman-index rebuild: a new generation from the texts that the one in use
 * stores, analysed again. No corpus is needed, and commits go on meanwhile.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <sysexits.h>

#include "base/log.h"
#include "engine/store/schema.h"
#include "indexer/build/assemble.h"
#include "indexer/build/lexicons.h"
#include "indexer/build/sample.h"
#include "indexer/commands/upkeep.h"
#include "indexer/generation/maker.h"
#include "indexer/generation/stored.h"
#include "indexer/generation/takeover.h"

struct rebuild {
	struct upkeep opt;
	struct maker maker;
	struct takeover takeover;
	struct assemble assemble;
	struct stored stored;
	struct buf lexicon;              /* compiled */
	uint64_t articles, text_bytes;   /* that there are to read, by the state */
	uint64_t bad;
};

static void
tell_bad(void *arg, const char *name, const char *why)
{
	struct rebuild *r = arg;

	r->bad++;
	progress_clear(&r->maker.progress);
	log_line(LOG_LEVEL_NOTICE, "%s: %s: %s", r->maker.index, name, why);
	reportfile_error(&r->maker.reportfile, "%s: %s", name, why);
}

static enum status
next(void *arg, struct article *a, bool *got, struct error *err)
{
	struct rebuild *r = arg;
	enum status st = stored_next(&r->stored, a, got, err);

	if (st == ST_OK && *got)
		st = takeover_origin(&r->takeover, &r->assemble.origins, a, err);
	progress_share(&r->maker.progress, r->stored.articles, r->stored.bytes, r->articles);
	return st;
}

static uint64_t
left(void *arg)
{
	const struct rebuild *r = arg;

	return r->text_bytes > r->stored.bytes ? r->text_bytes - r->stored.bytes : 0;
}

static enum status
open_former(struct rebuild *r, struct error *err)
{
	struct error why;
	enum status st = takeover_begin(&r->takeover, &r->maker, &why, err);

	if (st != ST_OK)
		return st;
	if (r->takeover.store == NULL)
		return error_set(err, why.status == ST_OK ? ST_NOTFOUND : why.status, "%s", why.text);
	r->articles = r->takeover.store->manifest.articles;
	r->text_bytes = r->takeover.store->manifest.text_bytes;
	r->stored.store = r->takeover.store;
	r->stored.bad = tell_bad;
	r->stored.arg = r;
	return ST_OK;
}

/* The lexicon of the command line; else the index's lexicon; the installed lexicon for an index that has none yet. */
static enum status
choose_lexicon(struct rebuild *r, struct error *err)
{
	const struct store *s = r->takeover.store;
	struct dictionary d;

	if (lexicons_given(&r->opt.lexicons) || s->manifest.format < SCHEMA_FORMAT_LEXICON)
		return lexicons_compile(&r->opt.lexicons, &r->lexicon, err);
	dictionary_split(s->dict.data, s->dict.len, &d);
	buf_add(&r->lexicon, d.lexicon, d.lexicon_len);
	return buf_status(&r->lexicon) == ST_OK ? ST_OK : error_nomem(err);
}

static enum status
run_steps(struct rebuild *r, struct error *err)
{
	const struct source source = { next, left, r };
	struct assemble *a = &r->assemble;
	struct target target = { .dict = &a->dict, .origins = &r->assemble.origins, .m = &a->manifest, .same = true };
	enum status st = open_former(r, err);

	if (st == ST_OK)
		st = choose_lexicon(r, err);
	if (st == ST_OK)
		st = maker_begin(&r->maker, NULL, r->opt.wait_ms, err);
	target.dir = r->maker.generation.db;
	a->generation = &r->maker.generation;
	a->jobs = r->opt.jobs;
	if (st == ST_OK)
		st = sample_store(r->takeover.store, &a->dict, err);
	if (st == ST_OK)
		st = lexicons_join(&r->lexicon, &a->dict, err);
	if (st == ST_OK)
		st = assemble_start(a, err);
	if (st == ST_OK)
		st = assemble_feed(a, &source, err);
	progress_phase(&r->maker.progress, "merging");
	if (st == ST_OK)
		st = assemble_finish(a, err);
	return st == ST_OK ? takeover_switch(&r->takeover, &target, err) : st;
}

static int
summary(const struct rebuild *r, double seconds)
{
	char name[STORE_GEN_NAME_MAX];

	store_gen_name(r->assemble.manifest.generation, name);
	printf("rebuilt %" PRIu64 " articles, %" PRIu64 " bad, %.1f MB in %.1f s, revision %" PRIu64 ", generation %s\n",
	       r->assemble.manifest.articles, r->bad, (double)r->assemble.manifest.text_bytes / 1e6, seconds,
	       r->assemble.manifest.rev, name);
	return command_flush();
}

/* Of an index that this command cannot cure. */
static void
tell_cure(const char *index)
{
	struct buf quoted = BUF_INIT;

	buf_add_quoted(&quoted, index);
	log_line(LOG_LEVEL_NOTICE, "%s: the stored texts cannot be had: make it anew with \"dragoman-index build -d %s "
		 "FILES...\", or restore a snapshot", index, buf_str(&quoted));
	buf_fini(&quoted);
}

static int
run(struct rebuild *r)
{
	struct error err;
	double seconds;
	enum status st;
	int rc = EX_OK;

	maker_init(&r->maker, r->opt.index.data, "rebuild", r->opt.quiet);
	st = run_steps(r, &err);
	seconds = progress_seconds(&r->maker.progress);
	progress_clear(&r->maker.progress);
	assemble_fini(&r->assemble);
	stored_fini(&r->stored);
	buf_fini(&r->lexicon);
	takeover_fini(&r->takeover);
	maker_fini(&r->maker);
	if (st != ST_OK) {
		rc = maker_fail(&r->maker, &err);
		if (st == ST_CORRUPT)
			tell_cure(r->opt.index.data);
		return rc;
	}
	if (!r->opt.quiet)
		rc = summary(r, seconds);
	r->maker.reportfile.report.unchanged = r->assemble.manifest.articles;
	r->maker.reportfile.report.skipped = r->bad;
	return maker_end(&r->maker, rc == EX_OK && r->bad > 0 ? EX_DATAERR : rc);
}

int
rebuild_command(const struct command *self, int argc, char **argv)
{
	struct rebuild r = { 0 };
	int rc = upkeep_parse(&r.opt, self, argc, argv, UPKEEP_ANALYSIS);

	if (rc < 0)
		rc = run(&r);
	upkeep_fini(&r.opt);
	return rc;
}
