/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The daemon: one event loop that owns every socket, timer and connection, and
 * the pool of workers beside it. A struct server owns all of it.
 */
#ifndef DAEMON_LOOP_SERVER_H
#define DAEMON_LOOP_SERVER_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"

struct server;

struct server_options {
	const char *index;          /* all strings are borrowed while the server lives */
	const char *socket;
	bool make_folder;           /* make the folder of the socket where it is missing */
	const char *listen;         /* HOST:PORT, or NULL */
	const char *request_log;    /* a file, "-" for standard error, or NULL */
	uid_t front;                /* the user who may say client=, as the daemon's own may */
	unsigned workers, max_clients, queue;
	unsigned deadline_ms;       /* of a query */
	unsigned idle_s;            /* a connection without requests; 0: never closed */
	unsigned stall_s;           /* a connection that does not read; 0: never closed */
};

enum status server_new(struct server **out, const struct server_options *opt, struct error *err) MUST_CHECK;
void server_free(struct server *s);
/* Serves until SIGTERM or SIGINT, then drains. */
enum status server_run(struct server *s, struct error *err) MUST_CHECK;

#endif
