/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/loop/pool.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "daemon/job/push.h"
#include "daemon/verbs/answer.h"

struct worker {
	struct pool *pool;
	struct searcher *searcher;
	pthread_t thread;
	bool started;
	bool failing;          /* the last refresh failed, and the log says so */
	_Atomic uint64_t busy_ns;   /* since when it is at work; 0: idle */
};

struct list {
	struct job *head, **tail;
};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct list todo, done;
	size_t queued, queue_max;
	unsigned working;
	unsigned refreshes;    /* asked for so far */
	bool stop;
	int fd;
	uint64_t deadline_ns;
	atomic_bool cancelled;
	_Atomic uint32_t generation;
	unsigned nworkers;
	struct worker worker[];
};

static void
list_init(struct list *l)
{
	l->head = NULL;
	l->tail = &l->head;
}

static void
list_push(struct list *l, struct job *job)
{
	job->next = NULL;
	*l->tail = job;
	l->tail = &job->next;
}

static struct job *
list_pop(struct list *l)
{
	struct job *job = l->head;

	if (job != NULL) {
		l->head = job->next;
		if (l->head == NULL)
			l->tail = &l->head;
		job->next = NULL;
	}
	return job;
}

static void
list_free(struct list *l)
{
	struct job *job;

	while ((job = list_pop(l)) != NULL)
		job_free(job);
}

static bool
is_cancelled(void *arg)
{
	struct pool *p = arg;

	return atomic_load_explicit(&p->cancelled, memory_order_relaxed);
}

static void
note_generation(struct worker *w)
{
	atomic_store(&w->pool->generation, searcher_manifest(w->searcher)->generation);
}

/* A generation that cannot be opened is told once; the old one answers on. */
static void
refresh(struct worker *w)
{
	struct error err;
	bool changed = false;

	if (searcher_refresh(w->searcher, &changed, &err) != ST_OK) {
		if (!w->failing)
			log_line(LOG_LEVEL_WARN, "new state of the index: %s; staying with generation %u",
				 err.text, (unsigned)searcher_manifest(w->searcher)->generation);
		w->failing = true;
		return;
	}
	w->failing = false;
	if (changed)
		note_generation(w);
}

/* With nothing to do: reads the parts of a new state that the next request would wait for. */
static void
prepare(struct worker *w)
{
	struct error err;

	if (searcher_prepare(w->searcher, &err) != ST_OK)
		log_line(LOG_LEVEL_WARN, "reading the words of the index: %s", err.text);
}

static void
work(struct worker *w, struct job *job)
{
	struct xap_deadline deadline = {
		.at_ns = clock_ns() + w->pool->deadline_ns,
		.cancelled = is_cancelled,
		.arg = w->pool,
	};

	refresh(w);
	if (job->push != NULL)
		push_work(job->push, w->searcher, &deadline);
	else
		answer_run(job, w->searcher, &deadline);
}

/* To be called with the lock held. */
static void
finish(struct pool *p, struct job *job)
{
	bool wake = p->done.head == NULL;
	uint64_t one = 1;

	list_push(&p->done, job);
	/* An eventfd takes 2^64 - 2 ones before a write could fail. */
	if (wake && write(p->fd, &one, sizeof(one)) < 0)
		log_line(LOG_LEVEL_ERROR, "eventfd: write failed");
}

/* Out of the lock and to work, and back. */
static void
begin_work(struct worker *w)
{
	atomic_store(&w->busy_ns, clock_ns());
	pthread_mutex_unlock(&w->pool->lock);
}

static void
end_work(struct worker *w)
{
	pthread_mutex_lock(&w->pool->lock);
	atomic_store(&w->busy_ns, 0);
}

