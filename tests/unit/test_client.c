/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libdragoman against a server that the test scripts.
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "client/lib/dragoman.h"
#include "tests/unit/fake_server.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct dragoman *
connected(const struct fake *f)
{
	struct dragoman *h = dragoman_new();
	struct dragoman_error err;

	assert_non_null(h);
	if (dragoman_connect(h, f->path, &err) != DRAGOMAN_OK)
		fail_msg("%s", err.text);
	return h;
}

/* ---- a whole exchange ---- */

struct exchange {
	char *reply;
	bool bytewise;
	pthread_mutex_t lock;
	char heard[FAKE_LINE_MAX];    /* the last request */
};

static struct exchange x = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void
set_reply(const char *reply, bool bytewise)
{
	pthread_mutex_lock(&x.lock);
	free(x.reply);
	x.reply = reply != NULL ? strdup(reply) : NULL;
	x.bytewise = bytewise;
	x.heard[0] = '\0';
	pthread_mutex_unlock(&x.lock);
}

static void
assert_heard(const char *want)
{
	pthread_mutex_lock(&x.lock);
	assert_string_equal(x.heard, want);
	pthread_mutex_unlock(&x.lock);
}

static void
serve_exchange(int fd, void *arg)
{
	char line[FAKE_LINE_MAX];

	(void)arg;
	if (!fake_say(fd, FAKE_GREETING))
		return;
	while (fake_hear(fd, line)) {
		char byte[2] = "", *reply, *p;
		bool bytewise;

		pthread_mutex_lock(&x.lock);
		strcpy(x.heard, line);
		reply = strdup(x.reply);
		bytewise = x.bytewise;
		pthread_mutex_unlock(&x.lock);
		if (!bytewise)
			fake_say(fd, reply);
		for (p = reply; bytewise && *p != '\0'; p++) {
			byte[0] = *p;
			fake_say(fd, byte);
			sched_yield();
		}
		free(reply);
	}
}

static void
check_rows(struct dragoman_reply *reply)
{
	struct dragoman_row row;

	assert_int_equal(dragoman_next(reply, &row), 1);
	assert_int_equal(row.letter, 'R');
	assert_int_equal(row.nfields, 6);
	assert_string_equal(dragoman_field(&row, DRAGOMAN_ID), "a/b.txt");
	assert_string_equal(dragoman_field(&row, DRAGOMAN_SOURCE), "");
	assert_string_equal(dragoman_field(&row, DRAGOMAN_TITLE), "Tab\tand \\ and\nline \x1B");
	assert_string_equal(dragoman_field(&row, 6), "");
	assert_int_equal(dragoman_next(reply, &row), 1);
	assert_int_equal(row.letter, 'S');
	assert_int_equal(row.nfields, 1);
	assert_int_equal(row.length[0], 3);
	assert_memory_equal(row.field[0], "a\0b", 4);
	assert_int_equal(dragoman_next(reply, &row), 1);
	assert_int_equal(row.letter, 'W');
	assert_int_equal(row.nfields, 2);
	assert_string_equal(dragoman_field(&row, 1), "");
	assert_int_equal(dragoman_next(reply, &row), 1);
	assert_int_equal(row.nfields, 0);
	assert_int_equal(dragoman_next(reply, &row), 0);
	assert_int_equal(dragoman_next(reply, &row), 0);
}

