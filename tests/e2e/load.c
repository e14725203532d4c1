/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Load for a daemon, with every reply checked: load SOCKET FILE CLIENTS SECONDS [SEED].
 *
 * FILE holds, for each request, its line, and the reply expected from each of
 * two variants of the index: "LENGTH LF bytes" twice. A reply that names its
 * generation (gen=) must be that of variant 0 for an odd and of variant 1 for
 * an even one; any other must be one of the two. What follows gen (and an
 * estimated total) is not compared.
 *
 * Each client keeps 1 to 16 requests under way; now and then one ends its side
 * and waits for the rest, leaves in the middle, or takes its time to read. The
 * last line of output sums up; status 1 when any reply was wrong.
 */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

#define DEPTH_MAX 16
#define CLIENTS_MAX 512

struct sample {
	char *line, *want[2];
};

struct client {
	int fd;
	bool greeted, ended;           /* our side is closed */
	unsigned depth, nasked;
	unsigned head;                 /* of the ring: the oldest request */
	size_t asked[DEPTH_MAX];       /* samples, oldest first */
	uint64_t since[DEPTH_MAX];
	uint64_t quiet_until;          /* reads nothing before */
	struct buf in, out;
	size_t sent;                   /* of out */
	size_t begin, scanned;         /* of in: the reply, and the line, that is coming */
};

struct load {
	struct sockaddr_un addr;
	struct sample *samples;
	size_t nsamples;
	struct client *clients;
	unsigned nclients;
	uint64_t random, end_ns;
	uint64_t requests, wrong, refused, opened, generations, generation;
	uint64_t *times, ntimes, times_cap;
};

static uint64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void
die(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* xorshift: the same seed gives the same run of requests. */
static uint64_t
pick(struct load *l, uint64_t n)
{
	l->random ^= l->random << 13;
	l->random ^= l->random >> 7;
	l->random ^= l->random << 17;
	return l->random % n;
}

/* ---- the file ---- */

static char *
read_line(FILE *f)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n = getline(&line, &cap, f);

	if (n <= 0) {
		free(line);
		return NULL;
	}
	line[n - 1] = '\0';
	return line;
}

static char *
read_reply(FILE *f)
{
	char *number = read_line(f);
	size_t n = number != NULL ? strtoul(number, NULL, 10) : 0;
	char *text = calloc(1, n + 1);

	if (number == NULL || text == NULL || fread(text, 1, n, f) != n)
		die("the file of requests is cut");
	free(number);
	return text;
}

static void
read_samples(struct load *l, const char *path)
{
	FILE *f = fopen(path, "r");
	char *line;

	if (f == NULL)
		die(path);
	while ((line = read_line(f)) != NULL) {
		struct sample *s;

		l->samples = realloc(l->samples, (l->nsamples + 1) * sizeof(*l->samples));
		if (l->samples == NULL)
			die("memory");
		s = &l->samples[l->nsamples++];
		s->line = line;
		s->want[0] = read_reply(f);
		s->want[1] = read_reply(f);
	}
	fclose(f);
}

/* ---- clients ---- */

static void
client_open(struct load *l, struct client *c)
{
	memset(c, 0, sizeof(*c));
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&l->addr, sizeof(l->addr)) != 0)
		die("connect");
	c->depth = 1 + (unsigned)pick(l, DEPTH_MAX);
	l->opened++;
}

static void
client_close(struct client *c)
{
	close(c->fd);
	c->fd = -1;
	buf_fini(&c->in);
	buf_fini(&c->out);
}

/* Puts more requests under way, and sometimes does what peers do. */
static void
client_ask(struct load *l, struct client *c)
{
	uint64_t now = now_ns();
	uint64_t chance = pick(l, 400);

	if (now >= l->end_ns || chance == 0) {
		c->ended = true;
		if (c->sent == c->out.len)
			shutdown(c->fd, SHUT_WR);
		return;
	}
	if (chance == 1)
		c->quiet_until = now + pick(l, 200) * 1000000u;
	while (c->nasked < c->depth) {
		size_t which = pick(l, l->nsamples);
		unsigned at = (c->head + c->nasked++) % DEPTH_MAX;

		c->asked[at] = which;
		c->since[at] = now;
		buf_adds(&c->out, l->samples[which].line);
		buf_addc(&c->out, '\n');
	}
}

