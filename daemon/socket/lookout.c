/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/socket/lookout.h"

#include <errno.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/log.h"

int
lookout_open(const char *folder)
{
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	if (fd >= 0 && inotify_add_watch(fd, folder, IN_MOVED_TO) < 0) {
		int why = errno;

		close(fd);
		fd = -1;
		errno = why;
	}
	if (fd < 0)
		log_line(LOG_LEVEL_INFO, "%s: cannot be watched: %s", folder, strerror(errno));
	return fd;
}

void
lookout_drain(int fd)
{
	char events[4096];

	while (read(fd, events, sizeof(events)) > 0)
		;
}
