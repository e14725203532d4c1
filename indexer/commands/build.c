/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dragoman-index build: read, hand batches to the workers, merge, switch.
 */
#include "config.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "corpus/reader.h"
#include "engine/store/schema.h"
#include "engine/store/store.h"
#include "indexer/build/assemble.h"
#include "indexer/build/lexicons.h"
#include "indexer/build/sample.h"
#include "indexer/commands/admit.h"
#include "indexer/commands/command.h"
#include "indexer/generation/maker.h"
#include "indexer/generation/stored.h"
#include "indexer/generation/takeover.h"
#include "indexer/ids/ids.h"
#include "indexer/report/exit.h"
#include "indexer/system/lock.h"

/* Of standard input, when its beginning is all that the dictionary can be chosen from. */
#define FIRST_BATCH_BYTES 4000000

struct build {
	/* the command line */
	const char *root;
	const char *const *paths;
	size_t npaths;
	unsigned wait_ms;
	bool quiet, replace, strict;
	struct lexicons lexicons;
	/* the work */
	struct maker maker;
	struct takeover takeover;
	struct assemble assemble;
	struct buf lexicon;         /* compiled */
	struct reader *reader;
	struct limits *limits;
	struct batch *first;        /* read before there are workers: standard input's sample */
	struct origins_under under; /* the files and folders that PATHS own */
	struct origins_under cut;   /* the ones among them that could not be read to their end */
	struct stored stored;       /* articles of the generation in use that PATHS do not own */
	struct ids perhaps;         /* the ones among them that may have been read all the same */
	struct ids lost;            /* the ones among PERHAPS that were not read */
	bool no_memory;             /* a set above is not complete */
	/* the results */
	uint64_t bad;
	struct reader_counts counts;
};

static void
tell_odd(void *arg, const struct reader_bad *bad)
{
	struct build *b = arg;

	progress_tell(&b->maker.progress, bad, NULL);
}

static void
tell_bad(void *arg, const struct reader_bad *bad)
{
	struct build *b = arg;

	/* The reader runs on to the next good article. */
	if (b->bad++ == 0 || !b->strict)
		progress_tell(&b->maker.progress, bad, &b->maker.reportfile);
	if (bad->cut != NULL && origins_under_add(&b->cut, bad->cut) != ST_OK)
		b->no_memory = true;
}

/* Whether PATHS own ORIGIN. They do not own a file that could not be read: its articles are not known to be gone. */
static bool
owned(const struct build *b, const char *origin)
{
	return origins_under(&b->under, origin) && !origins_under(&b->cut, origin) && !origins_under_unknown(&b->cut);
}

static enum status
next(void *arg, struct article *a, bool *got, struct error *err)
{
	struct build *b = arg;
	enum status st = admit_next(b->reader, b->limits, tell_bad, b, a, got, err);

	if (st == ST_OK && *got && origins_number(&b->assemble.origins, reader_origin(b->reader), &a->origin) != ST_OK)
		st = error_nomem(err);
	if (st == ST_OK && b->strict && b->bad > 0)
		st = error_set(err, ST_INVALID, "nothing was changed: the first bad article ends a --strict build");
	progress_reading(&b->maker.progress, b->reader);
	return st;
}

/* The bytes of text still to come, by the share of the files that was read; 0: unknown. */
static uint64_t
left(void *arg)
{
	const struct build *b = arg;
	struct reader_counts c;

	reader_counts(b->reader, &c);
	if (c.file_bytes <= c.file_bytes_done)
		return 0;
	if (c.text_bytes == 0)
		return 2 * c.file_bytes;   /* packed or not, for want of better */
	return (uint64_t)((double)c.text_bytes / (double)c.file_bytes_done * (double)(c.file_bytes - c.file_bytes_done));
}

/* The dictionary, from samples of the paths; of standard input, which can be
 * read but once, from its first batch. */
static enum status
choose_dictionary(struct build *b, const struct source *source, bool *end, struct error *err)
{
	struct buf *dict = &b->assemble.dict;
	enum status st;

	if (!sample_only_stdin(b->paths, b->npaths))
		return sample_paths(b->paths, b->npaths, dict, err);
	b->first = batch_new();
	st = b->first == NULL ? error_nomem(err) :
		assemble_read(&b->assemble, source, b->first, FIRST_BATCH_BYTES, end, err);
	return st == ST_OK ? sample_articles(b->first->article, b->first->n, dict, err) : st;
}

static enum status
read_all(struct build *b, struct error *err)
{
	const struct source source = { next, left, b };
	struct batch *first;
	bool end = false;
	enum status st = choose_dictionary(b, &source, &end, err);

	if (st == ST_OK)
		st = lexicons_join(&b->lexicon, &b->assemble.dict, err);
	if (st == ST_OK)
		st = assemble_start(&b->assemble, err);
	first = b->first;
	if (st == ST_OK && first != NULL) {
		b->first = NULL;
		st = assemble_adopt(&b->assemble, first, err);
	}
	if (st == ST_OK && !end)
		st = assemble_feed(&b->assemble, &source, err);
	reader_counts(b->reader, &b->counts);
	return st;
}

