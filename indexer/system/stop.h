/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SIGINT, SIGTERM and SIGHUP as a wish to come to an end, for a command that
 * waits for input without one: they are blocked, and looked for where it
 * suits. Owns a descriptor.
 */
#ifndef INDEXER_SYSTEM_STOP_H
#define INDEXER_SYSTEM_STOP_H

#include <signal.h>
#include <stdbool.h>

#include "base/status.h"

struct stop {
	int fd;              /* -1: not begun */
	sigset_t before;
	bool came;
};

enum status stop_begin(struct stop *s, struct error *err) MUST_CHECK;
/* Signals do again what they did before. */
void stop_end(struct stop *s);
/* Waits until FD can be read (*READY), or for at most WAIT_MS (-1: for ever), or until a stop is wished for,
 * which s->came then says. */
enum status stop_wait(struct stop *s, int fd, int wait_ms, bool *ready, struct error *err) MUST_CHECK;

#endif
