/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The other end of a connection: a user on this machine (Unix socket), or an
 * address. Owns nothing.
 */
#ifndef DAEMON_SOCKET_PEER_H
#define DAEMON_SOCKET_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define PEER_NAME_MAX 64

struct peer {
	char name[PEER_NAME_MAX];   /* "uid=1000", "192.0.2.7", "2001:db8::7"; "-": not known */
	bool local;                 /* came by the Unix socket, as the user UID */
	uid_t uid;
	uint64_t group;             /* the same number for all connections of a user, of an IPv4 address or of an IPv6 /64 */
};

void peer_read(struct peer *out, int fd);
/* The group of the connections that P, a front for many clients, has for the one that it calls CLIENT. */
uint64_t peer_group_for(const struct peer *p, const char *client);

#endif
