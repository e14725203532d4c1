/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Listening sockets: the Unix socket, of which one daemon at a time may be the
 * owner (a lock file beside it decides), loopback TCP, and those that were
 * inherited. A struct listener owns its descriptors and, for a Unix socket
 * that it made, the two files.
 */
#ifndef DAEMON_SOCKET_LISTEN_H
#define DAEMON_SOCKET_LISTEN_H

#include <stdbool.h>

#include "base/error.h"

#define LISTEN_MAX 4   /* addresses that one host name may have */

struct listener {
	int fd[LISTEN_MAX];
	unsigned nfds;
	char *path, *lock_path;   /* of a Unix socket that was made here, otherwise NULL */
	int lock_fd;
};

/* The socket PATH, mode 0660. The socket of a daemon that died is replaced.
 * ST_LOCKED: another daemon answers there; ST_INVALID: PATH is too long, or
 * something that is no socket stands there. With MAKE_FOLDER the folder it is
 * in is made where it is missing. */
enum status listen_unix(struct listener *l, const char *path, bool make_folder,
			struct error *err) MUST_CHECK;
/* HOST:PORT or [HOST]:PORT, all addresses of HOST. ST_SYNTAX: not to be
 * understood; ST_UNSUPPORTED: not a loopback address. */
enum status listen_tcp(struct listener *l, const char *where, struct error *err) MUST_CHECK;
/* Takes over the N listening sockets that were inherited as FIRST and those
 * after it; their files are the business of who made them. ST_INVALID: one is no listening stream
 * socket, or there are more than LISTEN_MAX; ST_UNSUPPORTED: not a loopback address. */
enum status listen_inherit(struct listener *l, int first, unsigned n, struct error *err) MUST_CHECK;
/* Writes "127.0.0.1:4711" or the path for the Nth socket. */
void listen_name(const struct listener *l, unsigned n, char *out, size_t size);
/* Closes the sockets and removes the files. May be called twice. */
void listen_close(struct listener *l);

#endif
