/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/system/interrupt.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "indexer/system/home.h"
#include "indexer/system/tree.h"

/* While workers still write, a folder may fill again as it is emptied. */
#define REMOVE_TRIES 50

struct interrupt {
	pthread_t thread;
	pthread_mutex_t mutex;   /* guards path; held for good once a signal came */
	char *path;
	sigset_t signals, before;
	atomic_bool ending;
};

void
interrupt_clear(struct interrupt *in)
{
	int i;

	pthread_mutex_lock(&in->mutex);
	for (i = 0; in->path != NULL && i < REMOVE_TRIES; i++)
		if (tree_remove(in->path, HOME_MARKER, NULL) == ST_OK)
			break;
}

static void *
wait_for_signal(void *arg)
{
	struct interrupt *in = arg;
	sigset_t one;
	int sig;

	do {
		if (sigwait(&in->signals, &sig) != 0 || atomic_load(&in->ending))
			return NULL;
	} while (sig == SIGUSR1);
	interrupt_clear(in);
	signal(sig, SIG_DFL);
	sigemptyset(&one);
	sigaddset(&one, sig);
	pthread_sigmask(SIG_UNBLOCK, &one, NULL);
	raise(sig);
	_exit(128 + sig);
}

enum status
interrupt_new(struct interrupt **out, struct error *err)
{
	static const int list[] = { SIGINT, SIGTERM, SIGHUP };
	struct interrupt *in = calloc(1, sizeof(*in));
	struct sigaction old;
	size_t i;
	int rc;

	*out = NULL;
	if (in == NULL)
		return error_nomem(err);
	pthread_mutex_init(&in->mutex, NULL);
	sigemptyset(&in->signals);
	/* A signal that is ignored (nohup, a shell's background job) stays ignored. */
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (sigaction(list[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaddset(&in->signals, list[i]);
	sigaddset(&in->signals, SIGUSR1);   /* ours: the thread's end */
	pthread_sigmask(SIG_BLOCK, &in->signals, &in->before);
	rc = pthread_create(&in->thread, NULL, wait_for_signal, in);
	if (rc != 0) {
		pthread_sigmask(SIG_SETMASK, &in->before, NULL);
		pthread_mutex_destroy(&in->mutex);
		free(in);
		return error_errno(err, rc, "starting the signal thread");
	}
	*out = in;
	return ST_OK;
}

enum status
interrupt_mkdtemp(struct interrupt *in, char *template, struct error *err)
{
	char *path = malloc(strlen(template) + 1);
	enum status st = ST_OK;

	if (path == NULL)
		return error_nomem(err);
	pthread_mutex_lock(&in->mutex);
	if (mkdtemp(template) == NULL) {
		st = error_errno(err, errno, "%s", template);
		free(path);
	} else
		in->path = strcpy(path, template);
	pthread_mutex_unlock(&in->mutex);
	return st;
}

void
interrupt_hold(struct interrupt *in)
{
	pthread_mutex_lock(&in->mutex);
}

void
interrupt_release(struct interrupt *in)
{
	pthread_mutex_unlock(&in->mutex);
}

void
interrupt_free(struct interrupt *in)
{
	if (in == NULL)
		return;
	atomic_store(&in->ending, true);
	pthread_kill(in->thread, SIGUSR1);
	pthread_join(in->thread, NULL);
	pthread_sigmask(SIG_SETMASK, &in->before, NULL);
	pthread_mutex_destroy(&in->mutex);
	free(in->path);
	free(in);
}