/* ---- articles that the paths do not own ---- */

/* Whether an article of the generation in use stays as it is: none of the paths owns it, nor gave another of
 * its id. */
static bool
stays(void *arg, const struct stored_head *h)
{
	struct build *b = arg;
	const char *origin = origins_path(&b->takeover.origins, h->content.origin);

	/* NULL: of a commit since, which is taken over by itself. */
	if (origin == NULL || owned(b, origin))
		return false;
	if (!seen_has(&b->assemble.seen, h->row.id, h->row.id_len))
		return true;
	/* That is the answer of a hash. */
	if (ids_add(&b->perhaps, h->row.id, h->row.id_len) != ST_OK)
		b->no_memory = true;
	return false;
}

static void
tell_damaged(void *arg, const char *name, const char *why)
{
	struct build *b = arg;

	b->bad++;
	progress_clear(&b->maker.progress);
	log_line(LOG_LEVEL_NOTICE, "%s: %s: %s", b->takeover.store->dir, name, why);
	reportfile_error(&b->maker.reportfile, "%s: %s", name, why);
}

static enum status
next_stored(void *arg, struct article *a, bool *got, struct error *err)
{
	struct build *b = arg;
	enum status st = stored_next(&b->stored, a, got, err);

	if (st == ST_OK && b->no_memory)
		st = error_nomem(err);
	if (st == ST_OK && *got)
		st = takeover_origin(&b->takeover, &b->assemble.origins, a, err);
	return st;
}

static uint64_t
left_stored(void *arg)
{
	const struct build *b = arg;
	uint64_t all = b->takeover.store->manifest.text_bytes;

	return all > b->stored.bytes ? all - b->stored.bytes : 0;
}

static enum status
take_over(struct build *b, struct error *err)
{
	const struct source source = { next_stored, left_stored, b };

	if (b->replace || b->takeover.store == NULL)
		return ST_OK;
	b->stored.store = b->takeover.store;
	b->stored.want = stays;
	b->stored.bad = tell_damaged;
	b->stored.arg = b;
	return assemble_feed(&b->assemble, &source, err);
}

/* Finds the ids in PERHAPS that are not in the new generation: their hash was seen, but it was another id's. */
static enum status
find_lost(struct build *b, struct error *err)
{
	const char *const paths[] = { b->maker.generation.db };
	struct buf term = BUF_INIT;
	struct xap_db *db = NULL;
	size_t at = 0;
	uint32_t docid;
	const char *id;
	enum status st;

	if (b->perhaps.begins.n == 0)
		return ST_OK;
	st = xap_db_open(&db, paths, 1, err);
	while (st == ST_OK && (id = ids_next(&b->perhaps, &at)) != NULL) {
		buf_clear(&term);
		schema_term(&term, PREFIX_ID, id, strlen(id));
		st = buf_status(&term);
		if (st == ST_OK)
			st = xap_db_posting(db, term.data, term.len, 0, &docid, err);
		if (st == ST_NOTFOUND)
			st = ids_add(&b->lost, id, strlen(id));
		if (st == ST_NOMEM)
			error_nomem(err);
	}
	xap_db_free(db);
	buf_fini(&term);
	return st;
}

static enum status
begin_takeover(struct build *b, struct error *err)
{
	struct error why;
	enum status st = takeover_begin(&b->takeover, &b->maker, &why, err);

	if (st != ST_OK || why.status == ST_OK || b->replace)
		return st;
	if (why.status == ST_VERSION)
		return error_set(err, why.status, "%s", why.text);
	/* The generation in use is damaged; the build mends that. */
	log_line(LOG_LEVEL_NOTICE, "%s: nothing is taken over", why.text);
	return ST_OK;
}

static enum status
run_steps(struct build *b, struct error *err)
{
	struct target target = { .dict = &b->assemble.dict, .origins = &b->assemble.origins,
		.m = &b->assemble.manifest, .also = &b->lost };
	const struct reader_options opt = { b->root, tell_bad, tell_odd, b, NULL };
	enum status st;

	st = reader_new(&b->reader, b->paths, b->npaths, &opt, err);
	if (st == ST_OK)
		st = limits_new(&b->limits, err);
	if (st == ST_OK)
		st = lexicons_compile(&b->lexicons, &b->lexicon, err);
	if (st == ST_OK)
		st = maker_begin(&b->maker, NULL, b->wait_ms, err);
	if (st == ST_OK)
		st = origins_under_init(&b->under, b->paths, b->npaths, err);
	if (st == ST_OK)
		st = begin_takeover(b, err);
	b->assemble.generation = &b->maker.generation;
	if (st == ST_OK)
		st = read_all(b, err);
	progress_phase(&b->maker.progress, "taking over");
	if (st == ST_OK)
		st = take_over(b, err);
	progress_phase(&b->maker.progress, "merging");
	if (st == ST_OK)
		st = assemble_finish(&b->assemble, err);
	if (st == ST_OK)
		st = find_lost(b, err);
	target.dir = b->maker.generation.db;
	return st == ST_OK ? takeover_switch(&b->takeover, &target, err) : st;
}

