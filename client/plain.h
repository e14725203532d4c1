/* SPDX-License-Identifier: MIT
 *
 * Output for scripts: fields split by TAB, escaped as in the protocol, and the
 * daemon's own JSON. Nothing here owns anything.
 */
#ifndef CLIENT_PLAIN_H
#define CLIENT_PLAIN_H

#include "client/dragoman.h"

/* One field, escaped; BEFORE is what stands before it ("" or "\t"). */
void plain_field(const char *before, const char *text, size_t len);

/* A line for each row with one of LETTERS, without its letter. */
void plain_rows(struct dragoman_reply *reply, const char *letters);

/* A line for each hit: rank, id, score, date, source, title, snippet. */
void plain_hits(struct dragoman_reply *reply);

/* The reply as it came. */
void plain_json(const struct dragoman_reply *reply);

#endif
