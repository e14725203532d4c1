/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "daemon/socket/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/hash.h"

#define V6_NETWORK 8   /* bytes of an address that a single customer has at least */

void
peer_read(struct peer *out, int fd)
{
	struct sockaddr_storage at = { .ss_family = AF_UNSPEC };
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)&at;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&at;
	struct ucred user;
	socklen_t len = sizeof(at), ulen = sizeof(user);
	const char *name = NULL;

	*out = (struct peer){ .name = "-" };
	if (getpeername(fd, (struct sockaddr *)&at, &len) != 0)
		return;
	if (at.ss_family == AF_UNIX && getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &user, &ulen) == 0) {
		snprintf(out->name, sizeof(out->name), "uid=%u", (unsigned)user.uid);
		out->local = true;
		out->uid = user.uid;
		out->group = hash_bytes((const char *)&user.uid, sizeof(user.uid));
	} else if (at.ss_family == AF_INET) {
		name = inet_ntop(AF_INET, &v4->sin_addr, out->name, sizeof(out->name));
		out->group = hash_bytes((const char *)&v4->sin_addr, sizeof(v4->sin_addr));
	} else if (at.ss_family == AF_INET6) {
		name = inet_ntop(AF_INET6, &v6->sin6_addr, out->name, sizeof(out->name));
		out->group = hash_bytes((const char *)&v6->sin6_addr, V6_NETWORK);
	}
	if (name == NULL && at.ss_family != AF_UNIX)
		strcpy(out->name, "-");
}

uint64_t
peer_group_for(const struct peer *p, const char *client)
{
	return p->group ^ hash_bytes_wide(client, strlen(client));
}
