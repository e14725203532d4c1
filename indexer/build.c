/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dragoman-index build: read, hand batches to the workers, merge, switch.
 */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "corpus/reader.h"
#include "engine/analyse.h"
#include "engine/schema.h"
#include "engine/store.h"
#include "indexer/command.h"
#include "indexer/generation.h"
#include "indexer/interrupt.h"
#include "indexer/jobfile.h"
#include "indexer/progress.h"
#include "indexer/replaced.h"
#include "indexer/sample.h"
#include "indexer/shards.h"

/* Of standard input, when its beginning is all that the dictionary can be chosen from. */
#define FIRST_BATCH_BYTES 4000000

/* What libxapian wants to write next may be that large. */
#define DISK_FULL_BYTES (1024 * 1024)

struct build {
	/* what was asked */
	const char *index, *root;
	const char *const *paths;
	size_t npaths;
	unsigned jobs;
	bool quiet, strict;
	/* the work */
	struct reader *reader;
	struct interrupt *interrupt;
	struct generation generation;
	struct shards *shards;
	struct buf dict;
	struct batch *first;        /* read before there are workers: standard input's sample */
	struct seen seen;
	struct progress progress;
	struct jobfile job;
	/* what came of it */
	struct manifest manifest;
	uint64_t bad, replaced;
	struct reader_counts counts;
};

static void
tell_odd(void *arg, const struct reader_bad *bad)
{
	struct build *b = arg;

	progress_clear(&b->progress);
	if (bad->line > 0)
		log_line(LOG_LEVEL_NOTICE, "%s:%" PRIu64 ": %s", bad->file, bad->line, bad->why);
	else
		log_line(LOG_LEVEL_NOTICE, "%s: %s", bad->file, bad->why);
}

static void
tell_bad(void *arg, const struct reader_bad *bad)
{
	struct build *b = arg;

	/* The reader runs on to the next good article. */
	if (b->bad++ > 0 && b->strict)
		return;
	tell_odd(arg, bad);
	if (bad->line > 0)
		jobfile_error(&b->job, "%s:%" PRIu64 ": %s", bad->file, bad->line, bad->why);
	else
		jobfile_error(&b->job, "%s: %s", bad->file, bad->why);
}

/* Fills BATCH with about SIZE bytes; *END at the end of the input. */
static enum status
read_batch(struct build *b, struct batch *batch, size_t size, bool *end, struct error *err)
{
	enum status st = ST_OK;
	bool got = true;

	while (st == ST_OK && batch->bytes < size) {
		struct article *a = batch_slot(batch);

		if (a == NULL)
			return error_set(err, ST_NOMEM, "no memory for a batch of articles");
		st = reader_next(b->reader, a, &got, err);
		if (st == ST_OK && b->strict && b->bad > 0)
			st = error_set(err, ST_INVALID, "nothing was changed: the first bad article ends a --strict build");
		if (st != ST_OK || !got)
			break;
		batch_add(batch);
		if (seen_add(&b->seen, buf_str(&a->field[ART_ID]), a->field[ART_ID].len) != ST_OK)
			st = error_set(err, ST_NOMEM, "no memory for the ids");
		progress_reading(&b->progress, b->reader);
	}
	*end = !got;
	b->manifest.text_bytes += batch->text_bytes;
	return st;
}