static void
exchange(bool bytewise)
{
	static const struct dragoman_option options[] = {
		{ "limit", "2" }, { "mark", "<i >,\\" }, { "from", "" }, { NULL, NULL }
	};
	struct dragoman_reply *reply;
	struct dragoman_error err;
	struct dragoman *h;
	struct fake f;
	size_t len;
	int i;

	set_reply("R\t1\ta/b.txt\t14.21\t2025-03-27\t\tTab\\tand \\\\ and\\nline \\x1B\r\n"
		  "S\ta\\x00b\nW\ttext\t\nZ\n. 250 rows=1 total=-7 exact=no gen=\n", bytewise);
	fake_start(&f, serve_exchange, NULL);
	h = connected(&f);
	for (i = 0; i < 3; i++) {
		assert_int_equal(dragoman_search(h, "caatsa \"a b\"", options, &reply, &err),
				 DRAGOMAN_OK);
		assert_heard("SEARCH limit=2 mark=\"<i >,\\\\\" from=\"\" -- caatsa \"a b\"");
		check_rows(reply);
		dragoman_rewind(reply);
		check_rows(reply);
		assert_int_equal(dragoman_code(reply), 250);
		assert_string_equal(dragoman_figure(reply, "rows"), "1");
		assert_int_equal(dragoman_number(reply, "total", 5), -7);
		assert_int_equal(dragoman_number(reply, "exact", 5), 5);
		assert_int_equal(dragoman_number(reply, "gen", 5), 5);
		assert_int_equal(dragoman_number(reply, "absent", 5), 5);
		assert_null(dragoman_figure(reply, "absent"));
		assert_non_null(strstr(dragoman_text(reply, &len), "\nS\ta\\x00b\nW"));
		dragoman_reply_free(reply);
	}
	dragoman_free(h);
	fake_stop(&f);
}

static void
rows_and_figures(void **state)
{
	(void)state;
	exchange(false);
}

static void
byte_by_byte(void **state)
{
	(void)state;
	exchange(true);
}

static void
json_replies(void **state)
{
	static const struct { const char *end; int code; const char *key, *value; } good[] = {
		{ "{\"t\":\".\",\"code\":250,\"rows\":0,\"total\":12}", 250, "total", "12" },
		{ "{ \"t\" : \".\" , \"code\" : 250 , \"x\":[1,{\"]\":\"}\"}], \"exact\":true }",
		  250, "exact", "true" },
		{ "{\"t\":\".\",\"code\":250,\"tag\":\"q\",\"s\":\"\\u00fc\\ud83d\\ude00\\n\\\"\"}",
		  250, "s", "\xC3\xBC\xF0\x9F\x98\x80\n\"" },
	};
	static const char *const bad[] = {
		"{\"t\":\".\"", "{\"t\":\".\",\"code\":250", "{\"t\":\".\",\"code\":250}}",
		"{\"t\":\".\"}", "{\"t\":\".\",\"code\":}", "{\"t\":\".\",\"code\":250,\"a\":\"\\u12\"}",
		"{\"t\":\".\",\"code\":250,\"a\":\"\\ud800\"}", "{\"t\":\".\",\"code\":250,}",
		"{\"t\":\".\",\"code\":250,\"a\":[\"}\"",
	};
	struct dragoman_reply *reply;
	struct dragoman_row row;
	struct dragoman_error err;
	struct dragoman *h;
	struct fake f;
	char text[400];
	size_t i;

	(void)state;
	fake_start(&f, serve_exchange, NULL);
	h = connected(&f);
	for (i = 0; i < COUNT(good); i++) {
		snprintf(text, sizeof(text), "{\"t\":\"R\",\"rank\":1,\"x\":\"\\u0001\"}\n%s\n",
			 good[i].end);
		set_reply(text, false);
		assert_int_equal(dragoman_request(h, "search", NULL, "x", &reply, &err), DRAGOMAN_OK);
		assert_int_equal(dragoman_code(reply), good[i].code);
		assert_string_equal(dragoman_figure(reply, good[i].key), good[i].value);
		assert_int_equal(dragoman_next(reply, &row), 1);
		assert_int_equal(row.letter, '{');
		assert_string_equal(row.field[0], "{\"t\":\"R\",\"rank\":1,\"x\":\"\\u0001\"}");
		assert_int_equal(dragoman_next(reply, &row), 0);
		dragoman_reply_free(reply);
	}
	for (i = 0; i < COUNT(bad); i++) {
		snprintf(text, sizeof(text), "%s\n", bad[i]);
		set_reply(text, false);
		assert_int_equal(dragoman_request(h, "PING", NULL, NULL, &reply, &err),
				 DRAGOMAN_PROTOCOL);
		assert_null(reply);
		assert_int_equal(dragoman_connect(h, f.path, &err), DRAGOMAN_OK);
	}
	dragoman_free(h);
	fake_stop(&f);
}

