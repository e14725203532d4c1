/* SPDX-License-Identifier: MIT
 *
 * Rows as JSON that the client itself puts together, an object a line. All is
 * appended to a buffer of the caller's, which remembers a lack of memory.
 */
#ifndef CLIENT_JSONL_H
#define CLIENT_JSONL_H

#include "base/buf.h"
#include "client/lib/dragoman.h"

/* A hit as SEARCH has it with format=json, and "rev". */
void jsonl_hit(struct buf *out, const struct dragoman_row *row, long long rev);

/* GET's reply as a line of dragoman-corpus(5): indexed again, it is the same
 * article, with its section headings as paragraphs. */
void jsonl_article(struct buf *out, struct dragoman_reply *reply);

#endif
