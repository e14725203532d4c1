/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dragoman-index restore: what a snapshot holds becomes the next generation.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/log.h"
#include "engine/store/store.h"
#include "engine/store/sums.h"
#include "indexer/commands/upkeep.h"
#include "indexer/generation/copy.h"
#include "indexer/generation/maker.h"
#include "indexer/generation/takeover.h"

struct restore {
	struct upkeep opt;           /* the operand is the folder */
	struct maker maker;
	struct takeover takeover;
	struct manifest manifest;
	struct error damaged;
};

/* Looks at the snapshot before anything is made. */
static enum status
look(const struct restore *r, struct error *err)
{
	struct store *store = NULL;
	enum status st = store_open(&store, r->opt.operand, err);

	if (st == ST_NOTFOUND)
		st = error_set(err, st, "%s: no snapshot, nor any other index", r->opt.operand);
	store_free(store);
	return st;
}

static void
note_damage(void *arg, const char *name, const char *why)
{
	struct restore *r = arg;

	if (r->damaged.status == ST_OK)
		error_set(&r->damaged, ST_CORRUPT, "%s is damaged: %s: %s", r->opt.operand, name, why);
}

/* The copy, before it is put to use: byte by byte where its sums are there, and as tables. */
static enum status
check_copy(struct restore *r, struct error *err)
{
	const char *db = r->maker.generation.db;
	const char *const paths[] = { db };
	struct buf report = BUF_INIT;
	struct xap_db *open = NULL;
	uint64_t errors = 0;
	uint32_t count = 0;
	bool known;
	enum status st = sums_compare(db, r->manifest.rev, &known, note_damage, r, err);

	if (st == ST_OK && r->damaged.status != ST_OK)
		return error_set(err, r->damaged.status, "%s", r->damaged.text);
	if (st == ST_OK)
		st = xap_check(db, &report, &errors, err);
	if (st == ST_OK && errors > 0)
		st = error_set(err, ST_CORRUPT, "%s is damaged: %.150s", r->opt.operand, buf_str(&report));
	if (st == ST_OK)
		st = xap_db_open(&open, paths, 1, err);
	if (st == ST_OK)
		st = xap_db_count(open, &count, err);
	if (st == ST_OK && count != r->manifest.articles)
		st = error_set(err, ST_CORRUPT, "%s is damaged: %u articles, where it says %" PRIu64, r->opt.operand,
			       (unsigned)count, r->manifest.articles);
	xap_db_free(open);
	buf_fini(&report);
	return store_unshared(st, err);
}

static enum status
put_to_use(struct restore *r, struct error *err)
{
	struct generation *g = &r->maker.generation;
	struct buf dict = BUF_INIT;
	struct origins origins;
	const struct target target = { .dir = g->db, .dict = &dict, .origins = &origins, .m = &r->manifest };
	enum status st;

	origins_init(&origins);
	st = copy_open(g->db, &dict, &origins, err);
	if (st == ST_OK)
		st = takeover_switch(&r->takeover, &target, err);
	origins_fini(&origins);
	buf_fini(&dict);
	return st;
}

static enum status
run_steps(struct restore *r, struct error *err)
{
	struct error why;
	enum status st = look(r, err);

	if (st == ST_OK)
		st = maker_begin(&r->maker, NULL, r->opt.wait_ms, err);
	if (st == ST_OK)
		st = takeover_begin(&r->takeover, &r->maker, &why, err);
	if (st == ST_OK)
		st = copy_current(r->opt.operand, r->maker.generation.db, r->opt.wait_ms, &r->manifest, err);
	progress_phase(&r->maker.progress, "checking");
	if (st == ST_OK)
		st = check_copy(r, err);
	return st == ST_OK ? put_to_use(r, err) : st;
}

static int
run(struct restore *r)
{
	char name[STORE_GEN_NAME_MAX];
	struct error err;
	enum status st;

	maker_init(&r->maker, r->opt.index.data, "restore", r->opt.quiet);
	st = run_steps(r, &err);
	takeover_fini(&r->takeover);
	maker_fini(&r->maker);
	if (st != ST_OK)
		return maker_fail(&r->maker, &err);
	store_gen_name(r->manifest.generation, name);
	if (!r->opt.quiet)
		printf("restored %" PRIu64 " articles in %.1f s, revision %" PRIu64 ", generation %s\n",
		       r->manifest.articles, progress_seconds(&r->maker.progress), r->manifest.rev, name);
	r->maker.reportfile.report.unchanged = r->manifest.articles;
	return maker_end(&r->maker, command_flush());
}

int
restore_command(const struct command *self, int argc, char **argv)
{
	struct restore r = { 0 };
	int rc = upkeep_parse(&r.opt, self, argc, argv, UPKEEP_MODE | UPKEEP_OPERAND);

	if (rc < 0)
		rc = run(&r);
	upkeep_fini(&r.opt);
	return rc;
}
