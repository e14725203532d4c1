/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The sockets that clients come by, inherited or, without any, named by options,
 * and the events on them. A struct acceptor owns
 * both.
 */
#ifndef DAEMON_LOOP_ACCEPTOR_H
#define DAEMON_LOOP_ACCEPTOR_H

#include "daemon/socket/listen.h"

struct event;
struct event_base;

struct acceptor {
	struct listener local, tcp;
	struct event *event[2 * LISTEN_MAX];
	unsigned nevents;
	bool paused;
};

void acceptor_init(struct acceptor *a);
/* Listens: on the inherited sockets, or on the Unix socket at PATH, whose folder is
 * made where MAKE_FOLDER says so, and on ADDRESS, HOST:PORT, unless that is NULL.
 * A socket that cannot be made is ST_INVALID, unless listen.h says otherwise. */
enum status acceptor_open(struct acceptor *a, const char *path, bool make_folder,
			  const char *address, struct error *err) MUST_CHECK;
/* Has ON_READY called with ARG when a client waits on one of them. False: no memory. */
bool acceptor_watch(struct acceptor *a, struct event_base *base,
		    void (*on_ready)(int fd, short what, void *arg), void *arg) MUST_CHECK;
/* Lets clients wait, or not any longer. */
void acceptor_pause(struct acceptor *a, bool pause);
/* Names them in the log, the ready line last. */
void acceptor_tell(const struct acceptor *a);
/* Takes no more clients and closes the sockets; an inherited one stays with its
 * maker. May be called twice. */
void acceptor_close(struct acceptor *a);

#endif
