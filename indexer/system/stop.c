/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/system/stop.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum status
stop_begin(struct stop *s, struct error *err)
{
	static const int list[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction old;
	sigset_t set;
	size_t i;

	s->came = false;
	sigemptyset(&set);
	/* A signal that is ignored (nohup, a shell's background job) stays ignored. */
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (sigaction(list[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaddset(&set, list[i]);
	s->fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (s->fd < 0)
		return error_errno(err, errno, "waiting for signals");
	sigprocmask(SIG_BLOCK, &set, &s->before);
	return ST_OK;
}

void
stop_end(struct stop *s)
{
	if (s->fd < 0)
		return;
	sigprocmask(SIG_SETMASK, &s->before, NULL);
	close(s->fd);
	s->fd = -1;
}

enum status
stop_wait(struct stop *s, int fd, int wait_ms, bool *ready, struct error *err)
{
	struct pollfd p[2] = { { fd, POLLIN, 0 }, { s->came ? -1 : s->fd, POLLIN, 0 } };
	struct signalfd_siginfo info;

	*ready = false;
	if (poll(p, 2, wait_ms) < 0)
		return errno == EINTR ? ST_OK : error_errno(err, errno, "waiting for input");
	*ready = p[0].revents != 0;
	/* Taken off, so that it is not delivered after stop_end; one more is. */
	if (p[1].revents != 0 && read(s->fd, &info, sizeof(info)) > 0)
		s->came = true;
	return ST_OK;
}
