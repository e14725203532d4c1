/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/build/shards.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/sort.h"
#include "indexer/build/merge.h"
#include "indexer/build/segments.h"
#include "indexer/build/shard.h"

#define FAN_IN 16            /* shards merged into one while reading goes on */
#define LAST_FAN_IN 64       /* and at most so many by the last merge */
#define DB_FILES 4           /* descriptors of a database open for reading ... */
#define WRITER_FILES 8       /* ... and of one being written */
#define SPARE_FILES 24       /* for everything else */
#define JOBS_MAX 256
/* A batch becomes one shard, and each term's postings in a shard a chunk that
 * no merge joins with the next: large shards make a small index. But batches
 * wait in memory, and the last ones keep some workers idle. */
#define BATCHES_BYTES 48000000
#define BATCH_BYTES_MAX 16000000
#define BATCH_BYTES_MIN 3000000
#define WORKER_NICE 5        /* on top of what the process has */

struct worker {
	pthread_t thread;
	struct shards *shards;
	struct shard_maker maker;
};

struct shards {
	const char *dir;
	struct worker *worker;
	unsigned nworkers, running;   /* made, and joinable */
	unsigned merging, merging_max;
	pthread_mutex_t turn;         /* see shard.h */
	pthread_mutex_t mutex;        /* guards all below */
	pthread_cond_t work, room;    /* for workers; for the reader */
	struct batch *queue, **queue_end, *idle;
	unsigned nbatches, nbatches_max;
	struct merge_tree tree;
	bool closed;
	atomic_bool stop;             /* also read without the mutex */
	enum status status;           /* the first failure */
	struct error error;
};

static void
fail(struct shards *s, enum status st, const struct error *err)
{
	pthread_mutex_lock(&s->mutex);
	if (s->status == ST_OK) {
		s->status = st;
		s->error = *err;
	}
	atomic_store(&s->stop, true);
	pthread_cond_broadcast(&s->work);
	pthread_cond_broadcast(&s->room);
	pthread_mutex_unlock(&s->mutex);
}

/* Called, and returns, with the mutex held. */
static enum status
merge_run(struct shards *s, size_t at, size_t n, uint32_t into, struct error *err)
{
	struct buf dest = BUF_INIT;
	uint32_t name[FAN_IN];
	enum status st;
	size_t i;

	for (i = 0; i < n; i++)
		name[i] = s->tree.seg[at + i].name;
	s->merging++;
	pthread_mutex_unlock(&s->mutex);
	segments_path(s->dir, into, &dest);
	st = buf_status(&dest);
	if (st == ST_OK)
		st = segments_merge(s->dir, name, n, dest.data, XAP_COMPACT_STANDARD, err);
	else
		error_nomem(err);
	buf_fini(&dest);
	pthread_mutex_lock(&s->mutex);
	s->merging--;
	if (st == ST_OK)
		merge_tree_merged(&s->tree, into);
	/* Workers wait for the end, or for a further merge: wake them all. */
	pthread_cond_broadcast(&s->work);
	return st;
}

/* One piece of work; *IDLE where there is none. Called and returns with the mutex held. */
static enum status
work_once(struct worker *w, bool *idle, struct error *err)
{
	struct shards *s = w->shards;
	struct batch *b = s->queue;
	size_t at, n;
	uint32_t into;
	enum status st;

	*idle = false;
	if (s->merging < s->merging_max && merge_tree_pick(&s->tree, s->closed && b == NULL, &at, &n, &into))
		return merge_run(s, at, n, into, err);
	if (b == NULL) {
		*idle = true;
		return ST_OK;
	}
	s->queue = b->next;
	if (s->queue == NULL)
		s->queue_end = &s->queue;
	pthread_mutex_unlock(&s->mutex);
	st = shard_make(&w->maker, s->dir, b, err);
	pthread_mutex_lock(&s->mutex);
	if (st == ST_OK)
		merge_tree_ready(&s->tree, b->segment);
	b->next = s->idle;
	s->idle = b;
	pthread_cond_signal(&s->room);
	if (s->closed)
		pthread_cond_broadcast(&s->work);
	return st;
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct shards *s = w->shards;
	struct error err;
	enum status st = ST_OK;
	bool idle;

	/* Queries come first where there are not enough processors for all. (Linux: of this thread alone; the
	 * one that holds locks keeps its own.) */
	(void)setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + WORKER_NICE);
	pthread_mutex_lock(&s->mutex);
	while (!atomic_load(&s->stop) && !(s->closed && s->queue == NULL && merge_tree_done(&s->tree))) {
		st = work_once(w, &idle, &err);
		if (st != ST_OK)
			break;
		if (idle)
			pthread_cond_wait(&s->work, &s->mutex);
	}
	pthread_mutex_unlock(&s->mutex);
	if (st != ST_OK)
		fail(s, st, &err);
	return NULL;
}

