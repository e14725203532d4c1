/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libdragoman and what a daemon pushes between its replies.
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "client/lib/dragoman.h"
#include "tests/unit/fake_server.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define PUSH_1 "* watch=w1 rev=7 rows=2\n" \
	"R\t1\ta/b\t0.00\t2025-03-27\tWire\tOne\\ttwo\nR\t2\tc\t0.00\t\t\t\n"
#define PUSH_2 "* watch=w1 rev=8 rows=0\r\n"
#define PUSH_GONE "* watch=w1 rev=8 gone=1\n{\"t\":\"*\",\"watch\":\"w2\",\"rev\":8,\"gone\":1}\n"
#define PUSH_3 "{\"t\":\"*\",\"watch\":\"w2\",\"rev\":9,\"rows\":1}\n" \
	"{\"t\":\"R\",\"rank\":1,\"id\":\"x\"}\n"
#define REPLY "K\tkey\tvalue\n. 250 rows=1\n"

/* What the server says at once, to each request, and whether in single bytes. */
struct script {
	const char *first, *reply;
	bool bytewise, leaves;    /* leaves: closes after what it says first */
};

static void
say(int fd, const char *text, bool bytewise)
{
	char byte[2] = "";

	if (!bytewise)
		fake_say(fd, text);
	for (; bytewise && *text != '\0'; text++) {
		byte[0] = *text;
		fake_say(fd, byte);
		sched_yield();
	}
}

static void
serve(int fd, void *arg)
{
	const struct script *s = arg;
	char line[FAKE_LINE_MAX];

	if (!fake_say(fd, FAKE_GREETING))
		return;
	say(fd, s->first, s->bytewise);
	while (!s->leaves && fake_hear(fd, line))
		say(fd, s->reply, s->bytewise);
}

static struct dragoman *
start(struct fake *f, struct script *s)
{
	struct dragoman *h = dragoman_new();

	fake_start(f, serve, s);
	assert_non_null(h);
	assert_int_equal(dragoman_fd(h), -1);
	assert_int_equal(dragoman_connect(h, f->path, NULL), DRAGOMAN_OK);
	assert_true(dragoman_fd(h) >= 0);
	return h;
}

static void
stop(struct fake *f, struct dragoman *h)
{
	dragoman_free(h);
	fake_stop(f);
}

/* From here on the test itself is at the other end of H's connection: what it
 * says there has come before H asks for anything. */
static int
take_over(struct dragoman *h)
{
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair), 0);
	assert_true(dup2(pair[0], dragoman_fd(h)) >= 0);
	close(pair[0]);
	return pair[1];
}

static void
check_reply(struct dragoman *h)
{
	struct dragoman_reply *reply;
	struct dragoman_error err;
	struct dragoman_row row;

	if (dragoman_request(h, "GET", NULL, "x", &reply, &err) != DRAGOMAN_OK)
		fail_msg("%s", err.text);
	assert_int_equal(dragoman_number(reply, "rows", 0), 1);
	assert_int_equal(dragoman_next(reply, &row), 1);
	assert_int_equal(row.letter, 'K');
	assert_string_equal(dragoman_field(&row, 1), "value");
	assert_int_equal(dragoman_next(reply, &row), 0);
	dragoman_reply_free(reply);
}

