/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "engine/store/journal.h"
#include "engine/store/row.h"
#include "engine/store/schema.h"
#include "engine/store/stamp.h"
#include "engine/store/store.h"
#include "engine/store/sums.h"
#include "engine/xapian/blocks.h"
#include "indexer/commands/command.h"
#include "indexer/commands/check_tables.h"
#include "indexer/generation/copy.h"
#include "indexer/generation/generation.h"
#include "indexer/proof/deep.h"
#include "indexer/proof/deep_article.h"
#include "indexer/proof/faults.h"
#include "indexer/proof/grouping_check.h"
#include "indexer/report/exit.h"
#include "indexer/system/lock.h"
#include "indexer/system/tree.h"

struct check {
	const char *index;
	bool deep;
	struct store *store;
	struct faults *faults;   /* shared with the process that asked */
	char *copy;              /* the folder of a copy that is there for a while, shared likewise */
	struct buf row, data;
	uint64_t articles;
	bool writable;        /* we may write to its tables */
	bool sums;            /* there are sums of the files, for this revision */
};

/* ---- files and tables ---- */

static void
differs(void *arg, const char *name, const char *why)
{
	struct check *c = arg;

	faults_add(c->faults, "%s: %s", name, why);
}

static void
check_files(struct check *c)
{
	struct error err;

	if (sums_compare(c->store->dir, c->store->manifest.rev, &c->sums, differs, c, &err) != ST_OK)
		faults_add(c->faults, "the sums of the files: %s", err.text);
}

/* *READABLE: what the tables hold can be read. */
static enum status
check_tables(struct check *c, bool *readable, struct error *err)
{
	struct error why;

	*readable = true;
	/* store_open passes over the blocks of large tables, in which libxapian might then search for ever. */
	if (xap_blocks_check(c->store->dir, false, UINT64_MAX, &why) != ST_OK) {
		faults_add(c->faults, "%s", why.text);
		*readable = false;
		return ST_OK;
	}
	if (c->writable) {
		check_tables_in_place(c->store->dir, c->faults);
	} else if (!c->sums || faults_count(c->faults) > 0) {
		return check_tables_on_copy(c->store->dir, c->copy, c->faults, err);
	}
	return ST_OK;
}

/* Checks that manifest.json agrees with the state, but for the figures that commits change. */
static void
check_manifest(struct check *c)
{
	const struct manifest *now = &c->store->manifest;
	struct manifest then;
	struct error err;

	if (manifest_read(c->store->dir, &then, &err) != ST_OK)
		faults_add(c->faults, "%s", err.text);
	else if (then.format != now->format || then.generation != now->generation ||
		 then.dictionary_crc32 != now->dictionary_crc32 || then.rev > now->rev ||
		 strcmp(then.fingerprint, now->fingerprint) != 0 || strcmp(then.built, now->built) != 0)
		faults_add(c->faults, "manifest.json contradicts the state in the database");
}

/* ---- articles ---- */

/* Checks that an article's row, its stored text and the term of its id belong together. */
static enum status
check_article(struct check *c, uint32_t docid, struct error *err)
{
	struct xap_db *db = c->store->db;
	struct row row;
	uint32_t found;
	enum status st;

	buf_clear(&c->row);
	buf_clear(&c->data);
	st = xap_db_value(db, docid, SLOT_ROW, &c->row, err);
	if (st == ST_OK && row_unpack(buf_str(&c->row), c->row.len, &row) != ST_OK)
		st = error_set(err, ST_CORRUPT, "its row of results is damaged");
	if (st == ST_OK)
		st = xap_db_data(db, docid, &c->data, err);
	if (st != ST_OK)
		return st;
	if (row_sum(buf_str(&c->data), c->data.len) != row.record)
		return error_set(err, ST_CORRUPT, "its stored text is damaged");
	buf_clear(&c->data);
	schema_term(&c->data, PREFIX_ID, row.id, row.id_len);
	st = buf_status(&c->data);
	if (st == ST_OK)
		st = xap_db_posting(db, c->data.data, c->data.len, docid - 1, &found, err);
	if (st == ST_NOTFOUND || (st == ST_OK && found != docid))
		return error_set(err, ST_CORRUPT, "it is not found by its id");
	return st;
}

