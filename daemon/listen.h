/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Listening sockets: the Unix socket, of which one daemon at a time may be the
 * owner (a lock file beside it decides), and loopback TCP. A struct listener
 * owns its descriptors and, for the Unix socket, the two files.
 */
#ifndef DAEMON_LISTEN_H
#define DAEMON_LISTEN_H

#include <stdbool.h>

#include "base/status.h"

#define LISTEN_MAX 4   /* addresses that one host name may have */

struct listener {
	int fd[LISTEN_MAX];
	unsigned nfds;
	char *path, *lock_path;   /* of a Unix socket; NULL for TCP */
	int lock_fd;
};

/* The socket PATH, mode 0660. What a daemon that died left behind is replaced.
 * ST_LOCKED: another daemon answers there; ST_INVALID: PATH is too long, or
 * something that is no socket stands there. With MAKE_FOLDER the folder it is
 * in is made where it is missing. */
enum status listen_unix(struct listener *l, const char *path, bool make_folder,
			struct error *err) MUST_CHECK;
/* HOST:PORT or [HOST]:PORT, all addresses of HOST. ST_SYNTAX: not to be
 * understood; ST_UNSUPPORTED: not a loopback address. */
enum status listen_tcp(struct listener *l, const char *where, struct error *err) MUST_CHECK;
/* Writes "127.0.0.1:4711" for the Nth socket of a TCP listener. */
void listen_name(const struct listener *l, unsigned n, char *out, size_t size);
/* Closes the sockets and removes the files. May be called twice. */
void listen_close(struct listener *l);

#endif
