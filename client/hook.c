/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "client/hook.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool
fail(char why[HOOK_WHY_MAX], const char *what, int errnum)
{
	snprintf(why, HOOK_WHY_MAX, "%s: %s", what, strerror(errnum));
	return false;
}

/* A file in memory, not a pipe: a command that leaves its input unread is no
 * trouble. */
static int
open_input(const char *input, size_t len)
{
	int fd = memfd_create("article", MFD_CLOEXEC);

	while (fd >= 0 && len > 0) {
		ssize_t n = write(fd, input, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			close(fd);
			return -1;
		}
		input += n;
		len -= (size_t)n;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static int
start(const char *command, int input, const sigset_t *mask, pid_t *pid)
{
	char *argv[] = { (char *)"sh", (char *)"-c", (char *)"--", (char *)command, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int rc = posix_spawn_file_actions_init(&actions);

	if (rc != 0)
		return rc;
	rc = posix_spawnattr_init(&attr);
	if (rc == 0) {
		rc = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
		if (rc == 0)
			rc = posix_spawnattr_setsigmask(&attr, mask);
		if (rc == 0)
			rc = posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
		if (rc == 0)
			rc = posix_spawn(pid, "/bin/sh", &actions, &attr, argv, environ);
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

bool
hook_run(const char *command, const char *input, size_t len, const sigset_t *mask,
	 char why[HOOK_WHY_MAX])
{
	int fd = open_input(input, len), rc, end;
	pid_t pid, done;

	if (fd < 0)
		return fail(why, "a file in memory", errno);
	rc = start(command, fd, mask, &pid);
	close(fd);
	if (rc != 0)
		return fail(why, "/bin/sh", rc);
	do
		done = waitpid(pid, &end, 0);
	while (done < 0 && errno == EINTR);
	if (done < 0)
		return fail(why, "waiting for it", errno);
	if (WIFSIGNALED(end))
		snprintf(why, HOOK_WHY_MAX, "ended by signal %d", WTERMSIG(end));
	else
		snprintf(why, HOOK_WHY_MAX, "exit status %d", WEXITSTATUS(end));
	return WIFEXITED(end) && WEXITSTATUS(end) == 0;
}