static void
check_articles(struct check *c)
{
	struct buf name = BUF_INIT;
	struct error err;
	uint32_t docid = 0, count = 0;
	enum status st;

	while ((st = xap_db_posting(c->store->db, "", 0, docid, &docid, &err)) == ST_OK) {
		c->articles++;
		if (check_article(c, docid, &err) != ST_OK) {
			deep_article_name(c->store, docid, &name);
			faults_add(c->faults, "%s: %s", buf_str(&name), err.text);
		}
	}
	buf_fini(&name);
	if (st != ST_NOTFOUND)
		faults_add(c->faults, "the list of articles: %s", err.text);
	st = xap_db_count(c->store->db, &count, &err);
	if (st != ST_OK)
		faults_add(c->faults, "the number of articles: %s", err.text);
	else if (count != c->articles || count != c->store->manifest.articles)
		faults_add(c->faults, "%" PRIu64 " articles, where the database says %u and its state %" PRIu64,
			   c->articles, (unsigned)count, c->store->manifest.articles);
}

/* ---- the journal of changes ---- */

static enum status
check_change(struct journal *j, const struct change *change, struct article *former, struct error *err)
{
	const struct buf *id = &former->field[ART_ID];
	enum status st;

	if (change->kind == CHANGE_ADDED)
		return ST_OK;
	st = journal_former(j, change, former, err);
	if (st == ST_OK && (id->len != change->id_len || memcmp(buf_str(id), change->id, id->len) != 0))
		st = error_set(err, ST_CORRUPT, "it is that of another article");
	return st;
}

static void
check_journal(struct check *c)
{
	const struct manifest *m = &c->store->manifest;
	struct journal *j = NULL;
	struct change change;
	struct article former;
	struct error err;
	uint64_t n = 0;
	bool got = true;
	enum status st = journal_open(&j, c->store->db, m, m->journal_floor, &err);

	article_init(&former);
	while (st == ST_OK && (st = journal_next(j, &change, &got, &err)) == ST_OK && got) {
		n++;
		if (c->deep && check_change(j, &change, &former, &err) != ST_OK)
			faults_add(c->faults, "article \"%.*s\": its version before revision %" PRIu64 ": %s",
				   (int)change.id_len, change.id, change.rev, err.text);
	}
	if (st != ST_OK)
		faults_add(c->faults, "%s", err.text);
	else if (n != m->journal_entries)
		faults_add(c->faults, "%" PRIu64 " changes in the journal, where the state says %" PRIu64,
			   n, m->journal_entries);
	journal_free(j);
	article_fini(&former);
}

/* ---- the whole ---- */

static enum status
is_writable(const struct store *s, bool *writable, struct error *err)
{
	char *path = file_join(s->dir, "postlist.glass");

	*writable = path != NULL && access(path, W_OK) == 0;
	free(path);
	return path != NULL ? ST_OK : error_nomem(err);
}

/* Checks the generation that CURRENT names. ST_STALE: a commit came in between. */
static enum status
check_once(struct check *c, struct error *err)
{
	enum status st;
	bool readable;

	faults_clear(c->faults);
	store_free(c->store);
	c->store = NULL;
	c->articles = 0;
	st = store_open(&c->store, c->index, err);
	if (st == ST_OK)
		st = is_writable(c->store, &c->writable, err);
	if (st != ST_OK)
		return st;
	check_files(c);
	check_manifest(c);
	st = check_tables(c, &readable, err);
	if (st != ST_OK || !readable)
		return st;
	check_articles(c);
	check_journal(c);
	grouping_check(c->store->db, c->faults);
	return c->deep ? deep_check(c->index, c->store, c->faults, err) : ST_OK;
}

/* Makes an index of its own in G's folder, of a copy of the generation in use. */
static enum status
copy_index(const struct check *c, struct generation *g, struct error *err)
{
	char name[STORE_GEN_NAME_MAX + 1], *dir = NULL, *current = NULL;
	struct manifest m;
	enum status st = generation_begin(g, c->index, LOCK_PATIENCE_MS, NULL, err);

	if (st == ST_OK)
		st = copy_current(c->index, g->db, LOCK_PATIENCE_MS, &m, err);
	if (st != ST_OK)
		return st;
	store_gen_name(m.generation, name);
	dir = file_join(g->temp, name);
	current = file_join(g->temp, STORE_CURRENT);
	if (dir == NULL || current == NULL)
		st = error_nomem(err);
	else if (rename(g->db, dir) != 0)
		st = error_errno(err, errno, "%s", dir);
	else
		st = file_write(current, name, strlen(name), err);
	free(dir);
	free(current);
	return st;
}

/* Where nothing was committed, a block that is too new is damage. */
static enum status
stale_is_damage(struct check *c, const struct error *err)
{
	faults_add(c->faults, "damaged: %s", err->text);
	return ST_OK;
}

/* Where it is written to faster than it can be read. */
static enum status
check_copy(struct check *c, struct error *err)
{
	struct generation g;
	enum status st = copy_index(c, &g, err);

	if (st == ST_OK) {
		c->index = g.temp;
		st = check_once(c, err);
		if (st == ST_STALE)
			st = stale_is_damage(c, err);
	}
	generation_end(&g);
	return st;
}