/* Splits the process's descriptors between workers and merges. */
static void
budget(struct shards *s, unsigned jobs, size_t *last_fan_in)
{
	const unsigned merge_files = FAN_IN * DB_FILES + WRITER_FILES;
	struct rlimit limit;
	unsigned files = 1024;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536)
		files = (unsigned)limit.rlim_cur;
	files = files > SPARE_FILES + merge_files + WRITER_FILES ? files - SPARE_FILES : merge_files + WRITER_FILES;
	if (jobs > (files - merge_files) / WRITER_FILES)
		jobs = (files - merge_files) / WRITER_FILES;
	s->nworkers = jobs;
	s->merging_max = (files - jobs * WRITER_FILES) / merge_files;
	*last_fan_in = (files - WRITER_FILES) / DB_FILES;
	if (*last_fan_in > LAST_FAN_IN)
		*last_fan_in = LAST_FAN_IN;
}

static unsigned
count_jobs(unsigned asked)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned jobs = asked ? asked : cores > 0 ? (unsigned)cores : 1;

	return jobs > JOBS_MAX ? JOBS_MAX : jobs;
}

static enum status
start(struct shards *s, const struct shards_options *opt, struct error *err)
{
	unsigned i;

	s->worker = calloc(s->nworkers, sizeof(*s->worker));
	if (s->worker == NULL)
		return error_nomem(err);
	for (i = 0; i < s->nworkers; i++) {
		struct worker *w = &s->worker[i];
		enum status st;
		int rc;

		w->shards = s;
		st = shard_maker_init(&w->maker, opt->dict, opt->dict_len, &s->stop, &s->turn, err);
		if (st != ST_OK)
			return st;
		rc = pthread_create(&w->thread, NULL, work, w);
		if (rc != 0)
			return error_errno(err, rc, "starting a worker");
		s->running++;
	}
	return ST_OK;
}

enum status
shards_new(struct shards **out, const struct shards_options *opt, struct error *err)
{
	struct shards *s = calloc(1, sizeof(*s));
	size_t last_fan_in;
	enum status st;

	*out = NULL;
	if (s == NULL)
		return error_nomem(err);
	s->dir = opt->dir;
	s->queue_end = &s->queue;
	pthread_mutex_init(&s->turn, NULL);
	pthread_mutex_init(&s->mutex, NULL);
	pthread_cond_init(&s->work, NULL);
	pthread_cond_init(&s->room, NULL);
	budget(s, count_jobs(opt->jobs), &last_fan_in);
	merge_tree_init(&s->tree, FAN_IN, last_fan_in);
	s->nbatches_max = s->nworkers + 1;
	st = start(s, opt, err);
	if (st != ST_OK) {
		shards_free(s);
		return st;
	}
	*out = s;
	return ST_OK;
}

static void
join(struct shards *s)
{
	while (s->running > 0)
		pthread_join(s->worker[--s->running].thread, NULL);
}

static void
free_batches(struct batch *b)
{
	while (b != NULL) {
		struct batch *next = b->next;

		batch_free(b);
		b = next;
	}
}

void
shards_free(struct shards *s)
{
	unsigned i;

	if (s == NULL)
		return;
	pthread_mutex_lock(&s->mutex);
	atomic_store(&s->stop, true);
	pthread_cond_broadcast(&s->work);
	pthread_mutex_unlock(&s->mutex);
	join(s);
	for (i = 0; s->worker != NULL && i < s->nworkers; i++)
		shard_maker_fini(&s->worker[i].maker);
	free(s->worker);
	free_batches(s->queue);
	free_batches(s->idle);
	merge_tree_fini(&s->tree);
	pthread_cond_destroy(&s->work);
	pthread_cond_destroy(&s->room);
	pthread_mutex_destroy(&s->mutex);
	pthread_mutex_destroy(&s->turn);
	free(s);
}