/* The bytes of text still to come, by the share of the files that was read; 0: unknown. */
static uint64_t
left_to_read(const struct build *b)
{
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
choose_dictionary(struct build *b, bool *end, struct error *err)
{
	enum status st;

	if (!sample_only_stdin(b->paths, b->npaths))
		return sample_paths(b->paths, b->npaths, &b->dict, err);
	b->first = batch_new();
	st = b->first == NULL ? error_set(err, ST_NOMEM, "no memory for a batch of articles") :
		read_batch(b, b->first, FIRST_BATCH_BYTES, end, err);
	return st == ST_OK ? sample_articles(b->first->article, b->first->n, &b->dict, err) : st;
}

static enum status
start_workers(struct build *b, struct error *err)
{
	struct shards_options opt = { b->generation.temp, b->jobs, b->dict.data, b->dict.len };

	return shards_new(&b->shards, &opt, err);
}

static enum status
read_all(struct build *b, bool end, struct error *err)
{
	struct batch *batch = b->first;
	enum status st = ST_OK;

	b->first = NULL;
	if (batch != NULL)
		st = shards_adopt(b->shards, batch, err);
	while (st == ST_OK && !end) {
		st = shards_take(b->shards, &batch, err);
		if (st != ST_OK)
			break;
		st = read_batch(b, batch, shards_batch_bytes(b->shards, left_to_read(b)), &end, err);
		if (st == ST_OK)
			st = shards_give(b->shards, batch, err);
		else
			batch_free(batch);
	}
	reader_counts(b->reader, &b->counts);
	return st;
}

static enum status
merge(struct build *b, struct error *err)
{
	struct shards_totals totals = { 0 };
	char *path = NULL;
	enum status st;

	progress_phase(&b->progress, "merging");
	st = shards_finish(b->shards, b->generation.db, &totals, err);
	if (st == ST_OK) {
		b->manifest.packed_bytes = totals.packed_bytes;
		snprintf(b->manifest.languages, sizeof(b->manifest.languages), "%s", buf_str(&totals.languages));
		b->manifest.dictionary_crc32 = zsum(buf_str(&b->dict), b->dict.len);
		path = file_join(b->generation.db, STORE_DICTIONARY);
		st = path == NULL ? error_set(err, ST_NOMEM, "no memory for a path") :
			file_write(path, buf_str(&b->dict), b->dict.len, err);
	}
	if (st == ST_OK)
		st = replaced_remove(b->generation.db, &b->dict, &b->seen, &b->manifest, &b->replaced, err);
	if (st == ST_OK)
		st = replaced_count(b->generation.db, &b->manifest, err);
	buf_fini(&totals.languages);
	free(path);
	return st;
}

static enum status
switch_over(struct build *b, struct error *err)
{
	enum status st;

	progress_phase(&b->progress, "switching");
	b->manifest.format = SCHEMA_FORMAT;
	snprintf(b->manifest.fingerprint, sizeof(b->manifest.fingerprint), "%s", analyse_fingerprint());
	/* From here on a signal ends the process between two steps, each of which is safe. */
	st = interrupt_remove(b->interrupt, NULL, err);
	return st == ST_OK ? generation_switch(&b->generation, &b->manifest, err) : st;
}

static bool
disk_full(const char *path)
{
	struct statvfs v;

	return statvfs(path, &v) == 0 && (uint64_t)v.f_bavail * v.f_frsize < DISK_FULL_BYTES;
}

/* libxapian dies in a commit that the disk has no room for, and does not
 * always say so. */
static void
last_words(void *arg, const struct error *err)
{
	struct build *b = arg;
	enum status status = err->status;
	const char *why;

	if (status == ST_INTERNAL && disk_full(b->index))
		status = ST_NOSPACE;
	interrupt_clear(b->interrupt);
	why = status == err->status ? err->text : strerror(ENOSPC);
	log_line(LOG_LEVEL_NOTICE, "%s: %s", b->index, why);
	jobfile_error(&b->job, "%s", why);
	_exit(jobfile_end(&b->job, command_exit(status), false));
}

/* *CREATE: whether a failure is one of making the index's folders. */
static enum status
run_steps(struct build *b, bool *create, struct error *err)
{
	const struct reader_options opt = { b->root, tell_bad, tell_odd, b };
	bool end = false;
	enum status st;

	st = reader_new(&b->reader, b->paths, b->npaths, &opt, err);
	if (st == ST_OK)
		st = interrupt_new(&b->interrupt, err);
	if (st != ST_OK)
		return st;
	*create = true;
	st = generation_begin(&b->generation, b->index, err);
	*create = st == ST_IO || st == ST_NOTFOUND;
	if (st == ST_OK)
		st = interrupt_remove(b->interrupt, b->generation.temp, err);
	if (st == ST_OK)
		st = choose_dictionary(b, &end, err);
	if (st == ST_OK)
		xap_last_words(last_words, b);
	if (st == ST_OK)
		st = start_workers(b, err);
	if (st == ST_OK)
		st = read_all(b, end, err);
	if (st == ST_OK)
		st = merge(b, err);
	return st == ST_OK ? switch_over(b, err) : st;
}

static void
clean_up(struct build *b)
{
	progress_clear(&b->progress);
	shards_free(b->shards);
	xap_last_words(NULL, NULL);
	batch_free(b->first);
	generation_end(&b->generation);
	interrupt_free(b->interrupt);
	reader_free(b->reader);
	seen_fini(&b->seen);
	buf_fini(&b->dict);
}

static int
summary(const struct build *b, double seconds)
{
	char name[STORE_GEN_NAME_MAX];

	if (b->quiet)
		return b->bad > 0 ? EX_DATAERR : EX_OK;
	if (b->replaced > 0)
		log_line(LOG_LEVEL_NOTICE, "%" PRIu64 " articles replaced by later ones with the same id", b->replaced);
	if (b->counts.converted > 0)
		log_line(LOG_LEVEL_NOTICE, "%" PRIu64 " texts converted from Windows-1252", b->counts.converted);
	store_gen_name(b->manifest.generation, name);
	printf("indexed %" PRIu64 " articles, %" PRIu64 " bad, %.1f MB in %.1f s, generation %s\n",
	       b->manifest.articles, b->bad, (double)b->counts.text_bytes / 1e6, seconds, name);
	if (fflush(stdout) != 0)
		return EX_IOERR;
	return b->bad > 0 ? EX_DATAERR : EX_OK;
}

static int
run(struct build *b)
{
	bool create = false;
	double seconds;
	struct error err;
	enum status st;
	int rc;

	seen_init(&b->seen);
	b->generation.pin = -1;
	progress_init(&b->progress, b->quiet);
	jobfile_begin(&b->job, b->index, "build");
	st = run_steps(b, &create, &err);
	seconds = progress_seconds(&b->progress);
	clean_up(b);
	if (st != ST_OK) {
		jobfile_error(&b->job, "%s", err.text);
		rc = command_fail(&err);
		return jobfile_end(&b->job, create ? EX_CANTCREAT : rc, false);
	}
	rc = summary(b, seconds);
	b->job.report.added = b->manifest.articles;
	b->job.report.replaced = b->replaced;
	b->job.report.skipped = b->bad;
	return jobfile_end(&b->job, rc, true);
}

static bool
parse_jobs(const char *text, unsigned *jobs)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end != '\0' || n == 0 || n > 1024)
		return false;
	*jobs = (unsigned)n;
	return true;
}

int
command_build(const struct command *self, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "jobs", required_argument, NULL, 'j' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "root", required_argument, NULL, 'r' },
		{ "strict", no_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct build b = { 0 };
	struct buf index = BUF_INIT;
	const char *given = NULL;
	struct error err;
	int c, rc;

	while ((c = command_option(self, argc, argv, ":d:j:qh", longs, &rc)) != -1) {
		switch (c) {
		case 'd': given = optarg; break;
		case 'j':
			if (!parse_jobs(optarg, &b.jobs)) {
				log_line(LOG_LEVEL_NOTICE, "-j %s: not a number from 1 to 1024", optarg);
				return EX_USAGE;
			}
			break;
		case 'q': b.quiet = true; break;
		case 'r': b.root = optarg; break;
		case 's': b.strict = true; break;
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
	if (command_index(given, &index, &err) != ST_OK) {
		rc = command_fail(&err);
	} else {
		b.index = index.data;
		rc = run(&b);
	}
	buf_fini(&index);
	return rc;
}
