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
#include "base/wire.h"
#include "daemon/job/push.h"
#include "daemon/loop/queue.h"
#include "daemon/verbs/answer.h"

#define LIGHT_NS 10000000u   /* a job that takes longer is heavy */

struct worker {
	struct pool *pool;
	struct searcher *searcher;
	pthread_t thread;
	bool started;
	bool failing;          /* the last refresh failed, and the log says so */
	uint64_t told_rev;     /* the revision that it made known last */
	_Atomic uint64_t busy_ns;   /* since when it is at work; 0: idle */
	/* the job in hand */
	uint64_t conn;         /* its connection; 0: none */
	atomic_bool gone;      /* that connection is no longer there */
	uint64_t begun_ns;
	bool heavy;            /* the job may take long: it counts among the heavy */
	bool yields;           /* it took long and may not: it is begun anew when it is its turn */
};

struct list {
	struct job *head, **tail;
};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct queue light, heavy;   /* jobs that wait; heavy: they were begun, and took long */
	struct list done;
	size_t queue_max;
	unsigned working;
	unsigned heavies, heavies_max;   /* heavy jobs in hand; all workers but one have them at most */
	bool was_heavy;        /* so was the job that was begun last */
	struct job_index last; /* the newest state of the index that a worker has seen */
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

/* To be called with the lock held. */
static bool
may_be_heavy(const struct pool *p)
{
	return p->heavies < p->heavies_max;
}

/* Counts W's job among the heavy, if there may be one more. */
static bool
become_heavy(struct worker *w)
{
	struct pool *p = w->pool;

	pthread_mutex_lock(&p->lock);
	w->heavy = may_be_heavy(p);
	p->heavies += w->heavy;
	pthread_mutex_unlock(&p->lock);
	return w->heavy;
}

/* Whether the job in hand has to stop. It is asked at each look at the clock. */
static bool
is_cancelled(void *arg)
{
	struct worker *w = arg;

	if (atomic_load_explicit(&w->pool->cancelled, memory_order_relaxed) ||
	    atomic_load_explicit(&w->gone, memory_order_relaxed))
		return true;
	if (!w->heavy && !w->yields && clock_ns() > w->begun_ns + LIGHT_NS) {
		w->yields = !become_heavy(w) && w->conn != 0;
		w->begun_ns = clock_ns();   /* a push goes on, and may become heavy later */
	}
	return w->yields;
}

/* Makes the state that W's searcher has open known to the others, before a reply of it is sent: so STATUS never tells of
 * an earlier one than a reply before. */
static void
publish(struct worker *w)
{
	struct pool *p = w->pool;
	struct job_index state;

	if (searcher_manifest(w->searcher)->rev == w->told_rev)
		return;
	w->told_rev = searcher_manifest(w->searcher)->rev;
	atomic_store(&p->generation, searcher_manifest(w->searcher)->generation);
	if (job_index_read(&state, w->searcher, NULL) != ST_OK)
		return;
	pthread_mutex_lock(&p->lock);
	if (state.manifest.rev >= p->last.manifest.rev)
		p->last = state;
	pthread_mutex_unlock(&p->lock);
}

/* A generation that cannot be opened is told once; the old one answers on. */
static void
refresh(struct worker *w)
{
	struct error err;
	bool changed;

	if (searcher_refresh(w->searcher, &changed, &err) != ST_OK) {
		if (!w->failing)
			log_line(LOG_LEVEL_WARN, "new state of the index: %s; staying with generation %u",
				 err.text, (unsigned)searcher_manifest(w->searcher)->generation);
		w->failing = true;
		return;
	}
	w->failing = false;
	publish(w);
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
	struct xap_deadline deadline = { .cancelled = is_cancelled, .arg = w };

	w->begun_ns = clock_ns();
	deadline.at_ns = w->begun_ns + w->pool->deadline_ns;
	refresh(w);
	if (job->push != NULL)
		push_work(job->push, w->searcher, &deadline);
	else
		answer_run(job, w->searcher, &deadline);
	publish(w);
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

/* The next job for W; NULL: none, or none that may be begun. Where one worker alone does all, light and heavy jobs
 * take turns. To be called with the lock held. */
static struct job *
next_job(struct pool *p, struct worker *w)
{
	bool light = p->light.n > 0, heavy = p->heavy.n > 0 && may_be_heavy(p);

	if (light && heavy && p->heavies_max == p->nworkers)
		heavy = !p->was_heavy;
	p->was_heavy = w->heavy = heavy;
	w->yields = false;
	p->heavies += heavy;
	return queue_pop(heavy ? &p->heavy : &p->light);
}

/* Puts JOB, which W is through with, where it belongs. To be called with the lock held. */
static void
put_back(struct worker *w, struct job *job)
{
	struct pool *p = w->pool;

	w->conn = 0;
	if (w->yields && job->code == WIRE_BUSY && !atomic_load(&w->gone)) {
		job_again(job);
		queue_push_take(&p->heavy, job);
	} else {
		finish(p, job);
	}
	if (w->heavy) {
		p->heavies--;
		w->heavy = false;
		pthread_cond_signal(&p->work);
	}
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
		while (!p->stop && p->light.n == 0 && (p->heavy.n == 0 || !may_be_heavy(p)) && seen == p->refreshes)
			pthread_cond_wait(&p->work, &p->lock);
		if (p->stop)
			break;
		job = next_job(p, w);
		if (job != NULL) {
			p->working++;
			w->conn = job->conn;
			atomic_store(&w->gone, false);
			begin_work(w);
			work(w, job);
			end_work(w);
			p->working--;
			put_back(w, job);
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
	list_init(&p->done);
	p->queue_max = opt->queue_max;
	p->deadline_ns = (uint64_t)opt->deadline_ms * 1000000u;
	p->nworkers = opt->workers;
	p->heavies_max = opt->workers > 1 ? opt->workers - 1 : 1;
	p->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (p->fd < 0) {
		status = error_errno(err, errno, "eventfd");
		goto out;
	}
	status = searcher_sound(opt->index, err);
	for (i = 0; i < p->nworkers && status == ST_OK; i++) {
		p->worker[i].pool = p;
		status = searcher_new(&p->worker[i].searcher, opt->index, err);
		if (status == ST_OK)
			publish(&p->worker[i]);
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
	queue_fini(&p->light);
	queue_fini(&p->heavy);
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
	fits = p->light.n + p->heavy.n < p->queue_max;
	if (fits)
		queue_push_take(&p->light, job);
	pthread_mutex_unlock(&p->lock);
	if (fits)
		pthread_cond_signal(&p->work);
	return fits;
}

void
pool_cancel(struct pool *p, uint64_t conn)
{
	struct job *job;
	unsigned i;

	pthread_mutex_lock(&p->lock);
	for (i = 0; i < p->nworkers; i++)
		if (p->worker[i].conn == conn)
			atomic_store(&p->worker[i].gone, true);
	job = queue_remove(&p->light, conn);
	if (job == NULL)
		job = queue_remove(&p->heavy, conn);
	if (job != NULL) {
		job->code = WIRE_BUSY;
		finish(p, job);
	}
	pthread_mutex_unlock(&p->lock);
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
	load->queued = p->light.n + p->heavy.n;
	load->last = p->last;
	pthread_mutex_unlock(&p->lock);
}