/* The three pushes above. */
static void
check_pushes(struct dragoman *h, int timeout_ms)
{
	struct dragoman_reply *push;
	struct dragoman_error err;
	struct dragoman_row row;
	size_t len;
	int i;

	if (dragoman_push(h, timeout_ms, &push, &err) != DRAGOMAN_OK)
		fail_msg("%s", err.text);
	assert_int_equal(dragoman_code(push), 0);
	assert_string_equal(dragoman_figure(push, "watch"), "w1");
	assert_int_equal(dragoman_number(push, "rev", 0), 7);
	assert_int_equal(dragoman_number(push, "rows", 0), 2);
	assert_string_equal(dragoman_text(push, &len), PUSH_1);
	for (i = 0; i < 2; i++) {
		assert_int_equal(dragoman_next(push, &row), 1);
		assert_int_equal(row.letter, 'R');
		assert_string_equal(dragoman_field(&row, DRAGOMAN_ID), "a/b");
		assert_string_equal(dragoman_field(&row, DRAGOMAN_TITLE), "One\ttwo");
		assert_int_equal(dragoman_next(push, &row), 1);
		assert_int_equal(row.nfields, 6);
		assert_string_equal(dragoman_field(&row, DRAGOMAN_ID), "c");
		assert_int_equal(dragoman_next(push, &row), 0);
		dragoman_rewind(push);
	}
	dragoman_reply_free(push);

	assert_int_equal(dragoman_push(h, timeout_ms, &push, &err), DRAGOMAN_OK);
	assert_int_equal(dragoman_number(push, "rev", 0), 8);
	assert_int_equal(dragoman_next(push, &row), 0);
	dragoman_reply_free(push);

	assert_int_equal(dragoman_push(h, timeout_ms, &push, &err), DRAGOMAN_OK);
	assert_string_equal(dragoman_figure(push, "watch"), "w2");
	assert_int_equal(dragoman_number(push, "rev", 0), 9);
	assert_int_equal(dragoman_next(push, &row), 1);
	assert_int_equal(row.letter, '{');
	assert_string_equal(row.field[0], "{\"t\":\"R\",\"rank\":1,\"id\":\"x\"}");
	assert_int_equal(dragoman_next(push, &row), 0);
	dragoman_reply_free(push);

	assert_int_equal(dragoman_push(h, 0, &push, &err), DRAGOMAN_TIMEOUT);
	assert_null(push);
	assert_true(dragoman_fd(h) >= 0);
}

/* Waited for, with nothing asked. */
static void
waited_for(void **state)
{
	struct script s = { PUSH_1 PUSH_2 PUSH_3, REPLY, false, false };
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct dragoman *h;
		struct fake f;

		s.bytewise = i == 1;
		h = start(&f, &s);
		check_pushes(h, i == 0 ? -1 : 30000);
		check_reply(h);
		stop(&f, h);
	}
}

/* Between the request and its reply. */
static void
before_replies(void **state)
{
	struct script s = { "", PUSH_1 PUSH_2 PUSH_3 REPLY, false, false };
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct dragoman *h;
		struct fake f;
		int round;

		s.bytewise = i == 1;
		h = start(&f, &s);
		for (round = 0; round < 3; round++) {
			check_reply(h);
			check_pushes(h, 0);
		}
		stop(&f, h);
	}
}

struct answer {
	int fd;
	const char *reply;
};

/* Waits for a request and answers it. */
static void *
answer(void *arg)
{
	struct answer *a = arg;
	struct pollfd p = { .fd = a->fd, .events = POLLIN };
	char line[FAKE_LINE_MAX];

	if (poll(&p, 1, 30000) == 1 && fake_hear(a->fd, line))
		fake_say(a->fd, a->reply);
	return NULL;
}

/* There before the request; the last of it comes after it. */
static void
before_requests(void **state)
{
	static const struct { const char *first, *reply; } rows[] = {
		{ PUSH_1 PUSH_2 PUSH_3, REPLY },
		{ PUSH_1 PUSH_2 "{\"t\":\"*\",\"watch\":\"w2\",\"rev\":9,\"rows\":1}\n",
		  "{\"t\":\"R\",\"rank\":1,\"id\":\"x\"}\n" REPLY },
		{ PUSH_1 PUSH_2 "{\"t\":", "\"*\",\"watch\":\"w2\",\"rev\":9,\"rows\":1}\n"
		  "{\"t\":\"R\",\"rank\":1,\"id\":\"x\"}\n" REPLY },
		{ "*", &(PUSH_1 PUSH_2 PUSH_3 REPLY)[1] },
		{ "* watch=w1 rev=7 rows=2\nR\t1", &(PUSH_1 PUSH_2 PUSH_3 REPLY)[27] },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct script s = { "", "", false, false };
		struct answer a = { .reply = rows[i].reply };
		struct dragoman *h;
		pthread_t thread;
		struct fake f;

		h = start(&f, &s);
		a.fd = take_over(h);
		assert_true(fake_say(a.fd, rows[i].first));
		assert_int_equal(pthread_create(&thread, NULL, answer, &a), 0);
		check_reply(h);
		check_pushes(h, 0);
		pthread_join(thread, NULL);
		close(a.fd);
		stop(&f, h);
	}
}

