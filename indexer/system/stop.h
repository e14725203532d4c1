/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SIGINT, SIGTERM and SIGHUP as a request to stop, for a command that waits for
 * endless input: the signals are blocked, and stop_wait looks for them. Owns a
 * descriptor.
 */
#ifndef INDEXER_SYSTEM_STOP_H
#define INDEXER_SYSTEM_STOP_H

#include <signal.h>
#include <stdbool.h>

#include "base/error.h"

struct stop {
	int fd;              /* -1: not begun */
	sigset_t before;
	bool came;
};

enum status stop_begin(struct stop *s, struct error *err) MUST_CHECK;
/* Signals do again what they did before. */
void stop_end(struct stop *s);
/* Waits until FD can be read (*READY), until a signal asks to stop (s->came), or for WAIT_MS at most (-1: for
 * ever). */
enum status stop_wait(struct stop *s, int fd, int wait_ms, bool *ready, struct error *err) MUST_CHECK;

#endif
