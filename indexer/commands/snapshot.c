/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dragoman-index snapshot: the generation in use, copied to a folder that
 * becomes an index of its own, of one commit while others go on.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "engine/store/store.h"
#include "indexer/commands/upkeep.h"
#include "indexer/generation/copy.h"
#include "indexer/generation/maker.h"
#include "indexer/generation/sumfile.h"
#include "indexer/system/home.h"
#include "indexer/system/lock.h"
#include "indexer/system/tree.h"

struct snapshot {
	struct upkeep opt;           /* the operand is the folder */
	struct maker maker;
	struct manifest manifest;
	uint64_t bytes;
};

static enum status
check_empty(const char *dir, struct error *err)
{
	struct home home;
	enum status st = home_look(dir, &home, err);

	return st == ST_OK && home.kind != HOME_NEW ? error_set(err, ST_INVALID, "%s: not empty", dir) : st;
}

static enum status
put_in_place(struct snapshot *s, struct error *err)
{
	const struct generation *g = &s->maker.generation;
	enum status st;
	int lock = -1;

	st = tree_sync(g->db, err);
	if (st == ST_OK)
		st = file_folder_bytes(g->db, &s->bytes, err);
	if (st == ST_OK)
		st = lock_index(s->opt.operand, s->opt.wait_ms, &lock, err);
	if (st == ST_OK)
		st = check_empty(s->opt.operand, err);
	if (st == ST_OK)
		st = maker_place(&s->maker, s->manifest.generation, err);
	if (lock >= 0)
		close(lock);
	/* By them a later restore sees that every byte is as it was written. */
	return st == ST_OK ? sumfile_write(s->opt.operand, s->manifest.generation, s->manifest.rev, err) : st;
}

static enum status
run_steps(struct snapshot *s, struct error *err)
{
	struct store *store = NULL;
	enum status st = check_empty(s->opt.operand, err);

	if (st != ST_OK) {
		s->maker.cannot_create = st == ST_INVALID;
		return st;
	}
	st = store_open_texts(&store, s->opt.index.data, err);   /* before anything is made */
	store_free(store);
	if (st == ST_OK)
		st = maker_begin(&s->maker, s->opt.operand, s->opt.wait_ms, err);
	if (st == ST_OK)
		st = copy_current(s->opt.index.data, s->maker.generation.db, s->opt.wait_ms, &s->manifest, err);
	return st == ST_OK ? put_in_place(s, err) : st;
}

static int
run(struct snapshot *s)
{
	char name[STORE_GEN_NAME_MAX];
	struct error err;
	enum status st;

	maker_init(&s->maker, s->opt.index.data, "snapshot", s->opt.quiet);
	st = run_steps(s, &err);
	maker_fini(&s->maker);
	if (st != ST_OK)
		return maker_fail_damaged(&s->maker, &err);
	store_gen_name(s->manifest.generation, name);
	if (!s->opt.quiet)
		printf("copied %" PRIu64 " articles, %.1f MB in %.1f s, revision %" PRIu64 ", generation %s\n",
		       s->manifest.articles, (double)s->bytes / 1e6, progress_seconds(&s->maker.progress),
		       s->manifest.rev, name);
	return maker_end(&s->maker, command_flush());
}

int
snapshot_command(const struct command *self, int argc, char **argv)
{
	struct snapshot s = { 0 };
	int rc = upkeep_parse(&s.opt, self, argc, argv, UPKEEP_MODE | UPKEEP_OPERAND);

	if (rc < 0)
		rc = run(&s);
	upkeep_fini(&s.opt);
	return rc;
}