/* ---- errors that the daemon answers ---- */

static void
refusals(void **state)
{
	static const struct { const char *end; int code, column; const char *text; } rows[] = {
		{ ". 510 col=7 unmatched \"(\"", 510, 7, "unmatched \"(\"" },
		{ ". 504 limit=x is no number", 504, 0, "limit=x is no number" },
		{ ". 550 @t no such article", 550, 0, "no such article" },
		{ ". 550 @t gen=3 rev=17 no article \"x\"", 550, 0, "no article \"x\"" },
		{ ". 409 gen=3 rev=17 revision 16 is gone", 409, 0, "revision 16 is gone" },
		{ ". 421 overloaded\r", 421, 0, "overloaded" },
		{ ". 451", 451, 0, "the daemon gave no reason" },
		{ ". 500 unknown verb \\x1B[1m\\\\", 500, 0, "unknown verb \x1B[1m\\" },
		{ "{\"t\":\".\",\"code\":510,\"col\":3,\"error\":\"a \\\"b\\\\\"}", 510, 3, "a \"b\\" },
	};
	struct dragoman_reply *reply;
	struct dragoman_error err;
	struct dragoman *h;
	struct fake f;
	char text[200];
	size_t i;

	(void)state;
	fake_start(&f, serve_exchange, NULL);
	h = connected(&f);
	for (i = 0; i < COUNT(rows); i++) {
		snprintf(text, sizeof(text), "%s\n", rows[i].end);
		set_reply(text, false);
		assert_int_equal(dragoman_search(h, "(", NULL, &reply, &err), DRAGOMAN_REFUSED);
		assert_null(reply);
		assert_int_equal(err.status, DRAGOMAN_REFUSED);
		assert_int_equal(err.code, rows[i].code);
		assert_int_equal(err.column, rows[i].column);
		assert_string_equal(err.text, rows[i].text);
		assert_int_equal(dragoman_search(h, "(", NULL, &reply, NULL), DRAGOMAN_REFUSED);
		assert_int_equal(dragoman_raw(h, "SEARCH (", &reply, &err), DRAGOMAN_OK);
		assert_int_equal(dragoman_code(reply), rows[i].code);
		dragoman_reply_free(reply);
	}
	dragoman_free(h);
	fake_stop(&f);
}

static void
bad_arguments(void **state)
{
	static char huge[17000];
	static const struct { const char *verb, *key, *value, *rest; } rows[] = {
		{ NULL, NULL, NULL, NULL }, { "", NULL, NULL, NULL },
		{ "PING PING", NULL, NULL, NULL }, { "PING\nQUIT", NULL, NULL, NULL },
		{ "@t", NULL, NULL, NULL }, { "SEARCH", "a b", "1", "x" },
		{ "SEARCH", "", "1", "x" }, { "SEARCH", "A", "1", "x" }, { "SEARCH", "1a", "1", "x" },
		{ "SEARCH", "limit", NULL, "x" }, { "SEARCH", "limit", "1\nQUIT", "x" },
		{ "SEARCH", "limit", "\x07", "x" }, { "SEARCH", "limit", "\xFF", "x" },
		{ "SEARCH", NULL, NULL, "x\nQUIT" }, { "SEARCH", NULL, NULL, "x\r" },
		{ "SEARCH", NULL, NULL, "a\x01" }, { "SEARCH", NULL, NULL, "a\x7F" },
		{ "SEARCH", NULL, NULL, "\xC3" }, { "SEARCH", NULL, NULL, huge },
		{ "SEARCH", "limit", huge, NULL },
	};
	struct dragoman_reply *reply;
	struct dragoman_error err;
	struct dragoman *h;
	struct fake f;
	size_t i;

	(void)state;
	memset(huge, 'x', sizeof(huge) - 1);
	set_reply(". 250\n", false);
	fake_start(&f, serve_exchange, NULL);
	h = connected(&f);
	for (i = 0; i < COUNT(rows); i++) {
		const struct dragoman_option options[] = {
			{ rows[i].key, rows[i].value }, { NULL, NULL }
		};

		assert_int_equal(dragoman_request(h, rows[i].verb, options, rows[i].rest,
						  &reply, &err), DRAGOMAN_BAD_ARGUMENT);
		assert_null(reply);
		assert_true(err.text[0] != '\0');
	}
	assert_int_equal(dragoman_raw(h, "PING\nPING", &reply, &err), DRAGOMAN_BAD_ARGUMENT);
	assert_heard("");
	/* The longest that may be, and a TAB, do go out. */
	huge[16384 - strlen("SEARCH -- ")] = '\0';
	huge[5] = '\t';
	assert_int_equal(dragoman_search(h, huge, NULL, &reply, &err), DRAGOMAN_OK);
	dragoman_reply_free(reply);
	dragoman_free(h);
	fake_stop(&f);
	assert_int_equal(strlen(x.heard), 16384);
}

