/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "indexer/update/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "indexer/generation/compact.h"
#include "indexer/report/exit.h"

#define LOOK_NS 5000000000u

static int
compact(const char *index, bool quiet)
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct error err;

	/* Closed here, so that the writer of the feed sees its end when the feed's process ends. */
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	return compact_if_it_pays(index, quiet, &err) == ST_OK ? 0 : exit_fail(&err);
}

void
aside_compact(struct aside *a, const char *index, bool quiet, void (*let_go)(void *arg), void *arg)
{
	uint64_t now = clock_ns();
	struct error err;
	bool pays;

	if (a->pid > 0 && waitpid(a->pid, NULL, WNOHANG) != 0)
		a->pid = 0;
	if (a->pid > 0 || now - a->looked_ns < LOOK_NS)
		return;
	a->looked_ns = now;
	if (compact_pays(index, &pays, &err) != ST_OK || !pays)
		return;
	a->pid = fork();
	if (a->pid == 0) {
		let_go(arg);
		_exit(compact(index, quiet));
	}
	if (a->pid < 0)
		a->pid = 0;
}

void
aside_end(struct aside *a)
{
	if (a->pid == 0)
		return;
	kill(a->pid, SIGTERM);
	while (waitpid(a->pid, NULL, 0) < 0 && errno == EINTR)
		;
	a->pid = 0;
}
