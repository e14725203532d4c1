/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libdragoman when memory runs out, at each of its allocations in turn. The
 * linker sends the library's calls here (--wrap).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client/lib/dragoman.h"
#include "tests/unit/fake_server.h"

static _Thread_local int countdown = -1;   /* below 0: nothing fails */
static _Thread_local bool failed;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

static bool
fails(void)
{
	if (countdown < 0 || countdown-- > 0)
		return false;
	failed = true;
	return true;
}

void *
__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *old, size_t size)
{
	return fails() ? NULL : __real_realloc(old, size);
}

static void
serve(int fd, void *arg)
{
	char line[FAKE_LINE_MAX];

	fake_say(fd, FAKE_GREETING);
	while (fake_hear(fd, line))
		fake_say(fd, arg);
}

static int
rows_of(struct dragoman_reply *reply)
{
	struct dragoman_row row;
	int rows = 0;

	while (reply != NULL && dragoman_next(reply, &row))
		rows += row.letter == 'R' || row.letter == '{';
	dragoman_reply_free(reply);
	return rows;
}

/* Connects, asks and takes in PUSHES; true when all of it went well. */
static bool
converse(const char *path, int pushes, enum dragoman_status *status)
{
	static const struct dragoman_option options[] = { { "from", "a b" }, { NULL, NULL } };
	struct dragoman *h = dragoman_new();
	struct dragoman_reply *reply = NULL;
	int rows = 0, want = 1 + pushes;

	*status = DRAGOMAN_NO_MEMORY;
	if (h != NULL)
		*status = dragoman_connect(h, path, NULL);
	if (*status == DRAGOMAN_OK)
		*status = dragoman_search(h, "x", options, &reply, NULL);
	rows += rows_of(reply);
	for (; *status == DRAGOMAN_OK && pushes > 0; pushes--) {
		*status = dragoman_push(h, -1, &reply, NULL);
		rows += rows_of(reply);
	}
	dragoman_free(h);
	return rows == want;
}

static void
memory_runs_out(void **state)
{
	static char text[] = "R\t1\tid\t1.0\t\t\ttitle\n. 250 rows=1 total=1\n";
	static char json[] = "{\"t\":\"R\"}\n{\"t\":\".\",\"code\":250,\"a\":\"a long enough value: "
			     "longer than the sixty-four bytes of a buffer's first room\"}\n";
	static char pushed[] = "* watch=w1 rev=7 rows=1\nR\t1\tid\t0.00\t\t\tt\n"
			       "R\t1\tid\t1.0\t\t\ttitle\n. 250 rows=1 total=1\n"
			       "{\"t\":\"*\",\"watch\":\"w1\",\"rev\":8,\"rows\":1}\n{\"t\":\"R\"}\n";
	static const struct { char *reply; int pushes; bool anywhere; } rows[] = {
		{ text, 0, false }, { json, 0, false }, { pushed, 2, false },
		{ text, 0, true }, { json, 0, true },
	};
	enum dragoman_status status;
	struct fake f;
	size_t i;

	(void)state;
	setenv("XDG_RUNTIME_DIR", "/nowhere", 1);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int n = 0;

		fake_start(&f, serve, rows[i].reply);
		setenv("DRAGOMAN_SOCKET", f.path, 1);
		do {
			bool good;

			failed = false;
			countdown = n++;
			good = converse(rows[i].anywhere ? NULL : f.path, rows[i].pushes, &status);
			countdown = -1;
			assert_int_equal(status, failed ? DRAGOMAN_NO_MEMORY : DRAGOMAN_OK);
			assert_true(good == !failed);
		} while (failed);
		assert_in_range(n, 8, 80);
		fake_stop(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(memory_runs_out) };

	return cmocka_run_group_tests_name("client_memory", tests, NULL, NULL);
}