/* ---- replies that are none ---- */

struct broken {
	const char *greeting, *reply;
	bool silent;    /* says no more, but stays */
};

static void
serve_broken(int fd, void *arg)
{
	const struct broken *b = arg;
	char line[FAKE_LINE_MAX];

	if (fake_say(fd, b->greeting) && b->reply != NULL && fake_hear(fd, line))
		fake_say(fd, b->reply);
	while (b->silent && fake_hear(fd, line))
		;
}

static void
broken_replies(void **state)
{
	static const struct { const char *reply; bool silent; enum dragoman_status status; } rows[] = {
		{ "", false, DRAGOMAN_IO },
		{ "R\t1", false, DRAGOMAN_IO },
		{ "R\t1\n", false, DRAGOMAN_IO },
		{ "R\t1\n. 250 rows=1", false, DRAGOMAN_IO },
		{ "", true, DRAGOMAN_TIMEOUT },
		{ "R\t1\n. 25", true, DRAGOMAN_TIMEOUT },
		{ "hello\n. 250\n", true, DRAGOMAN_PROTOCOL },
		{ "\n", true, DRAGOMAN_PROTOCOL },
		{ "Rx\t1\n", true, DRAGOMAN_PROTOCOL },
		{ "R\t\xFF\n. 250\n", true, DRAGOMAN_PROTOCOL },
		{ "R\t\x1B[31m\n. 250\n", true, DRAGOMAN_PROTOCOL },
		{ ". 2500\n", true, DRAGOMAN_PROTOCOL },
		{ ". 25\n", true, DRAGOMAN_PROTOCOL },
		{ ". x\n", true, DRAGOMAN_PROTOCOL },
		{ ". \n", true, DRAGOMAN_PROTOCOL },
		{ ". 000\n", true, DRAGOMAN_PROTOCOL },
		{ "T\t1234567890\nT\t1234567890\nT\t1234567890\n. 250\n", true, DRAGOMAN_TOO_LARGE },
		{ "T\t12345678901234567890123456789012345678901234567890", true, DRAGOMAN_TOO_LARGE },
	};
	static struct broken b = { .greeting = FAKE_GREETING };
	struct dragoman_reply *reply;
	struct dragoman_error err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct dragoman *h;
		struct fake f;

		b.reply = rows[i].reply;
		b.silent = rows[i].silent;
		fake_start(&f, serve_broken, &b);
		h = connected(&f);
		dragoman_set_timeouts(h, 5000, rows[i].status == DRAGOMAN_TIMEOUT ? 60 : 5000);
		dragoman_set_reply_max(h, 40);
		assert_int_equal(dragoman_search(h, "x", NULL, &reply, &err), rows[i].status);
		assert_null(reply);
		assert_int_equal(err.status, rows[i].status);
		assert_int_equal(dragoman_search(h, "x", NULL, &reply, &err),
				 DRAGOMAN_NOT_CONNECTED);
		assert_int_equal(dragoman_connect(h, f.path, &err), DRAGOMAN_OK);
		dragoman_free(h);
		fake_stop(&f);
	}
}

