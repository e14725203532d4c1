/* SPDX-License-Identifier: MIT */
#include "client/lib/chan.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "client/lib/fail.h"

#define READ_SIZE 65536

static int64_t
now_ms(void)
{
	return (int64_t)(clock_ns() / 1000000);
}

int64_t
chan_deadline(int ms)
{
	return ms > 0 ? now_ms() + ms : 0;
}

void
chan_init(struct chan *c)
{
	c->fd = -1;
	buf_init(&c->in);
	c->start = c->seen = 0;
}

void
chan_close(struct chan *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
	buf_clear(&c->in);
	c->start = c->seen = 0;
}

void
chan_fini(struct chan *c)
{
	chan_close(c);
	buf_fini(&c->in);
}

static enum dragoman_status
wait_for(const struct chan *c, short events, int64_t deadline, struct dragoman_error *err)
{
	for (;;) {
		struct pollfd p = { .fd = c->fd, .events = events };
		int64_t left = deadline != 0 ? deadline - now_ms() : -1;
		int n;

		if (deadline != 0 && left <= 0)
			return fail_set(err, DRAGOMAN_TIMEOUT, "no answer in time");
		n = poll(&p, 1, (int)left);
		if (n > 0)
			return DRAGOMAN_OK;
		if (n < 0 && errno != EINTR)
			return fail_set(err, DRAGOMAN_IO, "poll: %s", strerror(errno));
	}
}

/* ERRNUM of a connect that failed. That nobody is there needs no explanation. */
static enum dragoman_status
nobody(struct dragoman_error *err, int errnum)
{
	if (errnum == ENOENT || errnum == ECONNREFUSED)
		return fail_set(err, DRAGOMAN_NO_DAEMON, "%s", "");
	return fail_set(err, DRAGOMAN_NO_DAEMON, " (%s)", strerror(errnum));
}

/* A Unix socket whose queue of callers is full can't be waited for with poll:
 * this one connects in blocking mode, under the socket's own time limit. */
static enum dragoman_status
connect_unix(struct chan *c, const struct sockaddr_un *addr, int64_t deadline,
	     struct dragoman_error *err)
{
	enum dragoman_status status;
	int rc;

	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0)
		return fail_set(err, DRAGOMAN_IO, "socket: %s", strerror(errno));
	do {
		int64_t left = deadline != 0 ? deadline - now_ms() : 0;
		struct timeval limit = { left / 1000, left % 1000 * 1000 };

		if (deadline != 0 && left <= 0) {
			rc = -1;
			errno = EAGAIN;
			break;
		}
		setsockopt(c->fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
		rc = connect(c->fd, (const struct sockaddr *)addr, sizeof(*addr));
	} while (rc != 0 && errno == EINTR);
	if (rc == 0 && fcntl(c->fd, F_SETFL, O_NONBLOCK) == 0)
		return DRAGOMAN_OK;
	if (errno == EAGAIN)
		status = fail_set(err, DRAGOMAN_TIMEOUT, "no answer in time");
	else
		status = nobody(err, errno);
	chan_close(c);
	return status;
}

/* No delay for requests; and whoever waits for pushes learns within two minutes
 * that the other side has gone without a word. */
static void
tune_tcp(int fd)
{
	int on = 1, idle = 60, every = 15, times = 4;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &every, sizeof(every));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &times, sizeof(times));
}

static enum dragoman_status
connect_tcp(struct chan *c, const struct addrinfo *a, int64_t deadline,
	    struct dragoman_error *err)
{
	enum dragoman_status status = DRAGOMAN_OK;
	int errnum = 0;
	socklen_t errlen = sizeof(errnum);

	c->fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (c->fd < 0)
		return fail_set(err, DRAGOMAN_IO, "socket: %s", strerror(errno));
	if (connect(c->fd, a->ai_addr, a->ai_addrlen) != 0) {
		errnum = errno;
		if (errnum == EINPROGRESS || errnum == EINTR) {
			errnum = 0;
			status = wait_for(c, POLLOUT, deadline, err);
			if (status == DRAGOMAN_OK &&
			    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &errnum, &errlen) != 0)
				errnum = errno;
		}
	}
	if (status == DRAGOMAN_OK && errnum != 0)
		status = nobody(err, errnum);
	if (status == DRAGOMAN_OK)
		tune_tcp(c->fd);
	else
		chan_close(c);
	return status;
}

/* HOST:PORT or [HOST]:PORT; false: WHERE is a path. */
static bool
split_address(const char *where, char *host, size_t size, const char **port)
{
	const char *colon = strrchr(where, ':');
	size_t len;

	if (strchr(where, '/') != NULL || colon == NULL || colon == where ||
	    colon[1] == '\0' || colon[1 + strspn(colon + 1, "0123456789")] != '\0')
		return false;
	len = (size_t)(colon - where);
	if (where[0] == '[' && where[len - 1] == ']') {
		where++;
		len -= 2;
	}
	if (len >= size)
		return false;
	memcpy(host, where, len);
	host[len] = '\0';
	*port = colon + 1;
	return true;
}