/* A time limit passes within a push: nothing of it is lost. */
static void
in_parts(void **state)
{
	struct script s = { "", "", false, false };
	struct dragoman_reply *push;
	struct dragoman_error err;
	struct dragoman *h;
	struct fake f;
	const char *p;
	int fd;

	(void)state;
	h = start(&f, &s);
	fd = take_over(h);
	for (p = PUSH_1; p[1] != '\0'; p++) {
		assert_int_equal(send(fd, p, 1, 0), 1);
		assert_int_equal(dragoman_push(h, *p == '\t', &push, &err), DRAGOMAN_TIMEOUT);
		assert_null(push);
	}
	assert_true(fake_say(fd, "\n" PUSH_2 PUSH_3));
	check_pushes(h, 0);
	close(fd);
	stop(&f, h);
}

/* The connection ends: whole pushes are still there, then the error is told;
 * connecting again drops what was not taken. */
static void
ends(void **state)
{
	struct script s = { PUSH_1 PUSH_2 "* watch=w1 rev=9 rows=1\n", "", false, true };
	struct script s2 = { PUSH_3, "", false, false };
	struct dragoman_reply *push, *reply;
	struct dragoman_error err;
	struct fake f, f2;
	struct dragoman *h;

	(void)state;
	h = start(&f, &s);
	assert_int_equal(dragoman_push(h, -1, &push, &err), DRAGOMAN_OK);
	dragoman_reply_free(push);
	assert_int_equal(dragoman_request(h, "PING", NULL, NULL, &reply, &err), DRAGOMAN_IO);
	assert_int_equal(dragoman_fd(h), -1);
	assert_int_equal(dragoman_push(h, -1, &push, &err), DRAGOMAN_OK);
	assert_int_equal(dragoman_number(push, "rev", 0), 8);
	dragoman_reply_free(push);
	assert_int_equal(dragoman_push(h, -1, &push, &err), DRAGOMAN_NOT_CONNECTED);

	assert_int_equal(dragoman_connect(h, f.path, &err), DRAGOMAN_OK);
	assert_int_equal(dragoman_push(h, -1, &push, &err), DRAGOMAN_OK);
	assert_int_equal(dragoman_number(push, "rev", 0), 7);
	dragoman_reply_free(push);
	assert_int_equal(dragoman_request(h, "PING", NULL, NULL, &reply, &err), DRAGOMAN_IO);
	fake_start(&f2, serve, &s2);
	assert_int_equal(dragoman_connect(h, f2.path, &err), DRAGOMAN_OK);
	assert_int_equal(dragoman_push(h, -1, &push, &err), DRAGOMAN_OK);
	assert_int_equal(dragoman_number(push, "rev", 0), 9);
	dragoman_reply_free(push);
	assert_int_equal(dragoman_push(h, 0, &push, &err), DRAGOMAN_TIMEOUT);
	stop(&f, h);
	fake_stop(&f2);
}

/* The last push of a watch that the daemon gives up has no rows. */
static void
gone(void **state)
{
	struct script s = { PUSH_GONE, REPLY, false, false };
	struct dragoman_reply *push;
	struct dragoman_row row;
	struct dragoman *h;
	struct fake f;
	int i;

	(void)state;
	h = start(&f, &s);
	for (i = 0; i < 2; i++) {
		assert_int_equal(dragoman_push(h, -1, &push, NULL), DRAGOMAN_OK);
		assert_string_equal(dragoman_figure(push, "watch"), i == 0 ? "w1" : "w2");
		assert_string_equal(dragoman_figure(push, "gone"), "1");
		assert_int_equal(dragoman_next(push, &row), 0);
		dragoman_reply_free(push);
	}
	check_reply(h);
	stop(&f, h);
}

