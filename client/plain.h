/* SPDX-License-Identifier: MIT
 *
 * Output for scripts: fields split by TAB, escaped as in the protocol, and the
 * daemon's own JSON. Nothing here owns anything. The statuses are ST_OK or
 * ST_NOMEM; standard output's own errors are main's to find.
 */
#ifndef CLIENT_PLAIN_H
#define CLIENT_PLAIN_H

#include "base/error.h"
#include "client/lib/dragoman.h"

/* A line for each row with one of LETTERS, without its letter; notes (C, W) are passed over. */
enum status plain_rows(struct dragoman_reply *reply, const char *letters) MUST_CHECK;

/* A line for ROW, without its letter. */
enum status plain_row(const struct dragoman_row *row) MUST_CHECK;

/* A line for each hit: rank, id, score, date, source, title, snippet. */
enum status plain_hits(struct dragoman_reply *reply) MUST_CHECK;

/* The reply as it came, but for characters that a terminal obeys: an older daemon may have left them as they are. */
void plain_json(const struct dragoman_reply *reply);

#endif
