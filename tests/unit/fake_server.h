/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A server for the client's tests: a thread that listens on a Unix socket in a
 * folder of its own and hands each connection to a function of the test.
 */
#ifndef TESTS_UNIT_FAKE_SERVER_H
#define TESTS_UNIT_FAKE_SERVER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#define FAKE_GREETING ". 200 dragoman/0 proto=1 gen=1 maxline=16384 caps=json\n"
#define FAKE_LINE_MAX 20000

struct fake {
	char folder[64], path[96];
	int fd;
	void (*serve)(int fd, void *arg);
	void *arg;
	pthread_t thread;
};

/* Starts; every connection gets its own thread, which ends with SERVE. */
void fake_start(struct fake *f, void (*serve)(int fd, void *arg), void *arg);
void fake_stop(struct fake *f);

/* For SERVE: both false when the client has gone. */
bool fake_say(int fd, const char *text);
bool fake_hear(int fd, char line[FAKE_LINE_MAX]);

#endif