static void
no_pushes(void **state)
{
	static const struct { const char *first; enum dragoman_status status; } rows[] = {
		{ "* watch=w1 rev=7 rows=-1\n", DRAGOMAN_PROTOCOL },
		{ "* watch=w1 rev=7 rows=x\n", DRAGOMAN_PROTOCOL },
		{ "* watch=w1 rev=7 rows=\n", DRAGOMAN_PROTOCOL },
		{ "* watch=w1 rows=0 \x1B[1m\n", DRAGOMAN_PROTOCOL },
		{ "{\"t\":\"*\",\"rev\":7,\"rows\":null}\n", DRAGOMAN_PROTOCOL },
		{ "{\"t\":\"*\",\"rev\":7,\"rows\":1\n", DRAGOMAN_PROTOCOL },
		{ "* watch=w1 rows=2\nR\t1\n. 250\n", DRAGOMAN_PROTOCOL },
		{ "* watch=w1 rows=2\nR\t1\n* watch=w1 rows=0\n", DRAGOMAN_PROTOCOL },
		{ "* watch=w1 rows=1\n{\"t\":\".\",\"code\":250}\n", DRAGOMAN_PROTOCOL },
		{ "* watch=w1 rows=1\n{\"t\":\"*\",\"rows\":0}\n", DRAGOMAN_PROTOCOL },
		{ "* watch=w1 rows=1\nR\t\xFF\n", DRAGOMAN_PROTOCOL },
		{ "* watch=w1 rows=2\nR\t1234567890123456\nR\t1234567890123456\n",
		  DRAGOMAN_TOO_LARGE },
		{ "R\t1\n", DRAGOMAN_IO },
		{ ". 421 ending\n", DRAGOMAN_IO },
		{ "\n", DRAGOMAN_IO },
	};
	struct dragoman_reply *push, *reply;
	struct script silence = { "", "", false, false };
	struct dragoman_error err;
	struct fake quiet;
	size_t i;
	int fd;

	(void)state;
	fake_start(&quiet, serve, &silence);
	for (i = 0; i < COUNT(rows); i++) {
		struct script s = { rows[i].first, REPLY, false, false };
		struct dragoman *h;
		struct fake f;

		h = start(&f, &s);
		dragoman_set_reply_max(h, 40);
		assert_int_equal(dragoman_push(h, -1, &push, &err), rows[i].status);
		assert_null(push);
		assert_int_equal(err.status, rows[i].status);
		assert_int_equal(dragoman_push(h, -1, &push, NULL), DRAGOMAN_NOT_CONNECTED);
		/* Before a request it is the same. */
		assert_int_equal(dragoman_connect(h, quiet.path, &err), DRAGOMAN_OK);
		fd = take_over(h);
		assert_true(fake_say(fd, rows[i].first));
		assert_int_equal(dragoman_request(h, "PING", NULL, NULL, &reply, &err),
				 rows[i].status);
		assert_int_equal(dragoman_fd(h), -1);
		close(fd);
		stop(&f, h);
	}
	fake_stop(&quiet);
}