static void
note_time(struct load *l, uint64_t ns)
{
	if (l->ntimes == l->times_cap) {
		l->times_cap = l->times_cap ? l->times_cap * 2 : 65536;
		l->times = realloc(l->times, l->times_cap * sizeof(*l->times));
		if (l->times == NULL)
			die("memory");
	}
	l->times[l->ntimes++] = ns;
}

/* Where a figure stands in a reply of either format, its name and all; NULL: nowhere. */
static const char *
figure(const char *got, size_t len, const char *name)
{
	char text[32];
	const char *at;

	snprintf(text, sizeof(text), " %s=", name);
	at = memmem(got, len, text, strlen(text));
	if (at != NULL || got[0] != '{')
		return at;
	snprintf(text, sizeof(text), ",\"%s\":", name);
	return memmem(got, len, text, strlen(text));
}

/* Whether GOT (LEN bytes) is WANT up to what is not compared. */
static bool
same(const char *got, size_t len, const char *want)
{
	const char *cut = figure(got, len, "gen");
	const char *exact = figure(got, len, "exact");
	const char *total = figure(got, len, "total");
	size_t n = cut != NULL ? (size_t)(cut - got) : len;

	if (exact != NULL && total != NULL && exact[strcspn(exact, "01")] == '0') {
		n = (size_t)(total - got);
		return strncmp(got, want, n) == 0 && strncmp(want + n, total, 7) == 0;
	}
	return strlen(want) == n && memcmp(got, want, n) == 0;
}

static void
check(struct load *l, const struct sample *s, const char *got, size_t len)
{
	const char *gen = figure(got, len, "gen");
	bool good;

	l->requests++;
	if (len > 5 && memcmp(got, ". 421", 5) == 0) {
		l->refused++;
		return;
	}
	if (gen != NULL) {
		uint64_t generation = strtoull(gen + strcspn(gen, "0123456789"), NULL, 10);

		good = generation > 0 && same(got, len, s->want[(generation + 1) % 2]);
		if (generation > l->generation) {
			l->generations += l->generation > 0;
			l->generation = generation;
		}
	} else {
		good = same(got, len, s->want[0]) || same(got, len, s->want[1]);
	}
	if (!good && l->wrong++ < 3)
		printf("# request: %s\n# got: %.*s\n# want: %s\n# or: %s\n", s->line, (int)len, got,
		       s->want[0], s->want[1]);
}

/* Takes whole replies out of what came in. */
static void
client_replies(struct load *l, struct client *c)
{
	char *lf;

	while (c->scanned < c->in.len &&
	       (lf = memchr(c->in.data + c->scanned, '\n', c->in.len - c->scanned)) != NULL) {
		const char *line = c->in.data + c->scanned;
		size_t end = (size_t)(lf + 1 - c->in.data);

		c->scanned = end;
		if (line[0] != '.' && strncmp(line, "{\"t\":\".\"", 8) != 0)
			continue;
		if (!c->greeted) {
			c->greeted = true;
		} else if (c->nasked == 0) {
			l->wrong++;
			printf("# a reply that nobody asked for: %s\n", line);
		} else {
			note_time(l, now_ns() - c->since[c->head]);
			check(l, &l->samples[c->asked[c->head]], c->in.data + c->begin, end - 1 - c->begin);
			c->head = (c->head + 1) % DEPTH_MAX;
			c->nasked--;
		}
		c->begin = end;
	}
	memmove(c->in.data, c->in.data + c->begin, c->in.len - c->begin);
	c->in.len -= c->begin;
	c->scanned -= c->begin;
	c->begin = 0;
}

static void
client_read(struct load *l, struct client *c)
{
	char *to = buf_reserve(&c->in, 65536);
	ssize_t n = to != NULL ? recv(c->fd, to, 65536, MSG_DONTWAIT) : -1;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		/* The end may come only after ours, with nothing left to answer. */
		if (!c->ended || c->nasked > 0 || n < 0) {
			l->wrong++;
			printf("# connection closed with %u requests unanswered\n", c->nasked);
		}
		client_close(c);
		return;
	}
	c->in.len += (size_t)n;
	client_replies(l, c);
	if (c->fd >= 0 && !c->ended && c->nasked < (c->depth + 1) / 2)
		client_ask(l, c);
	/* Some leave in the middle. */
	if (!c->ended && pick(l, 2000) == 0)
		client_close(c);
}