static void
greetings(void **state)
{
	static const struct { const char *greeting; bool silent; enum dragoman_status status; int code; } rows[] = {
		{ ". 200 dragoman/9 proto=1\n", true, DRAGOMAN_OK, 0 },
		{ ". 200 dragoman/9 gen=1 caps=a,b words proto=1 more\r\n", true, DRAGOMAN_OK, 0 },
		{ ". 200 dragoman/9 proto=2\n", true, DRAGOMAN_PROTOCOL, 0 },
		{ ". 200 dragoman/9\n", true, DRAGOMAN_PROTOCOL, 0 },
		{ ". 250 proto=1\n", true, DRAGOMAN_PROTOCOL, 0 },
		{ "R\t1\n", true, DRAGOMAN_PROTOCOL, 0 },
		{ "220 mail ESMTP\n", true, DRAGOMAN_PROTOCOL, 0 },
		{ "HTTP/1.1 400 Bad Request\r\n", true, DRAGOMAN_PROTOCOL, 0 },
		{ ". 421 too many clients\n", false, DRAGOMAN_REFUSED, 421 },
		{ ". 200 dragoman/9 proto=1", false, DRAGOMAN_IO, 0 },
		{ "", false, DRAGOMAN_IO, 0 },
		{ "", true, DRAGOMAN_TIMEOUT, 0 },
		{ ". 200 dra", true, DRAGOMAN_TIMEOUT, 0 },
	};
	static struct broken b;
	struct dragoman_reply *reply;
	struct dragoman_error err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct dragoman *h = dragoman_new();
		struct fake f;

		b.greeting = rows[i].greeting;
		b.silent = rows[i].silent;
		fake_start(&f, serve_broken, &b);
		dragoman_set_timeouts(h, rows[i].status == DRAGOMAN_TIMEOUT ? 60 : 5000, 0);
		assert_int_equal(dragoman_connect(h, f.path, &err), rows[i].status);
		if (rows[i].status != DRAGOMAN_OK) {
			assert_int_equal(err.code, rows[i].code);
			assert_memory_equal(err.text, f.path, strlen(f.path));
			assert_int_equal(dragoman_search(h, "x", NULL, &reply, &err),
					 DRAGOMAN_NOT_CONNECTED);
		}
		dragoman_free(h);
		fake_stop(&f);
	}
}

/* A connection that has ended, or on which something stands that nobody asked
 * for, is not used for a request. No SIGPIPE: it would end the test. */
static void
stale_connection(void **state)
{
	static struct broken b = { .greeting = FAKE_GREETING ". 421 going down\n", .silent = true };
	struct dragoman_reply *reply;
	struct dragoman_error err;
	struct dragoman *h;
	struct fake f;

	(void)state;
	fake_start(&f, serve_broken, &b);
	h = connected(&f);
	assert_int_equal(dragoman_search(h, "x", NULL, &reply, &err), DRAGOMAN_IO);
	dragoman_free(h);
	fake_stop(&f);

	b.greeting = FAKE_GREETING;
	b.silent = false;
	fake_start(&f, serve_broken, &b);
	h = connected(&f);
	fake_stop(&f);
	assert_int_equal(dragoman_search(h, "x", NULL, &reply, &err), DRAGOMAN_IO);
	assert_int_equal(dragoman_search(h, "x", NULL, &reply, &err), DRAGOMAN_NOT_CONNECTED);
	dragoman_free(h);
}

static void
big_reply(void **state)
{
	enum { PARAGRAPHS = 300, SIZE = 20000 };
	char *text = malloc(PARAGRAPHS * (SIZE + 3) + 20), *p = text;
	struct dragoman_reply *reply;
	struct dragoman_error err;
	struct dragoman_row row;
	struct dragoman *h;
	struct fake f;
	int i, n = 0;

	(void)state;
	assert_non_null(text);
	for (i = 0; i < PARAGRAPHS; i++) {
		*p++ = 'T';
		*p++ = '\t';
		memset(p, 'a' + i % 26, SIZE);
		p += SIZE;
		*p++ = '\n';
	}
	strcpy(p, ". 250 rows=300\n");
	set_reply(text, false);
	fake_start(&f, serve_exchange, NULL);
	h = connected(&f);
	assert_int_equal(dragoman_request(h, "GET", NULL, "big", &reply, &err), DRAGOMAN_OK);
	while (dragoman_next(reply, &row)) {
		assert_int_equal(row.length[0], SIZE);
		assert_int_equal(row.field[0][SIZE - 1], 'a' + n++ % 26);
	}
	assert_int_equal(n, PARAGRAPHS);
	dragoman_reply_free(reply);
	dragoman_free(h);
	fake_stop(&f);
	free(text);
}

