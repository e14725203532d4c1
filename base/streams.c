/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/streams.h"

#include <fcntl.h>
#include <unistd.h>

void
streams_take(void)
{
	int fd;

	/* Each the wrong way round. Programs that are run shall have them, too. */
	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			return;
}
