/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dragoman-index switch: back to a generation that is still there, because a
 * reader holds it.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "engine/store/store.h"
#include "indexer/commands/upkeep.h"
#include "indexer/generation/takeover.h"
#include "indexer/report/exit.h"

struct switching {
	struct upkeep opt;           /* the operand is the generation */
	struct maker maker;
	struct takeover takeover;
	struct store *store;         /* the one to go back to, which it pins */
	struct origins origins;
	struct manifest manifest;
};

/* "g000003" or "3". */
static bool
parse_number(const char *text, uint32_t *gen)
{
	char *end;
	unsigned long n;

	if (store_gen_parse(text, gen))
		return true;
	errno = 0;
	n = strtoul(text, &end, 10);
	*gen = (uint32_t)n;
	return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && n > 0 && n <= UINT32_MAX;
}

/* The names of the generations that are there. */
static enum status
list_generations(const char *index, struct buf *out, struct error *err)
{
	DIR *dir = opendir(index);
	const struct dirent *e;
	uint32_t gen;

	if (dir == NULL)
		return error_errno(err, errno, "%s", index);
	while ((e = readdir(dir)) != NULL)
		if (store_gen_parse(e->d_name, &gen))
			buf_addf(out, "%s%s", out->len > 0 ? ", " : "", e->d_name);
	closedir(dir);
	return buf_status(out) == ST_OK ? ST_OK : error_nomem(err);
}

static enum status
open_target(struct switching *s, uint32_t gen, struct error *err)
{
	struct buf there = BUF_INIT;
	const char *index = s->maker.index;
	enum status st = store_open_number(&s->store, index, gen, err);

	if (st == ST_NOTFOUND && list_generations(index, &there, err) == ST_OK)
		error_set(err, st, "%s: no generation %s; there is %s", index, s->opt.operand, buf_str(&there));
	buf_fini(&there);
	if (st == ST_OK)
		st = origins_load(&s->origins, s->store->db, err);
	if (st == ST_OK)
		s->manifest = s->store->manifest;
	return st;
}

static enum status
run_steps(struct switching *s, uint32_t gen, struct error *err)
{
	struct target target = { .number = gen, .origins = &s->origins, .m = &s->manifest };
	struct error why;
	uint32_t now;
	enum status st = store_current(s->maker.index, &now, err);

	if (st == ST_OK && now == gen)
		st = error_set(err, ST_INVALID, "%s: generation %s is in use", s->maker.index, s->opt.operand);
	if (st == ST_OK)
		st = open_target(s, gen, err);
	if (st == ST_OK)
		st = maker_begin(&s->maker, NULL, s->opt.wait_ms, err);
	if (st == ST_OK)
		st = takeover_begin(&s->takeover, &s->maker, &why, err);
	if (st != ST_OK)
		return st;
	target.dir = s->store->dir;
	target.dict = &s->store->dict;
	return takeover_switch(&s->takeover, &target, err);
}

static int
run(struct switching *s, uint32_t gen)
{
	char name[STORE_GEN_NAME_MAX];
	struct error err;
	enum status st;

	maker_init(&s->maker, s->opt.index.data, "switch", s->opt.quiet);
	origins_init(&s->origins);
	st = run_steps(s, gen, &err);
	takeover_fini(&s->takeover);
	store_free(s->store);
	origins_fini(&s->origins);
	maker_fini(&s->maker);
	if (st != ST_OK)
		return maker_fail(&s->maker, &err);
	store_gen_name(s->manifest.generation, name);
	if (!s->opt.quiet)
		printf("switched to %" PRIu64 " articles in %.1f s, revision %" PRIu64 ", generation %s\n",
		       s->manifest.articles, progress_seconds(&s->maker.progress), s->manifest.rev, name);
	s->maker.reportfile.report.unchanged = s->manifest.articles;
	return maker_end(&s->maker, command_flush());
}

int
switch_command(const struct command *self, int argc, char **argv)
{
	struct switching s = { 0 };
	struct error err;
	uint32_t gen;
	int rc = upkeep_parse(&s.opt, self, argc, argv, UPKEEP_OPERAND);

	if (rc < 0 && !parse_number(s.opt.operand, &gen)) {
		error_set(&err, ST_SYNTAX, "switch: %s: no generation: a number or g and six digits is", s.opt.operand);
		rc = exit_fail(&err);
	}
	if (rc < 0)
		rc = run(&s, gen);
	upkeep_fini(&s.opt);
	return rc;
}