enum status
shards_take(struct shards *s, struct batch **out, struct error *err)
{
	struct batch *b = NULL;
	enum status st;

	pthread_mutex_lock(&s->mutex);
	while (s->status == ST_OK && s->idle == NULL && s->nbatches == s->nbatches_max)
		pthread_cond_wait(&s->room, &s->mutex);
	st = s->status;
	if (st != ST_OK && err != NULL) {
		*err = s->error;
	} else if (st == ST_OK && s->idle != NULL) {
		b = s->idle;
		s->idle = b->next;
	} else if (st == ST_OK) {
		b = batch_new();
		s->nbatches += b != NULL;
	}
	pthread_mutex_unlock(&s->mutex);
	if (st == ST_OK && b == NULL)
		return error_nomem(err);
	if (b != NULL) {
		b->n = b->bytes = b->text_bytes = 0;
		b->next = NULL;
	}
	*out = b;
	return st;
}

size_t
shards_batch_bytes(const struct shards *s, uint64_t left)
{
	uint64_t size = left == 0 ? BATCH_BYTES_MAX : left / s->nworkers;

	if (size > BATCHES_BYTES / s->nbatches_max)
		size = BATCHES_BYTES / s->nbatches_max;
	if (size > BATCH_BYTES_MAX)
		size = BATCH_BYTES_MAX;
	return size < BATCH_BYTES_MIN ? BATCH_BYTES_MIN : (size_t)size;
}

enum status
shards_give(struct shards *s, struct batch *b, struct error *err)
{
	enum status st;

	pthread_mutex_lock(&s->mutex);
	st = merge_tree_add(&s->tree, &b->segment);
	if (st == ST_OK) {
		*s->queue_end = b;
		s->queue_end = &b->next;
		pthread_cond_signal(&s->work);
	} else {
		b->next = s->idle;
		s->idle = b;
	}
	pthread_mutex_unlock(&s->mutex);
	return st == ST_OK ? ST_OK : error_nomem(err);
}

enum status
shards_adopt(struct shards *s, struct batch *b, struct error *err)
{
	pthread_mutex_lock(&s->mutex);
	s->nbatches++;
	s->nbatches_max++;
	pthread_mutex_unlock(&s->mutex);
	return shards_give(s, b, err);
}

static int
by_code(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The languages of all workers, each once, in the order of their codes. */
static enum status
join_languages(const struct shards *s, struct buf *out)
{
	struct buf all = BUF_INIT;
	char **code = NULL, *save = NULL, *at;
	enum status st = ST_OK;
	size_t n = 0, i;
	unsigned w;

	for (w = 0; w < s->nworkers && st == ST_OK; w++) {
		struct shard_maker *m = &s->worker[w].maker;

		st = shard_languages(m);
		buf_adds(&all, buf_str(&m->languages));
		buf_addc(&all, ' ');
	}
	if (st == ST_OK)
		st = buf_status(&all);
	if (st == ST_OK && (code = calloc(all.len, sizeof(*code))) == NULL)    /* at least one byte each */
		st = ST_NOMEM;
	for (at = st == ST_OK ? strtok_r(all.data, " ", &save) : NULL; at != NULL; at = strtok_r(NULL, " ", &save)) {
		for (i = 0; i < n && strcmp(code[i], at) != 0; i++)
			;
		if (i == n)
			code[n++] = at;
	}
	sort(code, n, sizeof(*code), by_code);
	for (i = 0; i < n; i++)
		buf_addf(out, "%s%s", i ? " " : "", code[i]);
	free(code);
	buf_fini(&all);
	return st == ST_OK ? buf_status(out) : st;
}

/* Merges the segments that are left when all workers have ended into DEST. */
static enum status
merge_last(struct shards *s, const char *dest, struct error *err)
{
	uint32_t name[LAST_FAN_IN];
	size_t i;

	if (s->tree.n == 0)
		return segments_none(dest, err);
	for (i = 0; i < s->tree.n; i++)
		name[i] = s->tree.seg[i].name;
	return segments_merge(s->dir, name, s->tree.n, dest, XAP_COMPACT_FULL, err);
}

enum status
shards_finish(struct shards *s, const char *dest, struct shards_totals *out, struct error *err)
{
	enum status st;
	unsigned i;

	pthread_mutex_lock(&s->mutex);
	s->closed = true;
	pthread_cond_broadcast(&s->work);
	pthread_mutex_unlock(&s->mutex);
	join(s);
	if (s->status != ST_OK) {
		if (err != NULL)
			*err = s->error;
		return s->status;
	}
	st = join_languages(s, &out->languages);
	if (st != ST_OK)
		return error_nomem(err);
	for (i = 0; i < s->nworkers; i++) {
		out->packed_bytes += s->worker[i].maker.packed_bytes;
		shard_maker_fini(&s->worker[i].maker);
	}
	free_batches(s->idle);
	s->idle = NULL;
	return merge_last(s, dest, err);
}
