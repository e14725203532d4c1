/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/loop/acceptor.h"

#include <event2/event.h>
#include <string.h>

#include "base/log.h"
#include "daemon/socket/service.h"

#define NAME_MAX_BYTES 128

void
acceptor_init(struct acceptor *a)
{
	memset(a, 0, sizeof(*a));
	a->local.lock_fd = a->tcp.lock_fd = -1;
}

static enum status
open_sockets(struct acceptor *a, const char *path, bool make_folder, const char *address, struct error *err)
{
	unsigned inherited = service_sockets();
	enum status status;

	if (inherited > 0) {
		if (address != NULL)
			log_line(LOG_LEVEL_WARN, "sockets were inherited, --listen %s is passed over", address);
		return listen_inherit(&a->local, SERVICE_FIRST_FD, inherited, err);
	}
	status = listen_unix(&a->local, path, make_folder, err);
	if (status == ST_OK && address != NULL)
		status = listen_tcp(&a->tcp, address, err);
	return status;
}

/* A socket that cannot be made is one status to callers: the
 * system's own, such as ST_NOTFOUND for a missing folder, means the index. */
enum status
acceptor_open(struct acceptor *a, const char *path, bool make_folder, const char *address, struct error *err)
{
	enum status status = open_sockets(a, path, make_folder, address, err);

	if (status == ST_IO || status == ST_NOTFOUND || status == ST_NOSPACE)
		status = ST_INVALID;
	return status;
}

static bool
watch_some(struct acceptor *a, const struct listener *l, struct event_base *base,
	   void (*on_ready)(int fd, short what, void *arg), void *arg)
{
	unsigned i;

	for (i = 0; i < l->nfds; i++) {
		struct event *e = event_new(base, l->fd[i], EV_READ | EV_PERSIST, on_ready, arg);

		if (e == NULL)
			return false;
		a->event[a->nevents++] = e;
		if (event_add(e, NULL) != 0)
			return false;
	}
	return true;
}

bool
acceptor_watch(struct acceptor *a, struct event_base *base,
	       void (*on_ready)(int fd, short what, void *arg), void *arg)
{
	return watch_some(a, &a->local, base, on_ready, arg) && watch_some(a, &a->tcp, base, on_ready, arg);
}

void
acceptor_pause(struct acceptor *a, bool pause)
{
	unsigned i;

	if (a->paused == pause)
		return;
	a->paused = pause;
	for (i = 0; i < a->nevents; i++) {
		if (pause)
			event_del(a->event[i]);
		else if (event_add(a->event[i], NULL) != 0)
			log_line(LOG_LEVEL_ERROR, "cannot listen again");
	}
}

static void
tell(const char *what, const struct listener *l, unsigned n)
{
	char name[NAME_MAX_BYTES];

	listen_name(l, n, name, sizeof(name));
	log_line(LOG_LEVEL_NOTICE, "%s %s", what, name);
}

void
acceptor_tell(const struct acceptor *a)
{
	unsigned i;

	for (i = 0; i < a->tcp.nfds; i++)
		tell("listening on", &a->tcp, i);
	for (i = 1; i < a->local.nfds; i++)
		tell("listening on", &a->local, i);
	tell("ready on", &a->local, 0);
}

void
acceptor_close(struct acceptor *a)
{
	while (a->nevents > 0)
		event_free(a->event[--a->nevents]);
	listen_close(&a->local);
	listen_close(&a->tcp);
}
