/* SPDX-License-Identifier: MIT
 *
 * Pushes on their way from the connection to dragoman_push(). An inbox owns
 * the pushes that it holds.
 */
#ifndef CLIENT_LIB_INBOX_H
#define CLIENT_LIB_INBOX_H

#include "client/lib/reply.h"

/* Pushes that have come, oldest first, and the one that is coming in. */
struct inbox {
	struct dragoman_reply *first, *last;
	size_t bytes;                    /* of their texts */
	struct dragoman_reply *coming;   /* NULL: none */
	long long due;                   /* rows that it lacks */
};

void inbox_clear(struct inbox *in);
/* Drops the part of a push whose end did not come. */
void inbox_drop_part(struct inbox *in);
/* Whether LINE, which no reply is under way to take, is a push's. */
bool inbox_wants(const struct inbox *in, const char *line, size_t len);
/* MAX: bytes that all pushes may have. */
enum dragoman_status inbox_add(struct inbox *in, const char *line, size_t len, size_t max,
			       struct dragoman_error *err) MUST_CHECK;
/* The oldest whole push, NULL if there is none. */
struct dragoman_reply *inbox_take(struct inbox *in);

#endif