static void *
worker_main(void *arg)
{
	struct worker *w = arg;
	struct pool *p = w->pool;
	struct job *job;
	unsigned seen = 0;

	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (!p->stop && p->todo.head == NULL && seen == p->refreshes)
			pthread_cond_wait(&p->work, &p->lock);
		if (p->stop)
			break;
		job = list_pop(&p->todo);
		if (job != NULL) {
			p->queued--;
			p->working++;
			begin_work(w);
			work(w, job);
			end_work(w);
			p->working--;
			finish(p, job);
		} else {
			seen = p->refreshes;
			begin_work(w);
			refresh(w);
			prepare(w);
			end_work(w);
		}
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

static enum status
start(struct pool *p, struct error *err)
{
	sigset_t all, before;
	unsigned i;
	int failed = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (i = 0; i < p->nworkers && failed == 0; i++) {
		failed = pthread_create(&p->worker[i].thread, NULL, worker_main, &p->worker[i]);
		p->worker[i].started = failed == 0;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed == 0 ? ST_OK : error_errno(err, failed, "starting a worker");
}

enum status
pool_new(struct pool **out, const struct pool_options *opt, struct error *err)
{
	struct pool *p;
	enum status status = ST_OK;
	unsigned i;

	p = calloc(1, sizeof(*p) + opt->workers * sizeof(p->worker[0]));
	if (p == NULL)
		return error_nomem(err);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->work, NULL);
	list_init(&p->todo);
	list_init(&p->done);
	p->queue_max = opt->queue_max;
	p->deadline_ns = (uint64_t)opt->deadline_ms * 1000000u;
	p->nworkers = opt->workers;
	p->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (p->fd < 0) {
		status = error_errno(err, errno, "eventfd");
		goto out;
	}
	for (i = 0; i < p->nworkers && status == ST_OK; i++) {
		p->worker[i].pool = p;
		status = searcher_new(&p->worker[i].searcher, opt->index, err);
		if (status == ST_OK)
			note_generation(&p->worker[i]);
		if (status == ST_OK && i == 0)
			status = searcher_sound(p->worker[i].searcher, err);
		if (status == ST_OK && i == 0)
			status = searcher_prepare(p->worker[i].searcher, err);
		if (status == ST_OK && i > 0)
			searcher_share(p->worker[i].searcher, p->worker[0].searcher);
	}
	if (status == ST_OK)
		status = start(p, err);
out:
	if (status != ST_OK) {
		pool_free(p);
		p = NULL;
	}
	*out = p;
	return status;
}

void
pool_free(struct pool *p)
{
	unsigned i;

	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	atomic_store(&p->cancelled, true);
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->lock);
	for (i = 0; i < p->nworkers; i++) {
		if (p->worker[i].started)
			pthread_join(p->worker[i].thread, NULL);
		searcher_free(p->worker[i].searcher);
	}
	list_free(&p->todo);
	list_free(&p->done);
	if (p->fd >= 0)
		close(p->fd);
	pthread_cond_destroy(&p->work);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

int
pool_fd(const struct pool *p)
{
	return p->fd;
}

bool
pool_submit(struct pool *p, struct job *job)
{
	bool fits;

	pthread_mutex_lock(&p->lock);
	fits = p->queued < p->queue_max;
	if (fits) {
		list_push(&p->todo, job);
		p->queued++;
	}
	pthread_mutex_unlock(&p->lock);
	if (fits)
		pthread_cond_signal(&p->work);
	return fits;
}

struct job *
pool_collect(struct pool *p)
{
	struct job *first;
	uint64_t count;

	if (read(p->fd, &count, sizeof(count)) < 0 && errno != EAGAIN)
		log_line(LOG_LEVEL_ERROR, "eventfd: read failed");
	pthread_mutex_lock(&p->lock);
	first = p->done.head;
	list_init(&p->done);
	pthread_mutex_unlock(&p->lock);
	return first;
}

void
pool_refresh(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->refreshes++;
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->lock);
}

bool
pool_alive(const struct pool *p, uint64_t grace_ns)
{
	uint64_t now = clock_ns();
	unsigned i;

	for (i = 0; i < p->nworkers; i++) {
		uint64_t since = atomic_load(&p->worker[i].busy_ns);

		if (since != 0 && now > since + p->deadline_ns + grace_ns)
			return false;
	}
	return true;
}

uint32_t
pool_generation(const struct pool *p)
{
	return atomic_load(&p->generation);
}

void
pool_load(struct pool *p, struct job_load *load)
{
	pthread_mutex_lock(&p->lock);
	load->workers = p->nworkers;
	load->working = p->working;
	load->queued = p->queued;
	pthread_mutex_unlock(&p->lock);
}
