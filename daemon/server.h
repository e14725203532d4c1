/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The daemon: one event loop that owns every socket, timer and connection, and
 * the pool of workers beside it. A struct server owns all of it.
 */
#ifndef DAEMON_SERVER_H
#define DAEMON_SERVER_H

#include "daemon/job.h"

struct conn;
struct event_base;
struct server;
struct watches;

struct server_options {
	const char *index;          /* all strings are borrowed while the server lives */
	const char *socket;
	bool make_folder;           /* make the folder of the socket where it is missing */
	const char *listen;         /* HOST:PORT, or NULL */
	const char *request_log;    /* a file, "-" for standard error, or NULL */
	unsigned workers, max_clients, queue;
	unsigned deadline_ms;       /* of a query */
	unsigned idle_s;            /* a connection without requests; 0: never closed */
	unsigned stall_s;           /* a connection that does not read; 0: never closed */
};

enum status server_new(struct server **out, const struct server_options *opt, struct error *err) MUST_CHECK;
void server_free(struct server *s);
/* Serves until SIGTERM or SIGINT, then drains. */
enum status server_run(struct server *s, struct error *err) MUST_CHECK;

/* ---- for connections ---- */

struct event_base *server_base(const struct server *s);
const struct server_options *server_options(const struct server *s);
uint32_t server_generation(const struct server *s);
/* A job for connection CONN, with the next request's number; NULL: no memory. */
struct job *server_job(struct server *s, uint64_t conn);
/* Hands JOB to the workers; false: too many wait, or there is no memory, and the job is still the caller's. */
bool server_submit(struct server *s, struct job *job) MUST_CHECK;
/* To be told of every answer, once, before it is sent: counts and logs it. */
void server_answered(struct server *s, const struct job *job);
/* The watches' side of the server. */
struct watches *server_watches(const struct server *s);
/* The connection of this number, NULL where it is gone. */
struct conn *server_conn(const struct server *s, uint64_t number);
/* All connections one after the other: *AT starts at 0; NULL at the end. */
struct conn *server_next_conn(const struct server *s, unsigned *at);
/* Frees C and its place. */
void server_drop(struct server *s, struct conn *c);

#endif