/* No push within a reply, and none that nobody collects for ever. */
static void
misplaced_and_uncollected(void **state)
{
	struct script s = { "", "K\ta\tb\n* watch=w1 rev=7 rows=0\n. 250\n", false, false };
	struct script s2 = { "", PUSH_1 REPLY, false, false };
	struct dragoman_reply *reply = NULL;
	struct dragoman_error err;
	struct fake f, f2;
	struct dragoman *h;
	int rounds = 0;

	(void)state;
	h = start(&f, &s);
	assert_int_equal(dragoman_request(h, "PING", NULL, NULL, &reply, &err), DRAGOMAN_PROTOCOL);
	fake_start(&f2, serve, &s2);
	dragoman_set_reply_max(h, 10 * strlen(PUSH_1));
	assert_int_equal(dragoman_connect(h, f2.path, &err), DRAGOMAN_OK);
	while (dragoman_request(h, "PING", NULL, NULL, &reply, &err) == DRAGOMAN_OK) {
		dragoman_reply_free(reply);
		rounds++;
	}
	assert_int_equal(err.status, DRAGOMAN_TOO_LARGE);
	assert_int_equal(rounds, 10);
	while (dragoman_push(h, 0, &reply, &err) == DRAGOMAN_OK) {
		dragoman_reply_free(reply);
		rounds--;
	}
	assert_int_equal(err.status, DRAGOMAN_NOT_CONNECTED);
	assert_int_equal(rounds, 0);
	stop(&f, h);
	fake_stop(&f2);
}

/* One thread waits for pushes while another one makes requests. */
enum { ROUNDS = 200 };

static void *
collect(void *arg)
{
	struct dragoman *h = arg;
	intptr_t got = 0;

	while (got < ROUNDS) {
		struct dragoman_reply *push;
		enum dragoman_status status = dragoman_push(h, 1, &push, NULL);

		if (status != DRAGOMAN_OK && status != DRAGOMAN_TIMEOUT)
			break;
		got += status == DRAGOMAN_OK && dragoman_number(push, "rev", 0) == 7;
		dragoman_reply_free(push);
		sched_yield();
	}
	return (void *)got;
}

static void
two_threads(void **state)
{
	struct script s = { "", PUSH_1 REPLY, false, false };
	struct dragoman *h;
	pthread_t thread;
	struct fake f;
	void *got;
	int i;

	(void)state;
	h = start(&f, &s);
	assert_int_equal(pthread_create(&thread, NULL, collect, h), 0);
	for (i = 0; i < ROUNDS; i++)
		check_reply(h);
	pthread_join(thread, &got);
	assert_int_equal((intptr_t)got, ROUNDS);
	stop(&f, h);
}

/* Who waits on a connection over TCP is told when the other side is gone. */
static void *
accept_one(void *arg)
{
	int fd = accept(*(int *)arg, NULL, NULL);

	if (fd >= 0)
		fake_say(fd, FAKE_GREETING);
	return (void *)(intptr_t)fd;
}

static void
keepalive(void **state)
{
	struct sockaddr_in addr = { .sin_family = AF_INET };
	socklen_t len = sizeof(addr), size = sizeof(int);
	struct dragoman *h = dragoman_new();
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 0, idle = 0;
	pthread_t thread;
	char where[40];
	void *other;

	(void)state;
	addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&addr, sizeof(addr)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&addr, &len), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(pthread_create(&thread, NULL, accept_one, &fd), 0);
	snprintf(where, sizeof(where), "127.0.0.1:%d", ntohs(addr.sin_port));
	assert_int_equal(dragoman_connect(h, where, NULL), DRAGOMAN_OK);
	getsockopt(dragoman_fd(h), SOL_SOCKET, SO_KEEPALIVE, &on, &size);
	getsockopt(dragoman_fd(h), IPPROTO_TCP, TCP_KEEPIDLE, &idle, &size);
	assert_true(on);
	assert_in_range(idle, 1, 60);
	pthread_join(thread, &other);
	close((int)(intptr_t)other);
	close(fd);
	dragoman_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waited_for),
		cmocka_unit_test(before_replies),
		cmocka_unit_test(before_requests),
		cmocka_unit_test(in_parts),
		cmocka_unit_test(ends),
		cmocka_unit_test(gone),
		cmocka_unit_test(no_pushes),
		cmocka_unit_test(misplaced_and_uncollected),
		cmocka_unit_test(two_threads),
		cmocka_unit_test(keepalive),
	};

	return cmocka_run_group_tests_name("client_push", tests, NULL, NULL);
}
