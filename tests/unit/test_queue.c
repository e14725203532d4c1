/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Turns of groups that wait for workers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "daemon/loop/queue.h"

static void
push(struct queue *q, uint64_t conn, uint64_t group)
{
	struct job *job = job_new(conn, 0);

	assert_non_null(job);
	job->group = group;
	queue_push_take(q, job);
}

static uint64_t
pop(struct queue *q)
{
	struct job *job = queue_pop(q);
	uint64_t conn = job != NULL ? job->conn : 0;

	job_free(job);
	return conn;
}

static void
one_group_is_served_in_order(void **state)
{
	struct queue *q = calloc(1, sizeof(*q));
	uint64_t i;

	(void)state;
	assert_non_null(q);
	for (i = 1; i <= 10; i++)
		push(q, i, 7);
	assert_int_equal(q->n, 10);
	for (i = 1; i <= 10; i++)
		assert_int_equal(pop(q), i);
	assert_int_equal(pop(q), 0);
	free(q);
}

static void
groups_have_turns(void **state)
{
	struct queue *q = calloc(1, sizeof(*q));
	uint64_t i;

	(void)state;
	assert_non_null(q);
	for (i = 1; i <= 500; i++)
		push(q, i, 1);
	assert_int_equal(pop(q), 1);
	assert_int_equal(pop(q), 2);
	/* A group that comes later waits for one job of the first, not for all; nor does it make up for lost time. */
	push(q, 1001, 2);
	push(q, 1002, 2);
	assert_int_equal(pop(q), 3);
	assert_int_equal(pop(q), 1001);
	assert_int_equal(pop(q), 4);
	assert_int_equal(pop(q), 1002);
	assert_int_equal(pop(q), 5);
	queue_fini(q);
	assert_int_equal(q->n, 0);
	free(q);
}

static void
jobs_can_be_taken_out(void **state)
{
	struct queue *q = calloc(1, sizeof(*q));
	struct job *job;

	(void)state;
	assert_non_null(q);
	push(q, 1, 1);
	push(q, 2, 1);
	push(q, 3, 2);
	job = queue_remove(q, 3);
	assert_non_null(job);
	assert_int_equal(job->conn, 3);
	job_free(job);
	assert_null(queue_remove(q, 3));
	assert_int_equal(pop(q), 1);
	assert_int_equal(pop(q), 2);
	assert_int_equal(pop(q), 0);
	free(q);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_group_is_served_in_order),
		cmocka_unit_test(groups_have_turns),
		cmocka_unit_test(jobs_can_be_taken_out),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
