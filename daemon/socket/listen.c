/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "daemon/socket/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 512

static void
listener_init(struct listener *l)
{
	memset(l, 0, sizeof(*l));
	l->lock_fd = -1;
}

/* ---- the Unix socket ---- */

static enum status
make_parent(const char *path, struct error *err)
{
	char *folder = strdup(path);
	char *slash = folder != NULL ? strrchr(folder, '/') : NULL;
	enum status status = ST_OK;

	if (folder == NULL)
		return error_nomem(err);
	if (slash != NULL && slash != folder) {
		*slash = '\0';
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			status = error_errno(err, errno, "%s", folder);
	}
	free(folder);
	return status;
}

/* Takes the lock file. Its holder removes it at the end, so a
 * lock on a file that is no longer there counts for nothing: try again. */
static enum status
take_lock(struct listener *l, struct error *err)
{
	struct stat mine, there;

	for (;;) {
		l->lock_fd = open(l->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (l->lock_fd < 0)
			return error_errno(err, errno, "%s", l->lock_path);
		if (flock(l->lock_fd, LOCK_EX | LOCK_NB) != 0) {
			int why = errno;

			close(l->lock_fd);
			l->lock_fd = -1;
			if (why == EWOULDBLOCK)
				return error_set(err, ST_LOCKED, "%s: another dragomand answers here", l->path);
			return error_errno(err, why, "%s", l->lock_path);
		}
		if (fstat(l->lock_fd, &mine) == 0 && stat(l->lock_path, &there) == 0 &&
		    mine.st_ino == there.st_ino && mine.st_dev == there.st_dev)
			return ST_OK;
		close(l->lock_fd);
		l->lock_fd = -1;
	}
}

/* Removes a socket that nobody answers on. */
static enum status
clear_stale(const char *path, const struct sockaddr_un *addr, struct error *err)
{
	struct stat st;
	int fd, answered, why;

	if (lstat(path, &st) != 0)
		return errno == ENOENT ? ST_OK : error_errno(err, errno, "%s", path);
	if (!S_ISSOCK(st.st_mode))
		return error_set(err, ST_INVALID, "%s: exists and is not a socket", path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return error_errno(err, errno, "socket");
	answered = connect(fd, (const struct sockaddr *)addr, sizeof(*addr));
	why = errno;
	close(fd);
	if (answered == 0 || why == EAGAIN)
		return error_set(err, ST_LOCKED, "%s: another program answers here", path);
	if (why != ECONNREFUSED)
		return error_errno(err, why, "%s", path);
	return unlink(path) == 0 || errno == ENOENT ? ST_OK : error_errno(err, errno, "%s", path);
}

static enum status
bind_unix(struct listener *l, const struct sockaddr_un *addr, struct error *err)
{
	mode_t before;
	int bound;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return error_errno(err, errno, "socket");
	l->fd[l->nfds++] = fd;
	before = umask(0117);
	bound = bind(fd, (const struct sockaddr *)addr, sizeof(*addr));
	umask(before);
	if (bound != 0 || chmod(l->path, 0660) != 0 || listen(fd, BACKLOG) != 0)
		return error_errno(err, errno, "%s", l->path);
	return ST_OK;
}

/* Closes the sockets and gives the lock back. */
static void
give_up(struct listener *l)
{
	unsigned i;

	for (i = 0; i < l->nfds; i++)
		close(l->fd[i]);
	l->nfds = 0;
	if (l->lock_fd >= 0) {
		unlink(l->lock_path);
		close(l->lock_fd);
		l->lock_fd = -1;
	}
	free(l->path);
	free(l->lock_path);
	l->path = l->lock_path = NULL;
}

enum status
listen_unix(struct listener *l, const char *path, bool make_folder, struct error *err)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	enum status status;

	listener_init(l);
	if (strlen(path) >= sizeof(addr.sun_path))
		return error_set(err, ST_INVALID, "%s: over the %zu bytes that a socket's path may have",
				 path, sizeof(addr.sun_path) - 1);
	strcpy(addr.sun_path, path);
	if (make_folder && (status = make_parent(path, err)) != ST_OK)
		return status;
	l->path = strdup(path);
	if (l->path == NULL || asprintf(&l->lock_path, "%s.lock", path) < 0) {
		l->lock_path = NULL;
		status = error_nomem(err);
		goto out;
	}
	status = take_lock(l, err);
	if (status == ST_OK)
		status = clear_stale(path, &addr, err);
	if (status == ST_OK)
		status = bind_unix(l, &addr, err);
out:
	if (status != ST_OK)
		give_up(l);
	return status;
}

void
listen_close(struct listener *l)
{
	if (l->path != NULL)
		unlink(l->path);
	give_up(l);
}

/* ---- TCP ---- */

static bool
is_loopback(const struct sockaddr *addr)
{
	if (addr->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)addr;

		return ntohl(in->sin_addr.s_addr) >> 24 == 127;
	}
	if (addr->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)(const void *)addr;

		return IN6_IS_ADDR_LOOPBACK(&in->sin6_addr);
	}
	return false;
}