static enum dragoman_status
open_tcp(struct chan *c, const char *host, const char *port, int64_t deadline,
	 struct dragoman_error *err)
{
	struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
	struct addrinfo *list, *a;
	enum dragoman_status status = DRAGOMAN_NO_DAEMON;
	int rc = getaddrinfo(host, port, &hints, &list);

	if (rc != 0)
		return fail_set(err, DRAGOMAN_NO_DAEMON, " (%s)", gai_strerror(rc));
	for (a = list; a != NULL && status != DRAGOMAN_OK; a = a->ai_next)
		status = connect_tcp(c, a, deadline, err);
	freeaddrinfo(list);
	return status;
}

/* With DRAGOMAN_NO_DAEMON the text is empty or begins with a blank. */
enum dragoman_status
chan_open(struct chan *c, const char *where, int64_t deadline, struct dragoman_error *err)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	char host[256];
	const char *port;

	chan_close(c);
	if (split_address(where, host, sizeof(host), &port))
		return open_tcp(c, host, port, deadline, err);
	if (strlen(where) >= sizeof(addr.sun_path))
		return fail_set(err, DRAGOMAN_NO_DAEMON,
				" (a socket's path has at most %zu bytes)",
				sizeof(addr.sun_path) - 1);
	strcpy(addr.sun_path, where);
	return connect_unix(c, &addr, deadline, err);
}

enum dragoman_status
chan_send(struct chan *c, const char *data, size_t len, int64_t deadline,
	  struct dragoman_error *err)
{
	while (len > 0) {
		ssize_t n = send(c->fd, data, len, MSG_NOSIGNAL);
		enum dragoman_status status;

		if (n > 0) {
			data += n;
			len -= (size_t)n;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			status = wait_for(c, POLLOUT, deadline, err);
			if (status != DRAGOMAN_OK)
				return status;
		} else if (errno != EINTR) {
			return fail_set(err, DRAGOMAN_IO, "sending the request: %s",
					strerror(errno));
		}
	}
	return DRAGOMAN_OK;
}

/* Receives the bytes that are there, waiting for at least one. */
static enum dragoman_status
receive(struct chan *c, int64_t deadline, struct dragoman_error *err)
{
	char *to;

	if (c->start > 0) {
		memmove(c->in.data, c->in.data + c->start, c->in.len - c->start);
		c->in.len -= c->start;
		c->seen -= c->start;
		c->start = 0;
	}
	to = buf_reserve(&c->in, READ_SIZE);
	if (to == NULL)
		return fail_set(err, DRAGOMAN_NO_MEMORY, "out of memory");
	for (;;) {
		ssize_t n = recv(c->fd, to, READ_SIZE, 0);
		enum dragoman_status status;

		if (n > 0) {
			c->in.len += (size_t)n;
			c->in.data[c->in.len] = '\0';
			return DRAGOMAN_OK;
		}
		if (n == 0)
			return fail_set(err, DRAGOMAN_IO,
					"the daemon closed the connection%s",
					c->in.len > 0 ? " within a line" : "");
		if (errno == EAGAIN || errno == EWOULDBLOCK) {
			status = wait_for(c, POLLIN, deadline, err);
			if (status != DRAGOMAN_OK)
				return status;
		} else if (errno != EINTR) {
			return fail_set(err, DRAGOMAN_IO, "receiving the reply: %s",
					strerror(errno));
		}
	}
}

enum dragoman_status
chan_line(struct chan *c, size_t max, const char **line, size_t *len, int64_t deadline,
	  struct dragoman_error *err)
{
	const char *lf = NULL;

	for (;;) {
		enum dragoman_status status;

		if (c->seen < c->in.len)
			lf = memchr(c->in.data + c->seen, '\n', c->in.len - c->seen);
		c->seen = lf != NULL ? (size_t)(lf - c->in.data) : c->in.len;
		if (c->seen - c->start > max)
			return fail_set(err, DRAGOMAN_TOO_LARGE, "the reply is too large");
		if (lf != NULL)
			break;
		status = receive(c, deadline, err);
		if (status != DRAGOMAN_OK)
			return status;
	}
	*line = c->in.data + c->start;
	*len = (size_t)(lf - *line);
	if (*len > 0 && (*line)[*len - 1] == '\r')
		--*len;
	c->start = c->seen = (size_t)(lf - c->in.data) + 1;
	return DRAGOMAN_OK;
}
