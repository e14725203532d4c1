/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/fake_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CONNECTIONS_MAX 64

struct connection {
	struct fake *fake;
	int fd;
	pthread_t thread;
};

static void *
serve(void *arg)
{
	struct connection *c = arg;

	c->fake->serve(c->fd, c->fake->arg);
	close(c->fd);
	return NULL;
}

static void *
listen_loop(void *arg)
{
	struct connection all[CONNECTIONS_MAX];
	struct fake *f = arg;
	size_t n = 0, i;

	while (n < CONNECTIONS_MAX) {
		all[n].fake = f;
		all[n].fd = accept(f->fd, NULL, NULL);
		if (all[n].fd < 0 || pthread_create(&all[n].thread, NULL, serve, &all[n]) != 0)
			break;
		n++;
	}
	for (i = 0; i < n; i++)
		pthread_join(all[i].thread, NULL);
	return NULL;
}

void
fake_start(struct fake *f, void (*function)(int fd, void *arg), void *arg)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };

	f->serve = function;
	f->arg = arg;
	strcpy(f->folder, "/tmp/dragoman-fake-XXXXXX");
	if (mkdtemp(f->folder) == NULL)
		abort();
	snprintf(f->path, sizeof(f->path), "%s/socket", f->folder);
	strcpy(addr.sun_path, f->path);
	f->fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (f->fd < 0 || bind(f->fd, (struct sockaddr *)&addr, sizeof(addr)) != 0 ||
	    listen(f->fd, 16) != 0 || pthread_create(&f->thread, NULL, listen_loop, f) != 0)
		abort();
}

void
fake_stop(struct fake *f)
{
	shutdown(f->fd, SHUT_RDWR);
	pthread_join(f->thread, NULL);
	close(f->fd);
	unlink(f->path);
	rmdir(f->folder);
}

bool
fake_say(int fd, const char *text)
{
	size_t len = strlen(text);

	while (len > 0) {
		ssize_t n = send(fd, text, len, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		text += n;
		len -= (size_t)n;
	}
	return true;
}

bool
fake_hear(int fd, char line[FAKE_LINE_MAX])
{
	size_t n = 0;

	while (n + 1 < FAKE_LINE_MAX && recv(fd, line + n, 1, 0) == 1) {
		if (line[n] == '\n') {
			line[n] = '\0';
			return true;
		}
		n++;
	}
	return false;
}