static void
client_write(struct client *c)
{
	ssize_t n = send(c->fd, c->out.data + c->sent, c->out.len - c->sent, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (n > 0)
		c->sent += (size_t)n;
	if (c->sent < c->out.len)
		return;
	buf_clear(&c->out);
	c->sent = 0;
	if (c->ended)
		shutdown(c->fd, SHUT_WR);
}

/* One round of poll over all clients; false when none is left. */
static bool
turn(struct load *l)
{
	struct pollfd fds[CLIENTS_MAX];
	uint64_t now = now_ns();
	unsigned i, alive = 0;

	for (i = 0; i < l->nclients; i++) {
		struct client *c = &l->clients[i];

		if (c->fd < 0 && now < l->end_ns) {
			client_open(l, c);
			client_ask(l, c);
		}
		alive += c->fd >= 0;
		fds[i].fd = c->fd;
		fds[i].events = (short)((now >= c->quiet_until ? POLLIN : 0) | (c->sent < c->out.len ? POLLOUT : 0));
	}
	if (alive == 0)
		return false;
	if (poll(fds, l->nclients, 20) < 0 && errno != EINTR)
		die("poll");
	for (i = 0; i < l->nclients; i++) {
		struct client *c = &l->clients[i];

		if (c->fd >= 0 && fds[i].revents & POLLOUT)
			client_write(c);
		if (c->fd >= 0 && now >= c->quiet_until && fds[i].revents & (POLLIN | POLLHUP | POLLERR))
			client_read(l, c);
	}
	return true;
}

static int
by_time(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static uint64_t
percentile_us(const struct load *l, unsigned percent)
{
	return l->ntimes > 0 ? l->times[(l->ntimes - 1) * percent / 100] / 1000 : 0;
}

int
main(int argc, char **argv)
{
	struct load l = { .addr = { .sun_family = AF_UNIX }, .random = 88172645463325252u };
	uint64_t begin = now_ns();
	unsigned i;

	if (argc < 5 || strlen(argv[1]) >= sizeof(l.addr.sun_path)) {
		fprintf(stderr, "usage: load SOCKET FILE CLIENTS SECONDS [SEED]\n");
		return 64;
	}
	strcpy(l.addr.sun_path, argv[1]);
	read_samples(&l, argv[2]);
	l.nclients = (unsigned)strtoul(argv[3], NULL, 10);
	if (l.nclients < 1 || l.nclients > CLIENTS_MAX || l.nsamples == 0)
		die("nothing to do");
	l.end_ns = begin + strtoull(argv[4], NULL, 10) * 1000000000u;
	l.random += argc > 5 ? strtoull(argv[5], NULL, 10) : 0;
	l.clients = calloc(l.nclients, sizeof(*l.clients));
	if (l.clients == NULL)
		die("memory");
	for (i = 0; i < l.nclients; i++)
		l.clients[i].fd = -1;
	while (turn(&l)) {
		if (now_ns() > l.end_ns + 60 * UINT64_C(1000000000)) {
			printf("# some clients never got their replies\n");
			l.wrong++;
			break;
		}
	}
	qsort(l.times, l.ntimes, sizeof(*l.times), by_time);
	printf("requests=%" PRIu64 " wrong=%" PRIu64 " refused=%" PRIu64 " connections=%" PRIu64
	       " switches=%" PRIu64 " p50_us=%" PRIu64 " p95_us=%" PRIu64 " p99_us=%" PRIu64 "\n",
	       l.requests, l.wrong, l.refused, l.opened, l.generations,
	       percentile_us(&l, 50), percentile_us(&l, 95), percentile_us(&l, 99));
	for (i = 0; i < l.nsamples; i++) {
		free(l.samples[i].line);
		free(l.samples[i].want[0]);
		free(l.samples[i].want[1]);
	}
	for (i = 0; i < l.nclients; i++) {
		if (l.clients[i].fd >= 0)
			client_close(&l.clients[i]);
	}
	free(l.samples);
	free(l.clients);
	free(l.times);
	return l.wrong > 0;
}
