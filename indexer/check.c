/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "engine/schema.h"
#include "engine/store.h"
#include "engine/sums.h"
#include "indexer/command.h"

#define SAMPLE 64   /* one article of so many is read, unless all are */

struct check {
	struct store *store;
	struct article article;
	struct buf data;
	uint64_t articles, faults;
	bool whole;           /* there are sums of all files */
};

/* Says a fault; after many the rest is only counted. */
static void PRINTF_LIKE(2, 3)
fault(struct check *c, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	if (++c->faults > 20)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	log_line(LOG_LEVEL_NOTICE, "%s: %s", c->store->dir, text);
}

static void
differs(void *arg, const char *name, const char *why)
{
	fault(arg, "%s: %s", name, why);
}

static void
check_files(struct check *c)
{
	struct error err;
	enum status st = sums_compare(c->store->dir, c->store->manifest.rev, &c->whole, differs, c, &err);

	if (st != ST_OK)
		fault(c, "the sums of the files: %s", err.text);
}

static void
check_tables(struct check *c)
{
	struct buf report = BUF_INIT;
	struct error err;
	uint64_t errors = 0;
	enum status st = xap_check(c->store->dir, &report, &errors, &err);

	if (st != ST_OK)
		fault(c, "the database is damaged: %s", err.text);
	else if (errors > 0)
		fault(c, "the database has %" PRIu64 " errors: %.300s", errors, buf_str(&report));
	buf_fini(&report);
}

/* One article: its record, its row, and the term of its id. */
static enum status
check_article(struct check *c, uint32_t docid, struct error *err)
{
	struct xap_db *db = c->store->db;
	const struct buf *id = &c->article.field[ART_ID];
	struct row row;
	uint32_t found;
	enum status st;

	buf_clear(&c->data);
	st = xap_db_data(db, docid, &c->data, err);
	if (st == ST_OK)
		st = record_unpack(c->store->texts, buf_str(&c->data), c->data.len, &c->article, err);
	if (st != ST_OK)
		return st;
	buf_clear(&c->data);
	st = xap_db_value(db, docid, SLOT_ROW, &c->data, err);
	if (st != ST_OK)
		return st;
	if (row_unpack(buf_str(&c->data), c->data.len, &row) != ST_OK ||
	    row.id_len != id->len || memcmp(row.id, buf_str(id), id->len) != 0)
		return error_set(err, ST_CORRUPT, "its row of results is not its own");
	buf_clear(&c->data);
	schema_term(&c->data, PREFIX_ID, buf_str(id), id->len);
	st = buf_status(&c->data);
	if (st == ST_OK)
		st = xap_db_posting(db, c->data.data, c->data.len, docid - 1, &found, err);
	if (st == ST_NOTFOUND || (st == ST_OK && found != docid))
		return error_set(err, ST_CORRUPT, "it is not found by its id");
	return st;
}

static void
check_articles(struct check *c, bool deep)
{
	struct error err;
	uint32_t docid = 0, count = 0;
	enum status st;

	while ((st = xap_db_posting(c->store->db, "", 0, docid, &docid, &err)) == ST_OK) {
		if ((deep || c->articles % SAMPLE == 0) && check_article(c, docid, &err) != ST_OK)
			fault(c, "article %u: %s", (unsigned)docid, err.text);
		c->articles++;
	}
	if (st != ST_NOTFOUND)
		fault(c, "the list of articles: %s", err.text);
	st = xap_db_count(c->store->db, &count, &err);
	if (st != ST_OK)
		fault(c, "the number of articles: %s", err.text);
	else if (count != c->articles || count != c->store->manifest.articles)
		fault(c, "%" PRIu64 " articles, where the database says %u and the manifest %" PRIu64,
		      c->articles, (unsigned)count, c->store->manifest.articles);
}

/* Xapian's check opens the tables for writing; where it may not, they are not
 * damaged for that. */
static enum status
may_check(const struct store *s, struct error *err)
{
	struct buf path = BUF_INIT;
	enum status st = ST_OK;

	buf_addf(&path, "%s/postlist.glass", s->dir);
	if (buf_status(&path) != ST_OK)
		st = error_set(err, ST_NOMEM, "no memory for a path");
	else if (access(path.data, W_OK) != 0 && (errno == EACCES || errno == EROFS))
		st = error_set(err, ST_IO, "%s: not writable, which the check needs", path.data);
	buf_fini(&path);
	return st;
}

static int
check_index(const char *index, bool deep)
{
	struct check c = { 0 };
	struct error err;
	char name[STORE_GEN_NAME_MAX];

	if (store_open(&c.store, index, &err) != ST_OK)
		return command_fail(&err);
	if (may_check(c.store, &err) != ST_OK) {
		store_free(c.store);
		return command_fail(&err);
	}
	article_init(&c.article);
	check_files(&c);
	check_tables(&c);
	check_articles(&c, deep);
	store_gen_name(c.store->manifest.generation, name);
	if (c.faults == 0)
		printf("ok: %" PRIu64 " articles, generation %s\n", c.articles, name);
	else
		log_line(LOG_LEVEL_NOTICE, "%s: %" PRIu64 " faults: rebuild it", c.store->dir, c.faults);
	article_fini(&c.article);
	buf_fini(&c.data);
	store_free(c.store);
	if (c.faults > 0)
		return EX_DATAERR;
	return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
}

int
command_check(const struct command *self, int argc, char **argv)
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
		return command_usage(self);
	rc = command_index(given, &index, &err) == ST_OK ? check_index(index.data, deep) : command_fail(&err);
	buf_fini(&index);
	return rc;
}