/* Splits HOST:PORT, in place. */
static bool
split_address(char *where, char **host, char **port)
{
	char *colon = strrchr(where, ':');

	if (colon == NULL || colon == where || colon[1] == '\0')
		return false;
	*colon = '\0';
	*port = colon + 1;
	*host = where;
	if (where[0] == '[' && colon[-1] == ']') {
		colon[-1] = '\0';
		*host = where + 1;
	} else if (strchr(where, ':') != NULL) {
		return false;
	}
	return strspn(*port, "0123456789") == strlen(*port) && strlen(*port) <= 5 && atoi(*port) <= 65535;
}

static enum status
bind_tcp(struct listener *l, const struct addrinfo *a, const char *where, struct error *err)
{
	int yes = 1;
	int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return error_errno(err, errno, "%s", where);
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0 ||
	    (a->ai_family == AF_INET6 &&
	     setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof(yes)) != 0) ||
	    bind(fd, a->ai_addr, a->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
		int why = errno;

		close(fd);
		return error_errno(err, why, "%s", where);
	}
	l->fd[l->nfds++] = fd;
	return ST_OK;
}

static enum status
bind_all(struct listener *l, const struct addrinfo *found, const char *where, struct error *err)
{
	const struct addrinfo *a;
	enum status status = ST_OK;

	for (a = found; a != NULL; a = a->ai_next) {
		if (!is_loopback(a->ai_addr))
			return error_set(err, ST_UNSUPPORTED,
					 "%s: only loopback addresses may be listened on", where);
	}
	for (a = found; a != NULL && l->nfds < LISTEN_MAX; a = a->ai_next) {
		status = bind_tcp(l, a, where, err);
		/* A machine without IPv6 still knows localhost as ::1. */
		if (status != ST_OK && !(a->ai_family == AF_INET6 && found->ai_next != NULL))
			return status;
	}
	return l->nfds > 0 ? ST_OK : status;
}

enum status
listen_tcp(struct listener *l, const char *where, struct error *err)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE };
	struct addrinfo *found = NULL;
	char *host, *port, *copy = strdup(where);
	enum status status;
	int rc;

	listener_init(l);
	if (copy == NULL)
		return error_nomem(err);
	if (!split_address(copy, &host, &port)) {
		status = error_set(err, ST_SYNTAX, "%s: not HOST:PORT", where);
		goto out;
	}
	rc = getaddrinfo(host, port, &hints, &found);
	if (rc != 0) {
		status = error_set(err, ST_SYNTAX, "%s: %s", where, gai_strerror(rc));
		goto out;
	}
	status = bind_all(l, found, where, err);
	freeaddrinfo(found);
out:
	free(copy);
	if (status != ST_OK)
		give_up(l);
	return status;
}

/* ---- inherited ---- */

static enum status
check_inherited(int fd, struct error *err)
{
	struct sockaddr_storage addr;
	struct sockaddr *at = (struct sockaddr *)&addr;
	socklen_t len = sizeof(addr), size = sizeof(int);
	int type = 0, listening = 0, flags;

	if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM ||
	    getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || !listening ||
	    getsockname(fd, at, &len) != 0)
		return error_set(err, ST_INVALID, "inherited descriptor %d: not a listening stream socket", fd);
	if (at->sa_family != AF_UNIX && !is_loopback(at))
		return error_set(err, ST_UNSUPPORTED,
				 "inherited descriptor %d: only loopback addresses may be listened on", fd);
	flags = fcntl(fd, F_GETFL);
	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0)
		return error_errno(err, errno, "inherited descriptor %d", fd);
	return ST_OK;
}

enum status
listen_inherit(struct listener *l, int first, unsigned n, struct error *err)
{
	enum status status = ST_OK;
	unsigned i;

	listener_init(l);
	if (n > LISTEN_MAX)
		return error_set(err, ST_INVALID, "%u inherited sockets: at most %d are taken", n, LISTEN_MAX);
	for (i = 0; i < n && status == ST_OK; i++)
		status = check_inherited(first + (int)i, err);
	for (i = 0; i < n && status == ST_OK; i++)
		l->fd[l->nfds++] = first + (int)i;
	return status;
}

static void
unix_name(const struct sockaddr_storage *addr, socklen_t len, char *out, size_t size)
{
	const struct sockaddr_un *un = (const struct sockaddr_un *)(const void *)addr;
	size_t n = len > offsetof(struct sockaddr_un, sun_path) ? len - offsetof(struct sockaddr_un, sun_path) : 0;

	if (n > 0 && un->sun_path[0] == '\0')    /* an abstract one */
		snprintf(out, size, "@%.*s", (int)(n - 1), un->sun_path + 1);
	else
		snprintf(out, size, "%.*s", (int)n, un->sun_path);
}

void
listen_name(const struct listener *l, unsigned n, char *out, size_t size)
{
	struct sockaddr_storage addr;
	socklen_t len = sizeof(addr);
	char host[64], port[16];

	snprintf(out, size, "?");
	if (getsockname(l->fd[n], (struct sockaddr *)&addr, &len) != 0)
		return;
	if (addr.ss_family == AF_UNIX) {
		unix_name(&addr, len, out, size);
		return;
	}
	if (getnameinfo((struct sockaddr *)&addr, len, host, sizeof(host), port, sizeof(port),
			NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return;
	snprintf(out, size, addr.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}