static void
clean_up(struct build *b)
{
	progress_clear(&b->maker.progress);
	assemble_fini(&b->assemble);
	batch_free(b->first);
	buf_fini(&b->lexicon);
	origins_under_fini(&b->under);
	origins_under_fini(&b->cut);
	stored_fini(&b->stored);
	ids_fini(&b->perhaps);
	ids_fini(&b->lost);
	takeover_fini(&b->takeover);
	maker_fini(&b->maker);
	reader_free(b->reader);
	limits_free(b->limits);
}

static int
summary(const struct build *b, double seconds)
{
	char name[STORE_GEN_NAME_MAX];

	if (b->quiet)
		return b->bad > 0 ? EX_DATAERR : EX_OK;
	if (b->assemble.replaced > 0)
		log_line(LOG_LEVEL_NOTICE, "%" PRIu64 " articles replaced by later ones with the same id", b->assemble.replaced);
	if (b->stored.articles + b->takeover.taken > 0)
		log_line(LOG_LEVEL_NOTICE, "%" PRIu64 " articles taken over", b->stored.articles + b->takeover.taken);
	if (b->counts.converted > 0)
		log_line(LOG_LEVEL_NOTICE, "%" PRIu64 " texts converted from Windows-1252", b->counts.converted);
	store_gen_name(b->assemble.manifest.generation, name);
	printf("indexed %" PRIu64 " articles, %" PRIu64 " bad, %.1f MB in %.1f s, generation %s\n",
	       b->assemble.manifest.articles, b->bad, (double)b->counts.text_bytes / 1e6, seconds, name);
	if (command_flush() != EX_OK)
		return EX_IOERR;
	return b->bad > 0 ? EX_DATAERR : EX_OK;
}

static int
run(struct build *b, const char *index)
{
	double seconds;
	struct error err;
	enum status st;
	int rc;

	maker_init(&b->maker, index, "build", b->quiet);
	st = run_steps(b, &err);
	seconds = progress_seconds(&b->maker.progress);
	clean_up(b);
	if (st != ST_OK)
		return maker_fail(&b->maker, &err);
	rc = summary(b, seconds);
	b->maker.reportfile.report.added = b->assemble.manifest.articles;
	b->maker.reportfile.report.replaced = b->assemble.replaced;
	b->maker.reportfile.report.skipped = b->bad;
	return maker_end(&b->maker, rc);
}

static int
start(const struct command *self, struct build *b, const char *given)
{
	struct buf index = BUF_INIT;
	struct error err;
	int rc = command_index(self, given, &index, &err) == ST_OK ? run(b, index.data) : exit_fail(&err);

	buf_fini(&index);
	return rc;
}

int
build_command(const struct command *self, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "jobs", required_argument, NULL, 'j' },
		{ "lexicon", required_argument, NULL, 'l' },
		{ "mode", required_argument, NULL, 'm' },
		{ "no-lexicon", no_argument, NULL, 'n' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "replace", no_argument, NULL, 'R' },
		{ "root", required_argument, NULL, 'r' },
		{ "strict", no_argument, NULL, 's' },
		{ "wait", required_argument, NULL, 'w' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct build b = { .wait_ms = LOCK_PATIENCE_MS };
	const char *given = NULL;
	int c, rc;

	while ((c = command_option(self, argc, argv, ":d:j:qh", longs, &rc)) != -1) {
		switch (c) {
		case 'd': given = optarg; break;
		case 'j':
			if (!command_number("-j", optarg, 1, COMMAND_JOBS_MAX, &b.assemble.jobs))
				return EX_USAGE;
			break;
		case 'l':
			if (!lexicons_option(&b.lexicons, optarg))
				return EX_USAGE;
			break;
		case 'm':
			if (!command_mode(optarg))
				return EX_USAGE;
			break;
		case 'n': b.lexicons.none = true; break;
		case 'q': b.quiet = true; break;
		case 'R': b.replace = true; break;
		case 'r': b.root = optarg; break;
		case 's': b.strict = true; break;
		case 'w':
			if (!command_wait(optarg, &b.wait_ms))
				return EX_USAGE;
			break;
		}
	}
	if (rc >= 0)
		return rc;
	if (optind == argc) {
		log_line(LOG_LEVEL_NOTICE, "build: no articles named");
		return command_usage(self);
	}
	b.paths = (const char *const *)argv + optind;
	b.npaths = (size_t)(argc - optind);
	return start(self, &b, given);
}