/* ---- addresses ---- */

static void
addresses(void **state)
{
	struct dragoman *h = dragoman_new();
	struct dragoman_error err;
	struct fake f;
	char runtime[128], path[200], folder[160];

	(void)state;
	set_reply(". 250\n", false);
	fake_start(&f, serve_exchange, NULL);
	assert_int_equal(dragoman_connect(h, "/nowhere/socket", &err), DRAGOMAN_NO_DAEMON);
	assert_string_equal(err.text, "no daemon answers on /nowhere/socket");
	assert_int_equal(dragoman_connect(h, "127.0.0.1:1", &err), DRAGOMAN_NO_DAEMON);
	assert_int_equal(dragoman_connect(h, "[::1]:1", &err), DRAGOMAN_NO_DAEMON);
	assert_int_equal(dragoman_connect(h, f.folder, &err), DRAGOMAN_NO_DAEMON);
	memset(path, 'x', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	assert_int_equal(dragoman_connect(h, path, &err), DRAGOMAN_NO_DAEMON);

	snprintf(runtime, sizeof(runtime), "%s/run", f.folder);
	snprintf(folder, sizeof(folder), "%s/dragoman", f.folder);
	setenv("DRAGOMAN_SOCKET", f.path, 1);
	setenv("XDG_RUNTIME_DIR", runtime, 1);
	assert_int_equal(dragoman_connect(h, NULL, &err), DRAGOMAN_OK);
	setenv("DRAGOMAN_SOCKET", "/nowhere/socket", 1);
	if (access("/run/dragoman/socket", F_OK) != 0) {   /* this machine has no daemon */
		assert_int_equal(dragoman_connect(h, NULL, &err), DRAGOMAN_NO_DAEMON);
		assert_non_null(strstr(err.text, "/nowhere/socket, "));
		assert_non_null(strstr(err.text, "/run/dragoman/socket"));
	}
	/* The runtime folder's dragoman/socket, found behind one that is absent. */
	setenv("XDG_RUNTIME_DIR", f.folder, 1);
	assert_int_equal(symlink(f.folder, folder), 0);
	assert_int_equal(dragoman_connect(h, NULL, &err), DRAGOMAN_OK);
	unsetenv("DRAGOMAN_SOCKET");
	assert_int_equal(dragoman_connect(h, NULL, &err), DRAGOMAN_OK);
	unsetenv("XDG_RUNTIME_DIR");
	unlink(folder);
	dragoman_free(h);
	dragoman_free(NULL);
	fake_stop(&f);
}

/* ---- threads and signals ---- */

/* Answers each line with the line itself, in several writes. */
static void
serve_echo(int fd, void *arg)
{
	char line[FAKE_LINE_MAX];

	(void)arg;
	fake_say(fd, FAKE_GREETING);
	while (fake_hear(fd, line) && fake_say(fd, "K\techo\t") &&
	       fake_say(fd, line) && fake_say(fd, "\n. 250 ") && fake_say(fd, "rows=1\n"))
		;
}

struct asker {
	const char *path;
	struct dragoman *h;    /* shared; NULL: one of its own */
	int number, wrong;
	pthread_t thread;
};

static void *
ask(void *arg)
{
	struct asker *a = arg;
	struct dragoman *h = a->h != NULL ? a->h : dragoman_new();
	struct dragoman_reply *reply;
	struct dragoman_error err;
	struct dragoman_row row;
	char query[40], want[60];
	int i;

	if (a->h == NULL && dragoman_connect(h, a->path, &err) != DRAGOMAN_OK)
		a->wrong++;
	for (i = 0; i < 200; i++) {
		snprintf(query, sizeof(query), "%d-%d", a->number, i);
		snprintf(want, sizeof(want), "SEARCH -- %s", query);
		if (dragoman_search(h, query, NULL, &reply, &err) != DRAGOMAN_OK) {
			a->wrong++;
			continue;
		}
		if (!dragoman_next(reply, &row) || strcmp(dragoman_field(&row, 1), want) != 0)
			a->wrong++;
		dragoman_reply_free(reply);
	}
	if (a->h == NULL)
		dragoman_free(h);
	return NULL;
}

static void
ask_in_threads(bool shared)
{
	struct asker askers[4];
	struct dragoman *h = NULL;
	struct fake f;
	size_t i;

	fake_start(&f, serve_echo, NULL);
	if (shared)
		h = connected(&f);
	for (i = 0; i < COUNT(askers); i++) {
		askers[i] = (struct asker){ .path = f.path, .h = h, .number = (int)i };
		assert_int_equal(pthread_create(&askers[i].thread, NULL, ask, &askers[i]), 0);
	}
	for (i = 0; i < COUNT(askers); i++)
		pthread_join(askers[i].thread, NULL);
	for (i = 0; i < COUNT(askers); i++)
		assert_int_equal(askers[i].wrong, 0);
	dragoman_free(h);
	fake_stop(&f);
}

static void
one_handle_many_threads(void **state)
{
	(void)state;
	ask_in_threads(true);
}

static void
handles_of_their_own(void **state)
{
	(void)state;
	ask_in_threads(false);
}

static void
on_alarm(int number)
{
	(void)number;
}

/* A stream of signals interrupts the waits; the deadline still holds. */
static void
signals(void **state)
{
	static struct broken b = { .greeting = FAKE_GREETING, .reply = "R\t1\n", .silent = true };
	struct itimerval every = { { 0, 2000 }, { 0, 2000 } }, never = { { 0, 0 }, { 0, 0 } };
	struct sigaction action = { .sa_handler = on_alarm };
	struct dragoman_reply *reply;
	struct timespec begin, end;
	struct dragoman_error err;
	struct dragoman *h;
	struct fake f;
	sigset_t alarms;
	long ms;

	(void)state;
	/* The server's threads are to be left alone. */
	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &alarms, NULL);
	fake_start(&f, serve_broken, &b);
	pthread_sigmask(SIG_UNBLOCK, &alarms, NULL);
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &every, NULL);
	h = connected(&f);
	dragoman_set_timeouts(h, 5000, 100);
	clock_gettime(CLOCK_MONOTONIC, &begin);
	assert_int_equal(dragoman_search(h, "x", NULL, &reply, &err), DRAGOMAN_TIMEOUT);
	clock_gettime(CLOCK_MONOTONIC, &end);
	setitimer(ITIMER_REAL, &never, NULL);
	ms = (end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1000000;
	assert_in_range(ms, 99, 5000);
	dragoman_free(h);
	fake_stop(&f);
}

static void
names(void **state)
{
	int i;

	(void)state;
	for (i = DRAGOMAN_OK; i <= DRAGOMAN_REFUSED; i++)
		assert_string_not_equal(dragoman_status_name((enum dragoman_status)i),
					"unknown status");
	assert_string_equal(dragoman_status_name((enum dragoman_status)99), "unknown status");
	assert_true(strlen(dragoman_version()) >= 5);
}

static int
forget_reply(void **state)
{
	(void)state;
	set_reply(NULL, false);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_and_figures),
		cmocka_unit_test(byte_by_byte),
		cmocka_unit_test(json_replies),
		cmocka_unit_test(refusals),
		cmocka_unit_test(bad_arguments),
		cmocka_unit_test(broken_replies),
		cmocka_unit_test(greetings),
		cmocka_unit_test(stale_connection),
		cmocka_unit_test(big_reply),
		cmocka_unit_test(addresses),
		cmocka_unit_test(one_handle_many_threads),
		cmocka_unit_test(handles_of_their_own),
		cmocka_unit_test(signals),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests_name("client", tests, NULL, forget_reply);
}
