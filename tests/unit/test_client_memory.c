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

#include "client/dragoman.h"
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

/* Connects and asks; true when all of it went well. */
static bool
converse(const char *path, enum dragoman_status *status)
{
	static const struct dragoman_option options[] = { { "from", "a b" }, { NULL, NULL } };
	struct dragoman *h = dragoman_new();
	struct dragoman_reply *reply = NULL;
	struct dragoman_row row;
	int rows = 0;

	*status = DRAGOMAN_NO_MEMORY;
	if (h != NULL)
		*status = dragoman_connect(h, path, NULL);
	if (*status == DRAGOMAN_OK)
		*status = dragoman_search(h, "x", options, &reply, NULL);
	while (reply != NULL && dragoman_next(reply, &row))
		rows += row.letter == 'R' || row.letter == '{';
	dragoman_reply_free(reply);
	dragoman_free(h);
	return rows == 1;
}

static void
memory_runs_out(void **state)
{
	static char text[] = "R\t1\tid\t1.0\t\t\ttitle\n. 250 rows=1 total=1\n";
	static char json[] = "{\"t\":\"R\"}\n{\"t\":\".\",\"code\":250,\"a\":\"a long enough value: "
			     "longer than the sixty-four bytes of a buffer's first room\"}\n";
	char *replies[] = { text, json };
	enum dragoman_status status;
	struct fake f;
	size_t i;

	(void)state;
	setenv("XDG_RUNTIME_DIR", "/nowhere", 1);
	for (i = 0; i < 4; i++) {
		int n = 0;

		fake_start(&f, serve, replies[i % 2]);
		setenv("DRAGOMAN_SOCKET", f.path, 1);
		do {
			bool good;

			failed = false;
			countdown = n++;
			good = converse(i < 2 ? f.path : NULL, &status);
			countdown = -1;
			assert_int_equal(status, failed ? DRAGOMAN_NO_MEMORY : DRAGOMAN_OK);
			assert_true(good == !failed);
		} while (failed);
		assert_in_range(n, 8, 60);
		fake_stop(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(memory_runs_out) };

	return cmocka_run_group_tests_name("client_memory", tests, NULL, NULL);
}