/* Whether the files were compared with sums that are gone now: a commit has begun, and its bytes are new. */
static bool
sums_gone(const struct check *c)
{
	char *path = c->store != NULL && c->sums ? file_join(c->store->dir, SUMS_NAME) : NULL;
	bool gone = path != NULL && access(path, F_OK) != 0;

	free(path);
	return gone;
}

/* In place, while others go on; where a commit overtook it, so that seeming damage may be new data, on a copy. */
static enum status
check_state(struct check *c, struct error *err)
{
	struct stamp_index stamp;
	enum status st = stamp_index_init(&stamp, c->index, err);
	bool overtaken = false;

	if (st == ST_OK) {
		(void)stamp_index_moved(&stamp);
		st = check_once(c, err);
		overtaken = stamp_index_moved(&stamp) || sums_gone(c);
	}
	stamp_index_fini(&stamp);
	if (c->store == NULL || (st != ST_OK && st != ST_STALE) || (st == ST_OK && (faults_count(c->faults) == 0 || !overtaken)))
		return st;
	if (!overtaken)
		return stale_is_damage(c, err);
	return c->writable ? check_copy(c, err) : error_set(err, ST_STALE, "%s: is written to faster than it can be read", c->index);
}

/* Checks, tells, and gives the exit code. */
static int
run_check(struct check *c)
{
	const char *index = c->index;
	struct error err;
	char name[STORE_GEN_NAME_MAX], *dir = NULL;
	int rc = EX_OK;

	if (check_state(c, &err) != ST_OK) {
		rc = exit_fail_damaged(index, &err);
	} else if (faults_count(c->faults) > 0) {
		store_gen_name(c->store->manifest.generation, name);
		dir = file_join(index, name);
		faults_tell(c->faults, index, dir != NULL ? dir : index);
		rc = EX_DATAERR;
	} else {
		store_gen_name(c->store->manifest.generation, name);
		printf("ok: %" PRIu64 " articles, generation %s, revision %" PRIu64 "%s\n", c->articles, name,
		       c->store->manifest.rev, c->sums ? ", every byte as written" : "");
		rc = command_flush();
	}
	free(dir);
	store_free(c->store);
	buf_fini(&c->row);
	buf_fini(&c->data);
	return rc;
}

/* The exit code, once the process that checks has ended. */
static int
await(const struct check *c, pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return EX_OSERR;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	if (*c->copy != '\0')
		(void)!tree_remove(c->copy, NULL, NULL);
	switch (WTERMSIG(status)) {
	case SIGSEGV:
	case SIGBUS:
	case SIGABRT:
	case SIGFPE:
	case SIGILL:
		faults_add(c->faults, "libxapian died of what it read (signal %d)", WTERMSIG(status));
		faults_tell(c->faults, c->index, c->index);
		return EX_DATAERR;
	}
	log_line(LOG_LEVEL_NOTICE, "the check was ended by signal %d", WTERMSIG(status));
	return EX_SOFTWARE;
}

/* In a process of its own: damage that makes libxapian read astray is damage to be told. */
static int
check_index(const char *index, bool deep)
{
	struct check c = { .index = index, .deep = deep };
	struct error err;
	pid_t child;
	int rc;

	if (faults_new(&c.faults, &err) != ST_OK)
		return exit_fail(&err);
	c.copy = mmap(NULL, PATH_MAX, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (c.copy == MAP_FAILED) {
		(void)error_nomem(&err);
		faults_free(c.faults);
		return exit_fail(&err);
	}
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		exit(run_check(&c));
	}
	if (child < 0) {
		(void)error_errno(&err, errno, "a process for the check");
		rc = exit_fail(&err);
	} else {
		rc = await(&c, child);
	}
	munmap(c.copy, PATH_MAX);
	faults_free(c.faults);
	return rc;
}

int
check_command(const struct command *self, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "deep", no_argument, NULL, 'D' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct buf index = BUF_INIT;
	const char *given = NULL;
	struct error err;
	bool deep = false;
	int c, rc;

	while ((c = command_option(self, argc, argv, ":d:h", longs, &rc)) != -1) {
		switch (c) {
		case 'd': given = optarg; break;
		case 'D': deep = true; break;
		}
	}
	if (rc >= 0)
		return rc;
	if (optind < argc)
		return command_operands(self, argv + optind, false);
	rc = command_index(self, given, &index, &err) == ST_OK ? check_index(index.data, deep) : exit_fail(&err);
	buf_fini(&index);
	return rc;
}
