/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One client of the daemon, as plain as can be: sends "SEARCH limit=10
 * snippets=0|1 OPTIONS -- QUERY" for each query on stdin, waits for the whole reply,
 * and prints "microseconds rows code" for each.
 *
 *   ask SOCKET [snippets] [OPTION=VALUE...]
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static char reply[1 << 20];

static double
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int
dial(const char *path)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (strlen(path) >= sizeof(addr.sun_path))
		return -1;
	strcpy(addr.sun_path, path);
	if (fd < 0 || connect(fd, (struct sockaddr *)&addr, sizeof(addr)) != 0)
		return -1;
	return fd;
}

/* Reads until a line that begins with ". " is complete; that line, or NULL. */
static const char *
read_reply(int fd, int *rows)
{
	size_t len = 0, line = 0, i = 0;

	*rows = 0;
	while (len < sizeof(reply) - 1) {
		ssize_t n = read(fd, reply + len, sizeof(reply) - 1 - len);

		if (n <= 0)
			return NULL;
		len += (size_t)n;
		for (; i < len; i++) {
			if (reply[i] != '\n')
				continue;
			reply[i] = '\0';
			if (reply[line] == '.' && reply[line + 1] == ' ')
				return reply + line;
			*rows += reply[line] == 'R';
			line = i + 1;
		}
	}
	return NULL;
}

/* The words from FIRST on, a blank before each. */
static void
join(char *out, size_t size, char **first)
{
	size_t len = 0;

	out[0] = '\0';
	for (; *first != NULL && len < size; first++)
		len += (size_t)snprintf(out + len, size - len, " %s", *first);
}

int
main(int argc, char **argv)
{
	const char *end;
	char line[4096], options[256], request[sizeof(line) + sizeof(options) + 64];
	bool snippets = argc > 2 && strcmp(argv[2], "snippets") == 0;
	int rows, fd = argc > 1 ? dial(argv[1]) : -1;

	if (fd < 0 || read_reply(fd, &rows) == NULL) {
		fprintf(stderr, "ask: no daemon on %s\n", argc > 1 ? argv[1] : "(no socket named)");
		return 1;
	}
	join(options, sizeof(options), argv + (snippets ? 3 : 2));
	while (fgets(line, sizeof(line), stdin) != NULL) {
		int n = snprintf(request, sizeof(request), "SEARCH limit=10 snippets=%d%s -- %s", snippets, options, line);
		double begin = now_us();

		if (write(fd, request, (size_t)n) != n)
			return 1;
		end = read_reply(fd, &rows);
		if (end == NULL)
			return 1;
		printf("%.1f %d %.3s\n", now_us() - begin, rows, end + 2);
	}
	close(fd);
	return 0;
}
